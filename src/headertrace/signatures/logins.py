"""Logins: shown, not shown where they would be, hidden, and whose they are."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.marks import PRESENT
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario

LOGIN_FIELDS = tuple(name.decode() for name, bit in PRESENT.items() if bit == trait.LOGIN_FIELD)


@signature(
    "HT801",
    on=trait.AUTH,
    side=Side.PATH,
    bears={
        Scenario.STOLEN_CREDENTIALS: +1,
        Scenario.AUTHENTICATED_SUBMISSION: +1,
        Scenario.OPEN_RELAY: -1,
        Scenario.OPEN_RELAY_NAT: -1,
        Scenario.OPEN_RELAY_APPLIANCE: -1,
        Scenario.INTERNAL_SUBMISSION: -1,
    },
)
def client_logged_in(scene: Scene) -> Clues:
    """The server says that the client logged in.

    Why it matters: the server knew somebody's password: the owner's, or a thief's.
    Innocent causes: every person who submits mail as one should.
    Reference: RFC 4954; RFC 3848; rspamd RCVD_VIA_SMTP_AUTH.
    """
    return in_hop(scene.entry, "auth", "protocol")


@signature(
    "HT802",
    on=trait.LOGIN_IS_OTHER,
    also=trait.EXIT,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.STOLEN_CREDENTIALS: +1},
)
def login_is_not_the_writer(scene: Scene) -> Clues:
    """The account that logged in is of another house than the writer.

    Why it matters: a thief writes as somebody else with the account he has.
    Innocent causes: aliases, role addresses, shared accounts, hosting customers.
    Reference: rspamd's user mismatch; RFC 6409, section 6.1.
    """
    return in_hop(scene.entry, "auth") + in_field(scene, "from")


@signature(
    "HT803",
    on=trait.LOGIN_IS_WRITER,
    side=Side.PATH,
    misuse=-1,
    bears={Scenario.AUTHENTICATED_SUBMISSION: +1},
)
def login_is_the_writer(scene: Scene) -> Clues:
    """The account that logged in is the writer's own address.

    Why it matters: the person and the password belong together.
    Innocent causes: it is the innocent cause; a thief who writes as his victim looks the same.
    Reference: RFC 6409, section 6.1.
    """
    return in_hop(scene.entry, "auth") + in_field(scene, "from")


@signature(
    "HT804",
    on=trait.AUTH,
    also=trait.FOREIGN_FROM | trait.EXIT,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.STOLEN_CREDENTIALS: +1},
)
def login_for_a_foreign_writer(scene: Scene) -> Clues:
    """A client logged in at one house and writes in the name of another.

    Why it matters: the account's house has nothing to do with the writer.
    Innocent causes: people with several addresses; hosting providers that serve many domains.
    Reference: RFC 6409, section 6.1.
    """
    return in_hop(scene.entry, "auth", "by") + in_field(scene, "from")


@signature(
    "HT808",
    on=trait.MARKS_LOGINS,
    also=trait.EXIT,
    unless=trait.AUTH,
    side=Side.PATH,
    bears={Scenario.STOLEN_CREDENTIALS: -1, Scenario.OPEN_RELAY: +1, Scenario.OPEN_RELAY_NAT: +1},
)
def no_login_where_logins_show(scene: Scene) -> Clues:
    """A server that marks logins marks none here.

    Why it matters: a stolen password is nearly excluded, unless a proxy in front did the login.
    Innocent causes: every client that may relay by its address.
    Reference: RFC 3848; Postfix, Exim, sendmail, Courier, Haraka, MailEnable, FortiMail.
    """
    return in_hop(scene.entry, "protocol", "software")


@signature(
    "HT809",
    on=trait.HIDES_LOGINS,
    also=trait.EXIT,
    unless=trait.AUTH,
    side=Side.PATH,
    bears={Scenario.STOLEN_CREDENTIALS: +1},
)
def server_hides_logins(scene: Scene) -> Clues:
    """The server is of a kind that writes nothing about logins.

    Why it matters: whether a password was used stays open.
    Innocent causes: all mail of such servers.
    Reference: Exchange, IIS, SmarterMail, hMailServer, qmail.
    """
    return in_hop(scene.entry, "software", "by")


@signature(
    "HT815",
    on=trait.LOGIN_FIELD,
    side=Side.PATH,
    bears={Scenario.STOLEN_CREDENTIALS: +1, Scenario.AUTHENTICATED_SUBMISSION: +1, Scenario.OPEN_RELAY: -1},
)
def field_names_the_login(scene: Scene) -> Clues:
    """A field of the sending server names the account that logged in.

    Why it matters: a login happened, whatever the Received fields leave out.
    Innocent causes: every user of that provider.
    Reference: X-AuthUser, X-Authenticated-Sender, X-Get-Message-Sender-Via and their kin.
    """
    return in_field(scene, *LOGIN_FIELDS)
