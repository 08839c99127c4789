"""What blocklists and their codes mean: data, no network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headertrace.blocklists.answers import Judgement, judge
from headertrace.blocklists.blocklist import Blocklist, Cause, Code, Ending, Query, Status, Subject
from headertrace.blocklists.catalogue import by_default, every, find
from headertrace.blocklists.keys import redact, secrets_of
from headertrace.blocklists.wordings import Mention, mentioned

if TYPE_CHECKING:
    ALL: tuple[Blocklist, ...]

__all__ = [
    "ALL",
    "Blocklist",
    "Cause",
    "Code",
    "Ending",
    "Judgement",
    "Mention",
    "Query",
    "Status",
    "Subject",
    "by_default",
    "find",
    "judge",
    "mentioned",
    "redact",
    "secrets_of",
]


# Type checkers would take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name == "ALL":  # read when first asked for: the data files take a tenth of a second
            return every()
        raise AttributeError(f"module 'headertrace.blocklists' has no attribute {name!r}")
