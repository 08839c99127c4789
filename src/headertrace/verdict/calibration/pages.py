"""The two documents that a calibration writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from headertrace.signatures.catalogue import CATALOGUE
from headertrace.signatures.signature import Signature
from headertrace.verdict.calibration import fit as fitting
from headertrace.verdict.calibration.measures import PERIODS, Ratio, Reach
from headertrace.verdict.calibration.peers import PEERS

Rows = Iterable[Sequence[object]]


def table(head: Sequence[str], rows: Rows) -> str:
    """Return a table in Markdown."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def signatures_page(ratios: dict[str, Ratio], amounts: dict[str, float]) -> str:
    """Return ``docs/signatures.md``."""
    parts = [
        "# Signatures",
        "Written by `python -m headertrace.verdict.calibrate`; edit the docstrings, not this page.",
        f"{len(CATALOGUE)} signatures. *Bears on* tells the stories that one speaks for (+) or against (-). "
        "*Misused* and *innocent* are the shares of misused relays (each counts once, with the picked signs "
        "masked) and of presumed innocent messages in which it fires; the ratio of the two has a 95 % "
        "interval. *Bits* is what it adds to the score of misuse, fitted jointly, so that signatures which "
        "repeat one another share their amount: a large ratio can come with few bits. Amounts of 0.00 are "
        "kept where a signature explains a story to a reader, or where the corpora hold too few cases to "
        "measure it; they move no score.",
        "Clocks (HT5nn), what other servers assert (HT98n, HT99n), titles, lures and signatures that must "
        "look at the text and bear on no story are shown to readers and move no score: beside who wrote a "
        "message and how it came they told nothing new, and they cost more to read than all the rest.",
        table(("id", "name", "bears on", "misused", "innocent", "ratio", "bits"), _rows(ratios, amounts)),
        *(_entry(each) for each in CATALOGUE),
        "## Where the rules of others are",
        "What SpamAssassin, rspamd and decode-spam-headers look for and a header alone can decide.",
        table(("theirs", "here"), PEERS),
    ]
    return "\n\n".join(parts) + "\n"


def _rows(ratios: dict[str, Ratio], amounts: dict[str, float]) -> Rows:
    for each in CATALOGUE:
        ratio, bits = ratios[each.id], amounts.get(each.id, 0.0)
        interval = f"{ratio.ratio:.2g} ({ratio.low:.2g} to {ratio.high:.2g})"
        how = f"{bits:+.2f} (fixed)" if each.capped else f"{bits:+.2f}"
        yield (
            each.id,
            each.name,
            _bearing(each),
            f"{ratio.abused:.1%}",
            f"{ratio.innocent:.2%}",
            interval,
            how,
        )


def _bearing(each: Signature) -> str:
    told = [f"{'+' if each.misuse > 0 else '-'}misuse"] if each.misuse else []
    told += [f"{'+' if side > 0 else '-'}{scenario}" for scenario, side in each.bears.items()]
    return ", ".join(told) or "context"


def _entry(each: Signature) -> str:
    notes = "\n".join(f"- *{name}*: {text}" for name, text in each.notes.items())
    needs = f"\n- *Needs*: looked-up facts ({', '.join(each.needs)})" if each.needs else ""
    return f"## {each.id} {each.name}\n\n{each.summary}\n\n- *Looks at*: the {each.side}\n{notes}{needs}"


def reach_rows(curve: Iterable[tuple[object, Reach]]) -> Rows:
    """Yield the rows of a recall table."""
    for name, reach in curve:
        yield (
            name,
            f"{reach.hidden} of {reach.hidden_of}",
            f"{reach.shown} of {reach.shown_of}",
            f"{reach.alarms} of {reach.innocent_of}",
        )


def confusion_rows(confusion: dict[str, Counter[str]]) -> Rows:
    """Yield the rows of the confusion table: what the labels say, what the verdicts are."""
    for kind, counts in sorted(confusion.items()):
        yield (
            kind,
            sum(counts.values()),
            ", ".join(f"{name}: {count}" for name, count in counts.most_common()),
        )


def rule_text() -> str:
    """Return the rule by which amounts are made, as the program states it."""
    doc = fitting.__doc__ or ""
    return (
        doc.strip()
        .replace("``CAP``", f"{fitting.CAP:g}")
        .replace("``CAPPED``", f"{fitting.CAPPED:g}")
        .replace("``ALARMS``", f"{fitting.ALARMS:,}")
        .replace("``LIKELY``", f"{fitting.LIKELY:g}")
    )


def period_name(number: int) -> str:
    """Return the years of a period."""
    first, last = PERIODS[number]
    if first == last:
        return str(first)
    return f"until {last}" if first == 0 else f"from {first}"
