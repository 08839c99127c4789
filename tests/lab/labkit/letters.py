"""Letters: what is written, drawn from the same pools for the honest and for the others.

The letter number n for a relay is the same in every scenario, but for its id, so that two scenarios
differ by nothing but the network.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")

ID_LENGTH = 9
OWN_ADDRESS = "[own address]"

HELOS = (
    "PC-20121219NMRW",
    "WIN-7J3K9QX2M1P",
    "DESKTOP-K3F9A2L",
    "User",
    "laptop-anna",
    "localhost",
    "KMBT52A41B",
    "www-1b9e6ee2a1c",
    "smtp.freemail.example",
    "pc-102.corp.example",
    OWN_ADDRESS,
    "mail.partner.example",
)
SENDERS = (
    ("Info", "info@corp.example"),
    ("Sales", "sales@corp.example"),
    ("Jeff", "jeff.photo8@freemail.example"),
    ("Lily Chen", "lily_chen77@freemail.example"),
    ("Anna Berg", "anna.berg@freemail.example"),
    ("Purchasing", "orders@partner.example"),
    ("Amanda", "amanda@victim.example"),
)
CONTENTS = (
    ("Photo Retouching Services - Photo Cut Out", "We provide photo retouching and clipping paths."),
    ("Offer no. 318", "Dear customer, please find the offer below."),
    ("Re: minutes of Monday", "Thanks, I corrected the second item."),
    ("Urgent reply needed", "I have a proposal for you, kindly write back."),
    ("Scan from the copier", "This message was sent by the copier on the second floor."),
    ("Your invoice 20077", "The invoice is due at the end of the month."),
)
MAILERS = (
    "Microsoft Outlook Express 6.00.2800.1158",
    "Microsoft Outlook 16.0",
    "Foxmail 6, 13, 102, 15 [en]",
    "KONICA MINOLTA bizhub C224",
    None,
    None,
)
ZONES = (480, 480, 180, -300, 0, 60, None)  # minutes east of Greenwich; None: no Date field
MESSAGE_ID_HOSTS = ("{helo}", "{helo}", "{domain}", None)
PEOPLE = ("anna", "boris", "chen.wei", "dora", "emil", "fatima")
CLIENTS = (
    ("swaks", "EHLO"),
    ("msmtp", "EHLO"),
    ("python", "EHLO"),
    ("s-nail", "EHLO"),
    ("curl", "EHLO"),
    ("swaks", "HELO"),
    ("python", "HELO"),
)
ONE_IN_NULL_SENDER = 12
ONE_IN_WITHOUT_TO = 6
ONE_IN_REPLY_TO = 3
# As spamware writes them: known shapes with names and addresses that nobody can check.
FORGED_TRAILS = (
    "from unknown (HELO qnx.mdrost.example) (198.51.100.201)\r\n\tby rly-xr02.mx.example with QMQP; {date}",
    "from mx03.freemail.example (mx03.freemail.example [198.51.100.77])\r\n\tby relay.freemail.example"
    " (8.12.8/8.12.8) with ESMTP id h2K9x4Qd012345;\r\n\t{date}",
    "from [192.168.7.34] (helo=webmail)\r\n\tby out.freemail.example with esmtp (Exim 4.69)\r\n\t"
    "id 1Nabcd-0004Fg-7Q; {date}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter before it is sent."""

    id: str
    client: str
    verb: str
    helo: str
    sender_name: str
    sender: str
    null_sender: bool
    person: str
    named_recipient: bool
    reply_to: str | None
    subject: str
    body: str
    mailer: str | None
    zone: int | None
    message_id_host: str | None
    trail: str


def draw(seed: int, scenario: str, relay: str, number: int) -> Letter:
    """Return letter ``number`` for a relay: equal in all scenarios but for its id."""
    random = Random(f"{seed}/{relay}/{number}")
    client, verb = random.choice(CLIENTS)
    helo, (sender_name, sender) = random.choice(HELOS), random.choice(SENDERS)
    subject, body = random.choice(CONTENTS)
    identity = letter_id(seed, scenario, relay, number)
    return Letter(
        id=identity,
        client=client,
        verb=verb,
        helo=helo,
        sender_name=sender_name,
        sender=sender,
        null_sender=random.randrange(ONE_IN_NULL_SENDER) == 0,
        person=random.choice(PEOPLE),
        named_recipient=random.randrange(ONE_IN_WITHOUT_TO) > 0,
        reply_to=_one_in(random, ONE_IN_REPLY_TO, f"{random.choice(PEOPLE)}88@freemail.example"),
        subject=subject,
        body=f"{body}\r\nRef. {identity}\r\n",
        mailer=random.choice(MAILERS),
        zone=random.choice(ZONES),
        message_id_host=random.choice(MESSAGE_ID_HOSTS),
        trail=random.choice(FORGED_TRAILS),
    )


def letter_id(seed: int, scenario: str, relay: str, number: int) -> str:
    """Return a name of nine small letters and digits that no other letter of this seed has."""
    digest = hashlib.sha256(f"{seed}/{scenario}/{relay}/{number}".encode()).digest()
    return base64.b32encode(digest).decode().lower()[:ID_LENGTH]


def _one_in(random: Random, chance: int, value: Choice) -> Choice | None:
    return value if random.randrange(chance) == 0 else None


def text(letter: Letter, *, helo: str, recipients: Sequence[str], forged: bool) -> str:
    """Return the letter as it is handed over: header section and body, with CRLF."""
    date = now(letter.zone)
    host = (letter.message_id_host or "").format(helo=helo, domain=letter.sender.partition("@")[2])
    fields = [
        ("Received", letter.trail.format(date=date or now(0)) if forged else None),
        ("Date", date),
        ("From", f'"{letter.sender_name}" <{letter.sender}>'),
        ("To", f"<{recipients[0]}>" if letter.named_recipient else None),
        ("Reply-To", letter.reply_to and f"<{letter.reply_to}>"),
        ("Subject", letter.subject),
        ("Message-ID", f"<{letter.id}@{host}>" if host else None),
        ("MIME-Version", "1.0"),
        ("X-Mailer", letter.mailer),
        ("Content-Type", "text/plain; charset=us-ascii"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields if value)
    return f"{head}\r\n{letter.body}"


def now(zone: int | None) -> str | None:
    """Return the present time as a Date field has it, in a zone of so many minutes; None for none."""
    if zone is None:
        return None
    moment = datetime.now(timezone(timedelta(minutes=zone)))
    return moment.strftime("%a, %d %b %Y %H:%M:%S %z")
