"""The page and the report in a real browser: reachable by keyboard, accessible, and proof against mail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import headertrace as ht
from headertrace.cases.case import CaseKind

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

DESKTOP, PHONE = (1200, 900), (360, 740)
# A4 between its margins, in CSS pixels.
PAPER = (718, 1047)
PAYLOAD = (
    "\"'><script>window.hacked=1</script><img src=x onerror='window.hacked=1'><svg onload='window.hacked=1'>"
)
TURNED = "\u202eeht morf\u2066\u2067\u200f\u05e9\u05dc\u05d5\u05dd\u0627"
NAMES = ("Subject", "From", "To", "Message-ID", "X-Mailer", "Authentication-Results", "X-Originating-IP")
CLIENT = (
    "from PC-1 ([192.168.1.1] RDNS failed) by mail.corp.example with SMTP id 1; "
    "Wed, 13 Nov 2013 12:04:11 +0200"
)
BORDER = (
    "from mail.corp.example (mail.corp.example [198.51.100.25]) by mx.victim.example (Postfix) "
    "with ESMTP id 2; Wed, 13 Nov 2013 12:04:07 +0200"
)


def message(*received: str, text: str = "hello") -> bytes:
    fields = [f"Received: {value}" for value in received] + [f"{name}: {text}" for name in NAMES]
    return "\r\n".join(fields).encode("utf-8", "surrogateescape") + b"\r\n\r\n"


def with_text(text: str) -> bytes:
    client = f"from {text} (HELO {text}) ([192.168.1.1] {text})"
    server = f"by {text} ({text}) with {text} id {text} for <{text}>; {text}"
    return message(BORDER, f"{client} {server}", CLIENT, text=text)


MESSAGES = {
    "an honest path": message(BORDER, CLIENT),
    "script in every field": with_text(PAYLOAD),
    "letters that turn the reading order": with_text(TURNED),
    "five thousand hops": message(BORDER, *[CLIENT] * 4_999),
    "names of a megabyte": with_text("x" * 1_000_000),
    "a megabyte without a place to break": message(BORDER, "from " + "a" * 1_000_000 + " by b"),
    "accents in heaps": with_text("a" + "\u0301" * 3000),
    "accents without a letter, which browsers draw side by side and never break": with_text("\u0e47" * 80),
    "no header at all": b"",
}


def size(chrome: Chrome, width: int, height: int, scheme: str = "light") -> None:
    chrome.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def examined(raw: bytes) -> ht.Examination:
    return ht.examine(ht.read_trace(raw))


def hostile_case(text: str) -> ht.Case:
    counts = {f"{text}{number}": number for number in range(30)}
    return ht.Case(
        kind=CaseKind.OPEN_RELAY_NAT,
        relay=text,
        inner_address=text,
        helos=counts,
        senders=counts,
        zones=counts,
        days={"2013-11-01": 3, "2013-12-01": 9},
        reasons=(text,),
        confounders=(text,),
        samples=(text,),
        messages=30,
        confidence=ht.Confidence.ESTABLISHED,
    )


@pytest.fixture
def show(chrome: Chrome, tmp_path: Path) -> Iterator[Any]:
    """Show the report of something; the browser that shows it."""

    def shown(what: Any, width: int, height: int, scheme: str = "light") -> Chrome:
        path = tmp_path / "report.html"
        subject = examined(what) if isinstance(what, bytes) else what
        path.write_text(ht.report(subject).html(), "utf-8")
        size(chrome, width, height, scheme)
        chrome.get_log("browser")  # type: ignore[no-untyped-call]
        chrome.get(path.as_uri())
        return chrome

    yield shown
    chrome.get("about:blank")


def serious(chrome: Chrome, axe: str) -> list[str]:
    """Return what axe-core finds that is serious or worse."""
    chrome.execute_script(axe)
    found = chrome.execute_async_script("axe.run().then(arguments[arguments.length - 1])")
    return [
        f"{problem['id']}: {node['html'][:200]}"
        for problem in found["violations"]
        if problem["impact"] in {"serious", "critical"}
        for node in problem["nodes"]
    ]


@pytest.mark.parametrize("why", MESSAGES)
@pytest.mark.parametrize("view", [DESKTOP, PHONE])
def test_no_message_breaks_the_layout_or_runs(show: Any, why: str, view: tuple[int, int]) -> None:
    chrome = show(MESSAGES[why], *view)
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= view[0]
    assert chrome.execute_script("return window.hacked") is None
    assert chrome.execute_script("return document.querySelectorAll('script, img, iframe').length") == 0
    assert chrome.execute_script("return document.documentElement.scrollHeight") < 60_000
    assert not [line for line in chrome.get_log("browser") if line["level"] == "SEVERE"]


@pytest.mark.parametrize("view", [DESKTOP, PHONE])
def test_a_long_greeting_does_not_push_the_address_out_of_the_picture(
    show: Any, view: tuple[int, int]
) -> None:
    greeting = "<b>&amp;" * 250
    chrome = show(message(BORDER, CLIENT.replace("PC-1", greeting)), *view)
    hidden = """
        return [...document.querySelectorAll(".ht-box code")].filter((code) =>
            code.getBoundingClientRect().bottom > code.parentElement.getBoundingClientRect().bottom)
            .map((code) => code.textContent);"""
    assert chrome.execute_script(hidden) == []
    assert chrome.execute_script("return document.querySelectorAll('.ht-box code').length") > 1


OTHERS = {
    "many messages": [
        examined(raw) for raw in (MESSAGES["an honest path"], MESSAGES["script in every field"])
    ],
    "cases": [hostile_case("mail.corp.example")],
    "hostile cases": [hostile_case(PAYLOAD), hostile_case(TURNED), hostile_case("x" * 100_000)],
}


@pytest.mark.parametrize("why", OTHERS)
@pytest.mark.parametrize("view", [DESKTOP, PHONE])
def test_many_messages_and_cases_hold_as_well(show: Any, why: str, view: tuple[int, int]) -> None:
    chrome = show(OTHERS[why], *view)
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= view[0]
    assert chrome.execute_script("return window.hacked") is None


def test_a_telephone_breaks_no_word_of_a_verdict(show: Any) -> None:
    chrome = show(OTHERS["many messages"], *PHONE)
    lines = """
        const line = (text) => { const range = document.createRange(); range.selectNodeContents(text);
            return range.getClientRects().length; };
        return [...document.querySelectorAll(".ht-table td")]
            .filter((cell) => /^[a-z]+$/.test(cell.textContent) && line(cell) > 1)
            .map((cell) => cell.textContent);"""
    assert chrome.execute_script(lines) == []
    assert chrome.execute_script("return document.querySelectorAll('.ht-table td').length") > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("what", ["an honest path", *OTHERS])
def test_axe_finds_nothing_serious_in_a_report(show: Any, axe: str, scheme: str, what: str) -> None:
    chrome = show(OTHERS.get(what) or MESSAGES[what], *DESKTOP, scheme)
    chrome.execute_script("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert serious(chrome, axe) == []


# What JupyterLab and nbconvert say of all output, in their own words; Sphinx and VS Code say the like.
NOTEBOOK = """
.jp-out dl, .jp-out dt, .jp-out dd { display: block; }
.jp-out dt { font-weight: bold; float: left; width: 20%; padding: 0; margin: 0; }
.jp-out dd { float: left; width: 80%; }
.jp-out a:link { text-decoration: none; color: red; }
.jp-out h2:first-child, .jp-out h3:first-child, .jp-out h4:first-child { margin-top: 2em; }
.jp-out h2, .jp-out h3, .jp-out h4, .jp-out h5 { line-height: 1; font-style: italic; margin: 1em 0; }
.jp-out ul:not(.list-inline), .jp-out ol:not(.list-inline) { padding-left: 2em; }
.jp-out ol ol { list-style: upper-alpha; }
.jp-out p { margin: 0 0 1em; }
.jp-out :not(pre) > code { background-color: red; padding: 1px 5px; }
.jp-out pre { word-break: break-all; line-height: 125%; font-family: inherit; }
.jp-out table { table-layout: fixed; margin: 0 auto 1em; }
:not(.jp-markdown).jp-out td, :not(.jp-markdown).jp-out th { text-align: right; padding: .5em; }
.jp-out tbody tr:nth-child(odd) { background: red; }
.jp-out svg { max-width: 100%; height: auto; }
"""
LOOK = """
    return [...document.querySelectorAll(".ht, .ht *")].map((each) => {
        const place = each.getBoundingClientRect(), look = getComputedStyle(each);
        return [each.tagName + "." + each.className, place.x, place.y, place.width, place.height, look.color,
            look.backgroundColor, look.textDecoration, look.fontWeight, look.textAlign].join(" "); });"""


@pytest.mark.parametrize("view", [DESKTOP, PHONE])
@pytest.mark.parametrize("what", ["an honest path", "many messages", "cases"])
def test_a_notebook_does_not_restyle_a_report(
    chrome: Chrome, tmp_path: Path, what: str, view: tuple[int, int]
) -> None:
    subject: Any = OTHERS.get(what) or examined(MESSAGES[what])
    path, looks = tmp_path / "notebook.html", []
    size(chrome, *view)
    for host in ("", NOTEBOOK):
        shown = ht.report(subject)._repr_html_()
        path.write_text(f"<!DOCTYPE html><style>{host}</style><body><div class=jp-out>{shown}</div>", "utf-8")
        chrome.get(path.as_uri())
        looks.append(chrome.execute_script(LOOK))
    alone, hosted = looks
    assert len(alone) > 50
    assert [one for one, other in zip(hosted, alone, strict=True) if one != other] == []


def test_a_report_needs_no_network(show: Any) -> None:
    chrome = show(MESSAGES["an honest path"], *DESKTOP)
    assert chrome.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_dark_is_dark_and_paper_is_white(show: Any) -> None:
    chrome = show(MESSAGES["an honest path"], *DESKTOP, "dark")
    colour = "return getComputedStyle(document.querySelector('.ht')).backgroundColor"
    assert chrome.execute_script(colour) == "rgb(20, 25, 31)"
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert chrome.execute_script(colour) == "rgb(255, 255, 255)"


def test_paper_shows_whole_tables_and_what_is_folded_away(show: Any) -> None:
    far = CLIENT.replace("mail.corp.example", "a-mail-server-with-a-long-name.branch.corp.example")
    chrome = show(message(BORDER, far, CLIENT), *PAPER)
    chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    wide = """
        return [...document.querySelectorAll('.ht-table')]
            .filter(each => each.offsetWidth > each.parentElement.offsetWidth)"""
    folded = (
        "return [...document.querySelectorAll('details > :not(summary)')].filter(each => !each.offsetHeight)"
    )
    assert chrome.execute_script(f"{wide}.length") == 0
    assert chrome.execute_script(f"{folded}.length") == 0
    assert chrome.execute_script("return document.querySelectorAll('details:not([open])').length") > 0


def test_the_keyboard_reaches_everything(show: Any) -> None:
    from selenium.webdriver import Keys

    chrome = show(MESSAGES["an honest path"], *DESKTOP)
    details = chrome.execute_script("return document.querySelectorAll('details').length")
    reached = set()
    for _ in range(200):
        chrome.switch_to.active_element.send_keys(Keys.TAB)
        active = chrome.switch_to.active_element
        if active.tag_name == "body":
            break
        if active.tag_name == "summary":
            reached.add(active.id)
            active.send_keys(Keys.SPACE)
    assert len(reached) == details
    assert chrome.execute_script("return document.querySelectorAll('details:not([open])').length") <= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_page(chrome: Chrome, axe: str, port: int, scheme: str) -> None:
    size(chrome, *DESKTOP, scheme)
    chrome.get(f"http://127.0.0.1:{port}/")
    # The page's policy lets no test inject a script, so that the debugger runs it.
    assert serious(chrome, axe) == []


def test_one_can_paste_and_read_with_the_keyboard_alone(chrome: Chrome, port: int) -> None:
    from selenium.webdriver import ActionChains, Keys

    size(chrome, *PHONE)
    chrome.get(f"http://127.0.0.1:{port}/")
    ActionChains(chrome).send_keys(Keys.TAB, f"Received: {CLIENT}", Keys.TAB, Keys.TAB).perform()
    assert chrome.switch_to.active_element.text == "Read it"
    ActionChains(chrome).send_keys(Keys.ENTER).perform()
    assert wait_for(chrome, ".ht-legs")
    assert chrome.execute_script("return document.documentElement.scrollWidth") <= PHONE[0]


def test_a_dropped_file_is_read(chrome: Chrome, port: int) -> None:
    size(chrome, *DESKTOP)
    chrome.get(f"http://127.0.0.1:{port}/")
    chrome.execute_script(
        "const data = new DataTransfer();"
        "data.items.add(new File([arguments[0]], 'dropped.eml'));"
        "const drop = new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true});"
        "document.body.dispatchEvent(drop);",
        f"Received: {CLIENT}\r\n\r\n",
    )
    assert wait_for(chrome, ".ht-legs")
    assert "dropped.eml" in chrome.page_source


def test_dragged_text_is_left_to_the_browser(chrome: Chrome, port: int) -> None:
    chrome.get(f"http://127.0.0.1:{port}/")
    taken = """
        const carried = new DataTransfer();
        carried.setData("text/plain", "Received: from PC-1 by b");
        return ["dragover", "drop"].map((name) => !document.getElementById("message").dispatchEvent(
            new DragEvent(name, {dataTransfer: carried, bubbles: true, cancelable: true})));"""
    assert chrome.execute_script(taken) == [False, False]


def test_script_in_every_field_does_not_run_on_the_page(chrome: Chrome, port: int, tmp_path: Path) -> None:
    from selenium.webdriver.common.by import By

    path = tmp_path / "evil<img src=x onerror=window.hacked=1>.eml"
    path.write_bytes(MESSAGES["script in every field"])
    size(chrome, *DESKTOP)
    chrome.get(f"http://127.0.0.1:{port}/")
    chrome.find_element(By.ID, "files").send_keys(str(path))
    chrome.find_element(By.CSS_SELECTOR, ".ht-main").click()
    assert wait_for(chrome, ".ht-legs")
    assert chrome.execute_script("return window.hacked") is None


def wait_for(chrome: Chrome, selector: str) -> object:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(chrome, 10).until(lambda browser: browser.find_elements(By.CSS_SELECTOR, selector))


def test_the_page_works_without_script(chrome: Chrome, port: int) -> None:
    from selenium.webdriver.common.by import By

    chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        chrome.get(f"http://127.0.0.1:{port}/")
        chrome.find_element(By.ID, "message").send_keys(f"Received: {CLIENT}\n")
        chrome.find_element(By.CSS_SELECTOR, ".ht-main").click()
        assert wait_for(chrome, ".ht-legs")
    finally:
        chrome.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
