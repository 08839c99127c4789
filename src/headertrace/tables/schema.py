"""The tables that a scan writes: within a version columns are only added, and keep their meaning."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from headertrace.tables.column import Column, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

# Counts up when a column changes its meaning or goes; readers refuse what is newer than they are.
SCHEMA_VERSION = 1

KEY = Column(name="message", kind="number", meaning="The message's number: joins the tables.", required=True)


class Table(StrEnum):
    """The names of the tables, in the order in which they are written."""

    HOPS = "hops"
    FINDINGS = "findings"
    VERDICTS = "verdicts"
    ERRORS = "errors"
    MESSAGES = "messages"


def _columns(text: str) -> tuple[Column, ...]:
    """Return the columns of a description: a name, a kind and a meaning on each line."""
    rows = [line.split(None, 2) for line in text.strip().splitlines()]
    return tuple(Column(name=name, kind=kind, meaning=meaning) for name, kind, meaning in rows)


MESSAGES = (
    KEY,
    *_columns("""
source_path        text    The file or archive member that holds the message.
source_offset      number  Where it begins there: bytes in the unpacked file; the row in Parquet.
source_name        text    The id that the source itself gives (`id` in JSON Lines and Parquet).
message_id         text    Message-ID as written.
content_key        text    Digest of what copies share: Message-ID and Date, else From, Date and Subject.
duplicate_of       number  The first message of this content_key; null for that one itself.
duplicate          flag    Whether an earlier message is the same one, come through another list.
size               number  Bytes of the header section.
received           time    When the newest hop recorded the message.
subject            text    The first 200 characters of the subject as written: unfolded, not decoded.
from_address       text    The first address of From, in lower case.
from_domain        text    Its domain.
reply_address      text    The first address of Reply-To, in lower case.
return_path        text    The envelope's sender; empty for the null sender.
to_shown           flag    Whether a To field holds an address.
date_zone          small   The zone of Date in minutes east of UTC; null for -0000 and none.
template           text    Digest of the subject without its numbers: equal over one campaign.
mailer             text    X-Mailer or User-Agent.
id_shape           text    Message-ID with letters as a, digits as 9: the habit of the program that wrote it.
hop_count          small   How many Received fields it has.
entry_hop          small   The hop that brought it into the relay: the oldest by another machine.
relay              text    The server that recorded the entry: what it calls itself, in lower case.
relay_key          text    What tells it from others: its name, or its address where others are called so.
relay_site         text    Its organisation's domain, as outsiders know it.
relay_ip           text    The address from which another organisation received the message.
relay_network      text    Its /24 (IPv4) or /64 (IPv6).
relay_family       text    The family of the server's software.
client_ip          text    The entry's client.
client_network     text    Its /24 (IPv4) or /64 (IPv6).
client_kind        text    `private`, `own24` (in the relay's own /24), `public`, `loopback` or null.
client_gateway     flag    Whether that address or its reverse name is one that gateways usually have.
client_helo        text    What the client announced.
client_helo_public flag    Whether that is a public address: the client tells its own, or pretends to.
client_rdns        text    The name that the relay looked up for it.
client_protocol    text    The WITH clause of the entry.
inner_ip           text    The private address from which a filter in front handed it to the relay proper.
login              flag    Whether the relay says that the client authenticated, or marks an account.
login_user         text    The account, where the relay names it.
marks_logins       flag    Whether this family of servers marks logins, or takes none; null where unknown.
destination        flag    Whether the entry is the recipient's own side: no relay at all.
own_sender         flag    Whether From belongs to the relay's organisation.
envelope_recipients texts  The FOR clause of the entry, else of the hop that left the relay.
own_recipient      flag    Whether that recipient is the relay's own; null without one.
traits             texts   What the header shows, in the words of the signatures; in full for odd messages.
verdict            text    The best explanation (a scenario).
confidence         text    Its confidence; null where nothing supports it.
score              real    Its score in bits.
misuse             text    How sure it is that a stranger sent through this relay at all, whichever way.
failures           texts   What went wrong while judging; empty unless there is a bug.
"""),
)
HOPS = (
    KEY,
    *_columns("""
hop                small   Its place in travel order, 0 is the oldest.
helo               text    What the client announced.
rdns               text    The name that the server looked up.
ip                 text    The client's address.
by                 text    The recording server.
family             text    The family of its software.
protocol           text    The WITH clause.
recipients         texts   The FOR clause.
authenticated      flag    Whether the client authenticated.
network            flag    Whether the field records a hand-over from a network client that can be used.
raw                bytes   The field's value as written: `headertrace.read_hop` tells all the rest of it.
"""),
)
FINDINGS = (
    KEY,
    *_columns("""
id                 text    The signature's id: docs/signatures.md tells what it means.
name               text    Its name.
weight             real    Bits towards misuse (negative: against it).
"""),
)
VERDICTS = (
    KEY,
    *_columns("""
rank               small   0 is the verdict; other scenarios have a row where they are listed.
scenario           text    The story.
score              real    Bits for it.
confidence         text    possible, likely or established; null where nothing supports it.
"""),
)
ERRORS = _columns("""
source_path        text    What could not be read.
source_offset      number  Where in it.
trouble            text    Why, as one word.
text               text    Why, as a line.
""")
COLUMNS = {
    Table.HOPS: HOPS,
    Table.FINDINGS: FINDINGS,
    Table.VERDICTS: VERDICTS,
    Table.ERRORS: ERRORS,
    Table.MESSAGES: MESSAGES,
}


@cache
def schema_of(table: Table) -> pa.Schema:
    """Return a table's Arrow schema."""
    return arrow_schema(table, COLUMNS[table], SCHEMA_VERSION)
