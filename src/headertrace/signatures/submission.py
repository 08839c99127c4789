"""How the client spoke and by which program's door it came in."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_field, in_hop
from headertrace.signatures.names import PLATFORMS_NAMES
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature("HT805", on=trait.TLS, side=Side.PATH, misuse=-1)
def encrypted_entry(scene: Scene) -> Clues:
    """The entry was encrypted.

    Why it matters: bulk mailers that walk through open relays seldom bother.
    Innocent causes: it is the innocent cause; stolen accounts use TLS as their owners do.
    Reference: 1 % of relay abuse, 15 % of innocent private clients; rspamd RCVD_TLS_LAST.
    """
    return in_hop(scene.entry, "tls", "protocol")


@signature("HT806", on=trait.PLAIN_SMTP, also=trait.CLIENT_PRIVATE | trait.EXIT, side=Side.PATH, misuse=+1)
def plain_smtp_from_inside(scene: Scene) -> Clues:
    """The private client said HELO, not EHLO: it speaks the old protocol.

    Why it matters: mail programs have said EHLO for decades; bulk mailers skip it.
    Innocent causes: devices, scripts; gateways that speak for the client.
    Reference: 48 % of relay abuse, 4 % of innocent private clients.
    """
    return in_hop(scene.entry, "protocol")


@signature("HT807", on=trait.PLAIN_SMTP, also=trait.CLIENT_PUBLIC | trait.EXIT, side=Side.PATH, misuse=+1)
def plain_smtp_from_outside(scene: Scene) -> Clues:
    """The public client said HELO, not EHLO, to a server that let its mail out.

    Why it matters: without EHLO there is no login and no encryption.
    Innocent causes: old servers and devices.
    Reference: RFC 5321, section 2.2.1; RFC 4954, section 3.
    """
    return in_hop(scene.entry, "protocol")


@signature(
    "HT810",
    on=trait.WEB_PROTOCOL,
    side=Side.PATH,
    bears={Scenario.WEBMAIL: +1, Scenario.STOLEN_CREDENTIALS: +1},
)
def came_by_the_web(scene: Scene) -> Clues:
    """The message was handed over by HTTP or MAPI, from a browser or a groupware program.

    Why it matters: somebody was logged in there.
    Innocent causes: every web mail user.
    Reference: SquirrelMail, Roundcube, Exchange's mapi and HTTPS hops.
    """
    return in_hop(scene.entry, "protocol", "ip")


@signature(
    "HT811",
    on=trait.WEBMAIL_PROGRAM,
    side=Side.PATH,
    bears={
        Scenario.WEBMAIL: +1,
        Scenario.STOLEN_CREDENTIALS: +1,
        Scenario.AUTHENTICATED_SUBMISSION: -1,
        Scenario.INTERNAL_SUBMISSION: -1,
    },
)
def written_in_a_browser(scene: Scene) -> Clues:
    """The program that wrote the message is a web mail.

    Why it matters: there was a session of a named mailbox: its owner's, or a thief's.
    Innocent causes: every web mail user.
    Reference: rspamd HAS_XOIP; decode-spam-headers 104.
    """
    return in_field(scene, "user-agent", "x-mailer")


@signature(
    "HT812",
    on=trait.CALLED_ANONYMOUS,
    side=Side.PATH,
    bears={Scenario.OPEN_RELAY: +1, Scenario.OPEN_RELAY_NAT: +1, Scenario.STOLEN_CREDENTIALS: -1},
)
def exchange_calls_it_anonymous(scene: Scene) -> Clues:
    """Exchange says that the client was anonymous.

    Why it matters: a connector that lets anonymous clients relay is an open door.
    Innocent causes: all incoming mail of an Exchange server.
    Reference: X-MS-Exchange-Organization-AuthAs. It leaves the organisation only by mistake.
    """
    return in_field(scene, "x-ms-exchange-organization-authas")


@signature(
    "HT813",
    on=trait.CALLED_INTERNAL,
    side=Side.PATH,
    misuse=-1,
    bears={Scenario.AUTHENTICATED_SUBMISSION: +1, Scenario.OPEN_RELAY: -1},
)
def exchange_calls_it_internal(scene: Scene) -> Clues:
    """Exchange says that the sender was authenticated as one of its own.

    Why it matters: a mailbox user or a trusted connector sent it.
    Innocent causes: it is the innocent cause; connectors with external authoritative trust say so of
    strangers.
    Reference: X-MS-Exchange-Organization-AuthAs.
    """
    return in_field(scene, "x-ms-exchange-organization-authas")


@signature(
    "HT814",
    on=trait.PROXIED,
    also=trait.HIDES_LOGINS,
    side=Side.PATH,
    bears={
        Scenario.STOLEN_CREDENTIALS: +1,
        Scenario.AUTHENTICATED_SUBMISSION: +1,
        Scenario.OPEN_RELAY_NAT: -1,
    },
)
def exchange_proxied_a_client(scene: Scene) -> Clues:
    """Exchange's front end passed on a client's own session.

    Why it matters: since Exchange 2013 that may mark a login by a mail program.
    Innocent causes: every such user. A hypothesis, kept as one.
    Reference: X-ClientProxiedBy.
    """
    return in_field(scene, "x-clientproxiedby")


@signature("HT816", on=trait.SCRIPT, side=Side.PATH, bears={Scenario.COMPROMISED_HOST: +1})
def sent_by_a_script(scene: Scene) -> Clues:
    """A field names the script on a web server that sent the message.

    Why it matters: hacked sites send through such scripts.
    Innocent causes: every form and shop of that server.
    Reference: X-PHP-Originating-Script, X-Source; rspamd HAS_X_PHP_SCRIPT, HAS_X_SOURCE.
    """
    return in_field(scene, "x-php-originating-script", "x-php-script", "x-source-args", "x-source")


@signature(
    "HT817",
    on=trait.CLIENT_PRIVATE,
    also=trait.EXIT | trait.HELO_UNQUALIFIED | trait.OLDEST | trait.FOREIGN_FROM,
    unless=trait.AUTH | trait.TLS | PLATFORMS_NAMES,
    side=Side.PATH,
    misuse=+1,
    bears={Scenario.OPEN_RELAY_NAT: +1},
)
def foreign_writer_from_inside(scene: Scene) -> Clues:
    """A bare-named private client sent mail in a foreign name, in the clear and without a login.

    Why it matters: a colleague writes in the house's name; a stranger behind a mask does not.
    Innocent causes: developers who mail as somebody else through the office's server.
    Reference: From domain = relay's domain in 21 % of abuse and 58 % of innocent mail.
    """
    return in_hop(scene.entry, "ip", "helo") + in_field(scene, "from")


@signature(
    "HT818",
    on=trait.CLIENT_GATEWAY,
    also=trait.EXIT | trait.HELO_UNQUALIFIED | trait.OLDEST,
    unless=trait.AUTH | trait.CONVERSATION | trait.PATCH | trait.PEOPLES_PROGRAM,
    side=Side.PATH,
    bears={Scenario.OPEN_RELAY_NAT: +1, Scenario.COMPROMISED_HOST: -1},
)
def bare_name_at_the_gateway(scene: Scene) -> Clues:
    """A machine with a bare name stands at a gateway's address, without login, conversation or a person's
    program.

    Why it matters: gateways send no letters; a desktop's name beside a gateway's address is somebody
    behind it.
    Innocent causes: laptops that come in by VPN or from a branch office, when they write a first letter.
    Reference: 32 misused relays and no presumed innocent message, but list archives hold few first letters of
    offices: it tells the way and moves no score of misuse.
    """
    return in_hop(scene.entry, "ip", "helo")


@signature("HT819", on=trait.SCRIPT_INJECTED, side=Side.PATH, bears={Scenario.COMPROMISED_HOST: +1})
def sent_by_injected_code(scene: Scene) -> Clues:
    """PHP says that no file sent the message, but code made while a script ran.

    Why it matters: web shells get their code from outside and run it so; forms and shops are files.
    Innocent causes: old programs that keep templates or hooks as text.
    Reference: rspamd X_PHP_EVAL; SpamAssassin PHP_ORIG_SCRIPT_EVAL; all of eleven in the list archives are
    spam of planted scripts, but the labels hold none, so it moves no score of misuse.
    """
    return in_field(scene, "x-php-originating-script")
