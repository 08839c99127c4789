"""What kind of machine the client is, by what it called itself."""

from __future__ import annotations

from headertrace.signatures import trait
from headertrace.signatures.evidence import Clues, in_hop
from headertrace.signatures.scene import Scene
from headertrace.signatures.signature import Side, signature
from headertrace.vocabulary import Scenario


@signature("HT103", on=trait.HELO_WORKSTATION, side=Side.CLIENT, bears={Scenario.INTERNAL_SUBMISSION: +1})
def workstation_name(scene: Scene) -> Clues:
    """The client bears the name of a desktop or laptop.

    Why it matters: a person's machine hands mail to its own provider, and nowhere else.
    Innocent causes: every office and every home; the name alone accuses nobody.
    Reference: RFC 6409, section 3.1.
    """
    return in_hop(scene.entry, "helo")


@signature("HT108", on=trait.HELO_INNER_SUFFIX, side=Side.CLIENT)
def inner_suffix(scene: Scene) -> Clues:
    """The client's name ends in a suffix that exists only inside a house, such as .local or .lan.

    Why it matters: it is a machine behind somebody's router, not a server.
    Innocent causes: home networks, Apple computers, Active Directory domains.
    Reference: SpamAssassin HELO_LH_HOME; RFC 6762, section 3; RFC 8375.
    """
    return in_hop(scene.entry, "helo")


@signature(
    "HT111", on=trait.HELO_CONTAINER, side=Side.CLIENT, misuse=-1, bears={Scenario.INTERNAL_SUBMISSION: +1}
)
def container_name(scene: Scene) -> Clues:
    """The client bears the name of a container, a pod or a cloud instance.

    Why it matters: names of this shape are made by platforms on which services run.
    Innocent causes: it is the innocent cause: services that send their own mail.
    Reference: Docker's and Kubernetes' default host names.
    """
    return in_hop(scene.entry, "helo")


@signature(
    "HT112", on=trait.HELO_SERVICE_NODE, side=Side.CLIENT, misuse=-1, bears={Scenario.INTERNAL_SUBMISSION: +1}
)
def service_node_name(scene: Scene) -> Clues:
    """The client bears a numbered name of a service, such as mailfrontend1 or web03.

    Why it matters: who numbers his servers runs a platform.
    Innocent causes: it is the innocent cause: mail clusters and application servers.
    Reference: platforms seen in public list archives.
    """
    return in_hop(scene.entry, "helo")


@signature(
    "HT113", on=trait.HELO_DEVICE, side=Side.CLIENT, misuse=-1, bears={Scenario.INTERNAL_SUBMISSION: +1}
)
def device_name(scene: Scene) -> Clues:
    """The client bears the name of a printer, scanner, store or router.

    Why it matters: such devices mail from inside, without login and often without Date.
    Innocent causes: it is the innocent cause; an infected router would look the same.
    Reference: SpamAssassin FSL_HELO_DEVICE (which counts it as spam from public addresses).
    """
    return in_hop(scene.entry, "helo")


@signature("HT116", on=trait.HELO_WEB_SERVER, side=Side.CLIENT, bears={Scenario.COMPROMISED_HOST: +1})
def web_server_greeting(scene: Scene) -> Clues:
    """The client is a web server by its name.

    Why it matters: what a hacked site sends leaves from the web server.
    Innocent causes: forms, shops and newsletters on web servers.
    Reference: SpamAssassin KHOP_FROM_WWW; rspamd compromised_hosts.
    """
    return in_hop(scene.entry, "helo")
