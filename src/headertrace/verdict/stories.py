"""What each story needs, what refutes it, and what the relay's administrator should do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from headertrace.vocabulary import Scenario

MISUSES = (
    Scenario.OPEN_RELAY_NAT,
    Scenario.OPEN_RELAY_APPLIANCE,
    Scenario.OPEN_RELAY,
    Scenario.STOLEN_CREDENTIALS,
    Scenario.COMPROMISED_HOST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What would refute a story, and what would help against it."""

    refuted_by: tuple[str, ...]
    remedies: tuple[str, ...] = ()


HIDDEN = (
    "The true client's address is not in this message: the relay's own log, or the gateway's, may have it."
)
CLOSE_THE_RELAY = (
    "Let only logged-in clients and listed addresses relay; take the gateway's own address off that list."
)

STORIES: Mapping[Scenario, Story] = MappingProxyType(
    {
        Scenario.OPEN_RELAY_NAT: Story(
            refuted_by=(
                "The relay's log shows a login for this message.",
                "The inner address belongs to a workstation or server whose owner sent the message.",
                "A test from outside, with a foreign sender and recipient, is refused.",
            ),
            remedies=(
                CLOSE_THE_RELAY,
                "Firewall: translate only the destination of incoming port 25 (DNAT), never the "
                "source (no SNAT or masquerade).",
            ),
        ),
        Scenario.OPEN_RELAY_APPLIANCE: Story(
            refuted_by=(
                "The appliance refuses recipients of foreign domains.",
                "The client is a customer for whom the site relays by agreement.",
            ),
            remedies=(
                "Appliance: accept only recipients of your own domains, checked against the mail "
                "server's list.",
                "Mail server: take the appliance off the networks that may relay; give outgoing mail "
                "another port or address.",
            ),
        ),
        Scenario.OPEN_RELAY: Story(
            refuted_by=(
                "The relay's log shows a login for this message.",
                "The client is a customer or a branch that may relay by its address.",
                "A test from outside, with a foreign sender and recipient, is refused.",
            ),
            remedies=(
                "Refuse recipients of foreign domains to clients that have neither logged in nor a "
                "listed address.",
            ),
        ),
        Scenario.STOLEN_CREDENTIALS: Story(
            refuted_by=(
                "The relay's log shows that this client did not log in.",
                "The owner of the account sent the message himself.",
            ),
            remedies=(
                "Change the password of the account, end its sessions, and look for rules and "
                "forwards that were added.",
                "Limit messages an hour for each account, and refuse From addresses that are not the "
                "account's own.",
            ),
        ),
        Scenario.COMPROMISED_HOST: Story(
            refuted_by=(
                "The inner address is a gateway's, behind which others sit.",
                "The host's owner sent the message.",
            ),
            remedies=(
                "Find the host by its inner address and the time; look for unknown scripts, tasks "
                "and programs.",
                "Firewall: let only mail servers reach port 25 outside.",
            ),
        ),
        Scenario.DIRECT_TO_MX: Story(
            refuted_by=("The client's own server took the message in before and wrote no field.",)
        ),
        Scenario.INTERNAL_SUBMISSION: Story(
            refuted_by=(
                "The owner of the inner address did not send the message.",
                "Many unrelated senders share the inner address.",
            ),
        ),
        Scenario.AUTHENTICATED_SUBMISSION: Story(
            refuted_by=("The owner of the account did not send the message.",),
        ),
        Scenario.WEBMAIL: Story(refuted_by=("The web mail's log knows no such session.",)),
        Scenario.FORWARDED: Story(
            refuted_by=("No mailbox, alias or list of the forwarder has this recipient.",)
        ),
        Scenario.BOUNCE: Story(refuted_by=("No message with the reported Message-ID was ever sent.",)),
        Scenario.BACKSCATTER: Story(
            refuted_by=("The reported message was sent by the one who got the report.",),
            remedies=("Refuse unknown recipients during the SMTP session instead of sending reports later.",),
        ),
        Scenario.FORGED_TRAIL: Story(
            refuted_by=("The servers named below the border know the message by its ids.",)
        ),
        Scenario.UNDETERMINED: Story(refuted_by=()),
    }
)

# How each software closes the door, by the family that wrote the entry's field.
BY_SOFTWARE: Mapping[str, str] = MappingProxyType(
    {
        "postfix": "Postfix: keep the gateway out of mynetworks; smtpd_relay_restrictions = "
        "permit_sasl_authenticated, reject_unauth_destination.",
        "exim": "Exim: keep the gateway out of relay_from_hosts; require authenticated = * in "
        "acl_smtp_rcpt for other relaying.",
        "exchange": "Exchange: on the receive connector take the gateway out of RemoteIPRanges and remove "
        "ms-Exch-SMTP-Accept-Any-Recipient from anonymous logons.",
        "smtpsvc": "IIS SMTP: under Access, Relay allow only the list below, without the gateway's address.",
        "sendmail": "sendmail: remove the gateway's RELAY line from the access map.",
    }
)
CONTAINER_REMEDIES = (
    "Docker: turn the userland proxy off or publish the port in host mode, so that the server sees "
    "the true client.",
    "Kubernetes: set externalTrafficPolicy: Local on the mail service.",
    "Proxy in front: speak the PROXY protocol, and let the server read it (Postfix "
    "smtpd_upstream_proxy_protocol = haproxy).",
)
# The stories that end when one server is set up otherwise.
OPEN_RELAYS = (Scenario.OPEN_RELAY_NAT, Scenario.OPEN_RELAY_APPLIANCE, Scenario.OPEN_RELAY)


def remedies_for(story: Scenario, family: str) -> tuple[str, ...]:
    """Return what to change against a story, and how in the server's software where that is known."""
    remedies = STORIES[story].remedies
    if story in OPEN_RELAYS and family in BY_SOFTWARE:
        remedies += (BY_SOFTWARE[family],)
    return remedies + CONTAINER_REMEDIES if story is Scenario.OPEN_RELAY_NAT else remedies
