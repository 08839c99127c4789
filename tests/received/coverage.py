"""Does every word of a field belong to something that a Hop says?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from headertrace.received.hop import Hop
from headertrace.vocabulary import Span

# Words of the grammar itself: clause keywords, and the labels in front of values inside comments.
_GRAMMAR = re.compile(
    rb"(?i)(?<![\w-])(?:from|by|via|with|id|for|helo|ehlo|lhlo|ident|ipv6|port|using|cipher|version|bits|"
    rb"envelope-from|envelope-sender|over)(?![\w-])"
)
_WORD = re.compile(rb"[\w\x80-\xff]{2,}")


def said_spans(hop: Hop) -> Iterator[Span]:
    """Yield every span of a Hop: of its attributes, its remarks and its unread text."""
    for span in hop.spans.values():
        if isinstance(span, Span):
            yield span
        else:
            yield from span
    yield from (remark.span for remark in hop.remarks)
    yield from (unread.span for unread in hop.unread)


def unaccounted(hop: Hop) -> list[bytes]:
    """Return the words of the field that nothing in the Hop accounts for."""
    rest = bytearray(hop.raw)
    for start, end in said_spans(hop):
        rest[start:end] = b" " * (end - start)
    return _WORD.findall(_GRAMMAR.sub(b" ", bytes(rest)))
