// A nicety: files dropped on the form are put into its file field. Everything works without it.
"use strict";
(() => {
  const form = document.querySelector("form");
  const files = document.getElementById("files");
  const over = (on) => (event) => { event.preventDefault(); form.classList.toggle("ht-over", on); };
  addEventListener("dragover", over(true));
  addEventListener("dragleave", over(false));
  addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) {
      files.files = event.dataTransfer.files;
      form.requestSubmit(form.querySelector(".ht-main"));
    }
  });
})();
