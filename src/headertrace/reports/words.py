"""How the report says things: scenarios, confidence, times and durations in plain words."""

from __future__ import annotations

from datetime import UTC, datetime

from headertrace.received.hop import Address, Hop
from headertrace.reports.escape import one_line
from headertrace.signatures.catalogue import CATALOGUE
from headertrace.verdict.examination import Examination, Relay
from headertrace.verdict.stories import MISUSES
from headertrace.vocabulary import Confidence, RdnsStatus, Scenario

SCENARIOS: dict[Scenario, tuple[str, str]] = {
    Scenario.OPEN_RELAY_NAT: (
        "Open relay behind NAT",
        "A firewall or proxy replaced a stranger's address by an inner one, and the mail server took the "
        "stranger for a local client. The stranger's own address stands nowhere in the message.",
    ),
    Scenario.OPEN_RELAY_APPLIANCE: (
        "Open relay behind an appliance",
        "A filter in front of the mail server accepted a stranger's mail and handed it on from an inner "
        "address, so the server let it out as its own.",
    ),
    Scenario.OPEN_RELAY: (
        "Open relay",
        "The server took mail from a stranger for somebody else's recipient.",
    ),
    Scenario.STOLEN_CREDENTIALS: (
        "Stolen password",
        "Somebody sent through the server with a user's name and password.",
    ),
    Scenario.DIRECT_TO_MX: (
        "Straight to the recipient's server",
        "The client handed the message to the recipient's mail exchanger itself, with no server between.",
    ),
    Scenario.INTERNAL_SUBMISSION: (
        "Submitted from inside",
        "A client on the organisation's own network sent it through the organisation's server.",
    ),
    Scenario.AUTHENTICATED_SUBMISSION: (
        "Submitted with a login",
        "A user logged in and sent it.",
    ),
    Scenario.WEBMAIL: ("Webmail", "It was written in a browser and entered the mail system over HTTP."),
    Scenario.FORWARDED: (
        "Forwarded",
        "It arrived regularly at one address and was sent on to another, or to a list.",
    ),
    Scenario.BOUNCE: ("Bounce", "A server reports on a message that it could not deliver."),
    Scenario.BACKSCATTER: (
        "Backscatter",
        "A server sent a report on spam to an address that the spammer had invented as sender.",
    ),
    Scenario.COMPROMISED_HOST: (
        "Compromised host",
        "A machine of the organisation sends on a stranger's behalf: a bot, or a web form that is abused.",
    ),
    Scenario.FORGED_TRAIL: (
        "Forged trail",
        "The older Received fields do not hold together: they were probably invented.",
    ),
    Scenario.UNDETERMINED: ("Undetermined", "The header does not tell enough to prefer any story."),
}

# Of misuse, and of the ways by which it happens.
CONFIDENCE: dict[Confidence, str] = {
    Confidence.POSSIBLE: "consistent with it, as innocent mail may be",
    Confidence.LIKELY: "evidence that innocent mail hardly ever shows",
    Confidence.ESTABLISHED: "the whole story stands in the message",
}
# Of stories that accuse nobody.
CONFIDENCE_OF_OTHERS: dict[Confidence, str] = {
    Confidence.POSSIBLE: "consistent with it, as with other stories",
    Confidence.LIKELY: "no other story explains the header as well",
    Confidence.ESTABLISHED: "the whole story stands in the message",
}

RDNS: dict[RdnsStatus, str] = {
    RdnsStatus.VERIFIED: "rDNS verified",
    RdnsStatus.UNVERIFIED: "rDNS not verified",
    RdnsStatus.MAY_BE_FORGED: "rDNS may be forged",
    RdnsStatus.FAILED: "rDNS failed",
    RdnsStatus.NOT_STATED: "",
}

LOOK_UP = "'headertrace blocklists --save FILE' looks up what they need, --facts FILE hands it on."

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def duration(seconds: float | None) -> str:
    """Return a delay with its sign, in one or two units: ``+3 s``, ``−1 h 20 min``."""
    if seconds is None:
        return "unknown"
    sign = "−" if seconds < 0 else "+"
    return sign + _magnitude(abs(seconds))


