// A nicety: files dropped on the form are put into its file field. Everything works without it.
"use strict";
(() => {
  const form = document.querySelector("form");
  const files = document.getElementById("files");
  // Text that is dragged is the browser's own affair: it goes into the field that it is dropped on.
  const withFiles = (then) => (event) => {
    if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); then(event); }
  };
  addEventListener("dragover", withFiles(() => form.classList.add("ht-over")));
  addEventListener("dragleave", withFiles(() => form.classList.remove("ht-over")));
  addEventListener("drop", withFiles((event) => {
    form.classList.remove("ht-over");
    if (event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      form.requestSubmit(form.querySelector(".ht-main"));
    }
  }));
})();
