"""A message with the verdict written into its header, for filters of mail servers."""

from __future__ import annotations

import re

from headertrace import __version__
from headertrace.reports.spamassassin import relay_fields
from headertrace.trace.admd import Admd
from headertrace.trace.trace import Trace, read_trace
from headertrace.verdict.examination import Examination
from headertrace.verdict.examine import examine

NAME = "X-Headertrace"
# RFC 5322, section 2.1.1: lines should have no more than 78 characters.
WIDTH = 78
# What a value of the field may hold: a relay's name comes from the mail, and may hold anything.
UNSAFE = re.compile(r"[^\w.:@+-]", re.ASCII)
OURS = re.compile(
    rb"^(?:x-headertrace|x-spam-relays-(?:trusted|untrusted|internal|external))[ \t]*+:"
    rb"[^\n]*+\n(?:[ \t][^\n]*+\n)*+",
    re.I | re.M,
)


def marked(message: bytes, admd: Admd | None = None, *, relays: bool = False) -> bytes:
    """Return the message with our fields at its head and without any that came with it.

    ``message`` may end anywhere behind its header section; whatever it holds, it comes back.
    """
    trace = read_trace(message, admd)
    section = trace.section
    start, end = section.start, len(section.raw)
    if not message.startswith(section.raw):
        # Another encoding than bytes of ASCII: nothing can be removed from it, or added.
        return message
    line_end = b"\r\n" if b"\r\n" in message[:end] else b"\n"
    kept = OURS.sub(b"", message[start:end])
    return message[:start] + line_end.join([*_fields(trace, relays), b""]) + kept + message[end:]


def _fields(trace: Trace, relays: bool) -> list[bytes]:
    lines = folded(NAME, summary(examine(trace)))
    if relays:
        lines += [line for name, value in relay_fields(trace).items() for line in folded(name, value)]
    return [line.encode("ascii", "replace") for line in lines]


def summary(judged: Examination) -> str:
    """Return the value of X-Headertrace: the verdict, then ``name=value`` parts, separated by semicolons."""
    verdict = judged.verdict
    relay = verdict.relay
    parts = {
        "confidence": verdict.confidence,
        "misuse": judged.misuse,
        "relay": relay.name if relay else None,
        "relay-ip": relay.ip if relay else None,
        "score": f"{verdict.score:.1f}",
        "findings": ",".join(finding.id for finding in judged.findings) or None,
        "version": __version__,
    }
    told = [f"{name}={safe(str(value))}" for name, value in parts.items() if value is not None]
    return "; ".join([str(verdict.scenario), *told])


def safe(value: str) -> str:
    """Return a value that can be no second field, no comment and no other part."""
    return ",".join(UNSAFE.sub("_", word) for word in value.split(","))[:1_000]


def folded(name: str, value: str) -> list[str]:
    """Return a field as lines, folded at white space (RFC 5322, section 2.2.3)."""
    lines = [f"{name}:"]
    for word in value.split():
        if len(lines[-1]) + len(word) >= WIDTH and lines[-1].strip() != f"{name}:":
            lines.append("\t" + word)
        else:
            lines[-1] += " " + word
    return lines
