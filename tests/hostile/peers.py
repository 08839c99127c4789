"""What other readers of mail were measured to break on, at the size at which they did."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .attacks import FIELDS, MESSAGES, RECEIVED

KB, MB = 1024, 1024 * 1024


class Blow(NamedTuple):
    """A text of ``size`` octets that took another reader seconds, or all memory."""

    build: Callable[[int], bytes]
    size: int


# One Received value.
BLOWS_OF_FIELDS: dict[str, Blow] = {
    "mail-parser before 4: from, 16,000 times": Blow(FIELDS["from repeated"].grown, 5 * 16_000),
    "eml_parser: 512 KB of digits in a date": Blow(FIELDS["digits where the date is"].grown, 512 * KB),
    "SpamAssassin: 256 KB of semicolons": Blow(FIELDS["semicolons"].grown, 256 * KB),
    "Email::Received: 32 KB of by": Blow(FIELDS["by repeated"].grown, 32 * KB),
    "the standard library's newer policies: a field of 1 MB": Blow(FIELDS["recipients"].grown, MB),
    "200,000 folds": Blow(FIELDS["folds"].grown, 3 * 200_000),
    "10 MB of one word": Blow(FIELDS["one word"].grown, 10 * MB),
    "10 MB of blanks": Blow(FIELDS["blanks"].grown, 10 * MB),
    "4 MB of NULs": Blow(FIELDS["NULs"].grown, 4 * MB),
    "4 MB of CR alone": Blow(FIELDS["CR alone"].grown, 4 * MB),
    "4 MB that are no UTF-8": Blow(FIELDS["invalid UTF-8"].grown, 4 * MB),
    "4 MB of UTF-16": Blow(FIELDS["UTF-16"].grown, 4 * MB),
    "4 MB of comments never closed": Blow(FIELDS["comments never closed"].grown, 4 * MB),
    "4 MB of comments in each other": Blow(FIELDS["comments nested and closed"].grown, 4 * MB),
    "4 MB of quotes": Blow(FIELDS["quotes"].grown, 4 * MB),
    "4 MB of backslashes": Blow(FIELDS["backslashes"].grown, 4 * MB),
}
# A whole message.
BLOWS_OF_MESSAGES: dict[str, Blow] = {
    "the standard library, SpamAssassin: 100,000 Received fields": Blow(
        MESSAGES["many Received fields"], 100_000 * len(RECEIVED)
    ),
    "200,000 folds in a header": Blow(MESSAGES["many empty folds"], 3 * 200_000),
    "10 MB of one word in a header": Blow(MESSAGES["a long value of another field"], 10 * MB),
    "10 MB of blanks for a message": Blow(MESSAGES["blanks"], 10 * MB),
    "4 MB of NULs for a message": Blow(MESSAGES["NULs"], 4 * MB),
    "4 MB of lines that CR ends": Blow(MESSAGES["CR alone"], 4 * MB),
    "4 MB of UTF-16 for a message": Blow(MESSAGES["UTF-16"], 4 * MB),
    "4 MB of random octets": Blow(MESSAGES["random octets"], 4 * MB),
}
