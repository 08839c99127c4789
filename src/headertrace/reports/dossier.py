"""All that is known of one relay, so that somebody can act on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap

from headertrace.cases.case import Case, CaseKind
from headertrace.received.hop import Address
from headertrace.reports.escape import FIELD_LIMIT, first_of, one_line, visible
from headertrace.reports.redact import Redactor
from headertrace.reports.spare import Policy, accused_address, reason_to_spare
from headertrace.trace.organisations import registrable_domain
from headertrace.verdict.stories import STORIES
from headertrace.vocabulary import Scenario

# One sample convinces, three show that it was no accident; more only lengthens the mail.
MOST_EXHIBITS = 3
# Values of one kind that are told; the numbers of all stand in the summary.
MOST_VALUES = 8
# As wide as the lines of a mail are (RFC 5322, section 2.1.1: 78 at most).
WIDTH = 76
RULE = "=" * 72
# Keeps a number on the line of its name.
GLUE = "\N{NO-BREAK SPACE}"
LABEL_INDENT, ITEM_INDENT = " " * 12, " " * 4

STORY_OF = {
    CaseKind.OPEN_RELAY_NAT: Scenario.OPEN_RELAY_NAT,
    CaseKind.OPEN_RELAY_APPLIANCE: Scenario.OPEN_RELAY_APPLIANCE,
    CaseKind.OPEN_RELAY: Scenario.OPEN_RELAY,
    CaseKind.STOLEN_ACCOUNT: Scenario.STOLEN_CREDENTIALS,
}
WHAT = {
    CaseKind.OPEN_RELAY_NAT: "relays for strangers, because a gateway in front hides who they are",
    CaseKind.OPEN_RELAY_APPLIANCE: "relays for strangers who come in through a filter in front of it",
    CaseKind.OPEN_RELAY: "relays for strangers",
    CaseKind.STOLEN_ACCOUNT: "sends for strangers who use the password of one of its accounts",
    CaseKind.HIJACKER: "is one of several servers that the same stranger misuses",
    CaseKind.CAMPAIGN: "is one of several servers that the same mailing goes through",
}
SEVERAL = {
    CaseKind.HIJACKER: "One stranger misuses several servers.",
    CaseKind.CAMPAIGN: "One mailing goes through several servers.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One case with its proofs: ``exhibits`` are headers of sample messages with the recipients replaced.

    ``reason_to_keep`` says why nobody outside should be told; None where somebody may.
    """

    case: Case
    address: Address | None
    exhibits: tuple[bytes, ...] = ()
    reason_to_keep: str | None = None


def make_dossiers(
    cases: Iterable[Case], headers: Mapping[str, bytes], policy: Policy, key: bytes | None = None
) -> tuple[Dossier, ...]:
    """Return a dossier for each case; ``headers`` holds the header sections of samples, by their text.

    Each case has its own key for its recipients; ``key`` is for tests, which want the same twice.
    """
    return tuple(_dossier(case, headers, policy, Redactor(key)) for case in cases)


def _dossier(case: Case, headers: Mapping[str, bytes], policy: Policy, redactor: Redactor) -> Dossier:
    found = [headers[sample] for sample in case.samples if sample in headers][:MOST_EXHIBITS]
    return Dossier(
        case=case,
        address=accused_address(case),
        exhibits=tuple(redactor.header(header) for header in found),
        reason_to_keep=reason_to_spare(case, policy),
    )


def dossier_text(dossier: Dossier, *, exhibits: bool = True) -> str:
    """Return a dossier as plain text of our words and escaped evidence."""
    lines = [*_lines(dossier), *(_exhibits(dossier) if exhibits else ())]
    return "\n".join(lines) + "\n"


def _lines(dossier: Dossier) -> Iterator[str]:
    case = dossier.case
    yield RULE
    yield from _wrapped(_headline(dossier))
    yield f"How sure: {case.confidence or 'not at all'} ({case.kind})."
    if dossier.reason_to_keep:
        yield from _wrapped(f"KEEP THIS TO YOURSELF: {dossier.reason_to_keep}.")
    yield RULE
    yield from _facts(case)
    yield from _section("Why", case.reasons)
    yield from _section("What may mislead", case.confounders)
    yield from _section("What would refute it", _story(case, refuting=True))
    yield from _section("What to change", _story(case, refuting=False))
    yield from _section("Whom to tell", _contacts(dossier))


def _headline(dossier: Dossier) -> str:
    case = dossier.case
    if not (case.relay or dossier.address) and case.kind in SEVERAL:
        return SEVERAL[case.kind]
    return f"{relay_name(dossier)} {WHAT[case.kind]}."


def _wrapped(text: str, indent: str = "") -> list[str]:
    """Return a text as lines of a mail's width, the further ones indented; names are never broken."""
    lines = wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return [line.replace(GLUE, " ") for line in lines]


def relay_name(dossier: Dossier) -> str:
    """Return the relay's name and address, as far as they are known."""
    name = one_line(dossier.case.relay) if dossier.case.relay else ""
    address = f"[{dossier.address}]" if dossier.address else ""
    return " ".join(filter(None, (name, address))) or "A server without a name"


def _facts(case: Case) -> Iterator[str]:
    first, last = (
        f"{when:%Y-%m-%d %H:%M:%S %z}" if when else "unknown" for when in (case.first_seen, case.last_seen)
    )
    yield f"Seen:       {first} to {last}"
    yield f"Messages:   {case.messages}"
    if case.inner_address:
        yield f"Inside:     {one_line(case.inner_address)}, which the server took for the client's address"
    told = {
        "Through": case.relays,
        "HELO": case.helos,
        "Senders": case.senders,
        "Zones": case.zones,
        "Clients": case.clients,
    }
    for label, values in told.items():
        if values:
            counts = first_of(values, MOST_VALUES, _counted(values))
            yield from _wrapped(f"{label + ':':11} {counts}", LABEL_INDENT)
    if case.recipients:
        yield f"Recipients: {len(case.recipients)} (as keyed hashes only)"


def _counted(values: Mapping[str, int]) -> Callable[[str], str]:
    return lambda value: f"{one_line(value)}{GLUE}({values[value]})"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = tuple(lines)
    if lines:
        yield ""
        yield f"{title}:"
        for line in lines:
            yield from _wrapped(f"  - {one_line(line, FIELD_LIMIT)}", ITEM_INDENT)


def _story(case: Case, *, refuting: bool) -> tuple[str, ...]:
    scenario = STORY_OF.get(case.kind)
    if scenario is None:
        return ()
    return STORIES[scenario].refuted_by if refuting else STORIES[scenario].remedies


def _contacts(dossier: Dossier) -> Iterator[str]:
    """Yield where a report may go; nothing is looked up (RFC 2142, RFC 9083)."""
    if dossier.reason_to_keep:
        return
    domain = registrable_domain(dossier.case.relay)
    if domain:
        yield f"abuse@{domain} and postmaster@{domain}, if the name is genuine (RFC 2142)"
    if dossier.address:
        yield f"the abuse contact of the network of {dossier.address}: RDAP (RFC 9083) or whois tells it"


def _exhibits(dossier: Dossier) -> Iterator[str]:
    for number, exhibit in enumerate(dossier.exhibits, 1):
        yield ""
        yield f"Exhibit {number} (a header; recipients are replaced by keyed hashes):"
        lines = exhibit.replace(b"\t", b"    ").split(b"\n")
        yield from ("    " + visible(line) for line in lines if line.strip())