def _magnitude(seconds: float) -> str:
    for place, (size, name) in enumerate(_UNITS):
        if seconds >= size:
            whole, rest = divmod(round(seconds), size)
            smaller, small_name = (*_UNITS, (1, "s"))[place + 1]
            part = f" {rest // smaller} {small_name}" if rest // smaller else ""
            return f"{whole} {name}{part}"
    return f"{round(seconds)} s"


def moment(when: datetime | None, zone_known: bool = True) -> str:
    """Return a time as written, with its zone, or a word that there is none."""
    if when is None:
        return "no readable date"
    zone = f"{when:%z}" if zone_known else "zone not stated"
    return f"{when:%Y-%m-%d %H:%M:%S} {zone}"


def moment_utc(when: datetime | None) -> str:
    """Return a time in UTC, or nothing; the first and the last year have no neighbour to shift into."""
    if when is None:
        return ""
    try:
        return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"
    except OverflowError:
        return ""


def address(ip: Address | None, port: int | None = None) -> str:
    """Return an address literal in brackets, or nothing."""
    if ip is None:
        return ""
    return f"[{ip}]" if port is None else f"[{ip}]:{port}"


def client(hop: Hop) -> str:
    """Return the best short name of a hop's client: as announced, as looked up, or its address."""
    name = hop.helo or hop.rdns or hop.from_name
    return one_line(name) if name else address(hop.ip) or "unnamed client"


def server(hop: Hop) -> str:
    """Return the name of the server that recorded the hop."""
    if hop.by:
        return one_line(hop.by)
    return address(hop.by_ip) or "a server that gives no name"


def software(hop: Hop) -> str:
    """Return what the server calls itself, with its family where that is a bare version; or the family."""
    family = one_line(hop.family) if hop.family != "generic" else ""
    told = one_line(hop.software) if hop.software else ""
    named = any(character.isalpha() for character in told)
    return told if named else f"{family} {told}".strip()


def relay(found: Relay) -> str:
    """Return the name and address of a verdict's relay, or nothing."""
    return " ".join(filter(None, (one_line(found.name or ""), address(found.ip))))


def title(scenario: Scenario) -> str:
    """Return a scenario's name in plain words."""
    return SCENARIOS[scenario][0]


def sure(confidence: Confidence | None) -> str:
    """Return the confidence as a word, also where there is none."""
    return str(confidence) if confidence else "not supported"


def meanings(judged: Examination) -> list[tuple[str, str]]:
    """Return what the words of confidence in a verdict mean, each once: ``("Likely means", ...)``."""
    verdict, misuse = judged.verdict, judged.misuse
    told = CONFIDENCE if verdict.scenario in MISUSES else CONFIDENCE_OF_OTHERS
    levels = {verdict.confidence: told} if verdict.confidence else {}
    levels |= {misuse: CONFIDENCE} if misuse else {}
    return [(f"{level.capitalize()} means", words[level]) for level, words in levels.items()]


def not_examined(judged: Examination) -> str:
    """Return what was not examined because nobody looked anything up, and what looks it up; or nothing."""
    names = {signature.id: signature.name for signature in CATALOGUE}
    missing = ", ".join(f"{each} {names.get(each, '')}".rstrip() for each in judged.not_examined)
    return f"{missing}. {LOOK_UP}" if missing else ""


def runners_up(judged: Examination) -> str:
    """Return a sentence of the listed stories next to a verdict that is not listed itself, or nothing.

    They are the best, and the best of misuse where that is another.
    """
    listed = [item for item in judged.hypotheses if item.confidence is not None]
    if judged.verdict.confidence is not None or not listed:
        return ""
    misuse = next((item for item in listed if item.scenario in MISUSES), listed[0])
    named = (listed[0], misuse) if misuse is not listed[0] else (misuse,)
    told = ", ".join(f"{title(item.scenario)} ({item.scenario}): {item.confidence}" for item in named)
    return f"Listed all the same: {told}."
