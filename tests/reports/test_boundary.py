"""The trust boundary stands in one place: before the border hop, in text, page and documentation."""

from __future__ import annotations

from pathlib import Path

import headertrace as ht

ROOT = Path(__file__).parents[2]
LINE = "trust boundary: what is older may be invented"


def test_text_page_and_documentation_agree() -> None:
    view = ht.report(ht.examine(ht.read_trace(ROOT / "fixtures/messages/spamhaus-nat.eml")))
    shown = view.text().lower(), view.html().lower()
    for form in shown:
        path = form[form.index("path, oldest first") if form is shown[0] else form.index("ht-legs") :]
        assert path.index("pc-20121219nmrw") < path.index(LINE) < path.index("mx.victim.example")
    page = (ROOT / "docs/observed-and-claimed.md").read_text("utf-8")
    drawn = page.partition("```text")[2].partition("```")[0]
    assert drawn.index("claimed") < drawn.index(LINE) < drawn.index("border ") < drawn.index("ours")
