"""Messages of servers that cannot run here, written from their known formats: ``microsoft.toml``.

Their truth says ``made: written``; everything else in the laboratory was sent.
"""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .letters import OWN_ADDRESS, draw, text

FILE = Path(__file__).parents[1] / "microsoft.toml"
NOTE = "Written from the format as it is known: no server made this message.\n"
SEED = 1
LETTER = 3
WRITTEN_AT = datetime(2026, 1, 15, 9, 30, tzinfo=UTC)  # fixed: nothing is measured by it
BORDER = (
    "from mail.corp.example (mail.corp.example [192.0.2.25])\n\tby mx.victim.example (Postfix) with ESMTP"
    " id 4C51B3F07\n\tfor <{recipient}>; {date}"
)

Table = dict[str, object]


def write_messages(destination: Path) -> None:
    """Write one message for each of Microsoft's servers in each scenario, with its truth."""
    tables = tomllib.loads(FILE.read_text())
    for scenario, facts in tables["scenarios"].items():
        for server, form in tables["servers"].items():
            if bool(facts.get("mapi")) == bool(form.get("mapi")):
                _write(destination / scenario, server, facts, form)


def _write(folder: Path, server: str, facts: Table, form: Table) -> None:
    letter = draw(SEED, folder.name, server, LETTER)
    helo = f"[{facts['true_origin']}]" if letter.helo == OWN_ADDRESS else letter.helo
    recipient = f"{letter.person}.{letter.id}@victim.example"
    fields = _received(form, helo=helo, ip=str(facts.get("ip")), recipient=recipient)
    body = text(letter, helo=helo, recipients=[recipient], forged=False).replace("\r\n", "\n")
    head = f"Return-Path: <{letter.sender}>\nDelivered-To: {recipient}\n"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{server}-1.eml").write_text(head + fields + _with_fixed_date(body) + NOTE)
    truth = _truth(folder.name, server, facts, helo) | {"recipients": [recipient], "id": letter.id}
    (folder / f"{server}-1.json").write_text(json.dumps(truth, indent=1) + "\n")


def _received(form: Table, *, helo: str, ip: str, recipient: str) -> str:
    forms = form["fields"]
    assert isinstance(forms, list)
    dates = [_stamp(seconds) for seconds in range(len(forms) + 1)]
    fields = [line.format(helo=helo, ip=ip, date=date) for line, date in zip(forms, dates, strict=False)]
    border = BORDER.format(recipient=recipient, date=dates[-1])
    return "".join(f"Received: {field}\n" for field in (border, *reversed(fields)))


def _stamp(seconds: int) -> str:
    return (WRITTEN_AT + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S +0000")


def _with_fixed_date(body: str) -> str:
    lines = [f"Date: {_stamp(-2)}" if line.startswith("Date: ") else line for line in body.split("\n")]
    return "\n".join(lines)


def _truth(scenario: str, server: str, facts: Table, helo: str) -> Table:
    return {
        "scenario": scenario,
        "relay_mta": server,
        "made": "written",
        "label": facts["label"],
        "story": facts["story"],
        "true_origin": facts["true_origin"],
        "origin_in_header": facts["true_origin"] == facts.get("ip"),
        "helo": helo,
    }
