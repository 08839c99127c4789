"""What a server's own name tells: a mailbox provider's, a filter's for hire, or where clients log in."""

from __future__ import annotations

import re

from headertrace.remembered import remembered
from headertrace.signatures import trait
from headertrace.signatures.names import REMEMBERED

PROVIDER_SERVERS = re.compile(
    r"(?:.*\.)?(?:google\.com|gmail\.com|outlook\.com|hotmail\.com|yahoo\.com|yahoodns\.net|icloud\.com|me\.com|fastmail\.com|"
    r"messagingengine\.com|mail\.ru|yandex\.net|yandex\.ru|qq\.com|163\.com|126\.com|gmx\.net|web\.de|kundenserver\.de|"
    r"proton\.ch|protonmail\.ch|zoho\.com|aol\.com)$"
)
# Who filters other houses' mail by trade: foreign recipients are its customers.
FILTER_SERVICES = re.compile(
    r"(?:.*\.)?(?:pphosted\.com|ppe-hosted\.com|messagelabs\.com|mimecast\.(?:com|co\.za)|iphmx\.com|mailcontrol\.com|"
    r"barracudanetworks\.com|cudaops\.com|antispamcloud\.com|mxlogic\.net|postini\.com|psmtp\.com|mailguard\.com\.au|"
    r"hornetsecurity\.com|antispameurope\.com|trendmicro\.(?:com|eu)|spamh\.com|mailspamprotection\.com|"
    r"protection\.outlook\.com|frontbridge\.com|emailsrvr\.com|sophos\.com|retarus\.com|vadesecure\.com|"
    r"mailprotector\.(?:com|net)|mailroute\.net|exclaimer\.net|cisco\.com|symcld\.net|barracuda\.com|rsapps\.net|"
    r"spamexperts\.com|arsmtp\.com|mailanyone\.net|securence\.com|reflexion\.net|zerospam\.ca|fireeyecloud\.com|"
    r"expurgate\.net)$"
)
# Words by which the first label of a server's name says that clients log in there, whether or not the field
# marks it.
LOGIN_SERVER = re.compile(r"auth|submi|msa")


@remembered(REMEMBERED)
def server_traits(name: str) -> int:
    """Return what the name by which a server calls itself tells of its trade."""
    name = name.lower()
    bits = trait.PROVIDER_SERVER if PROVIDER_SERVERS.match(name) else 0
    bits |= trait.FILTER_SERVICE if FILTER_SERVICES.match(name) else 0
    host, dot, _ = name.partition(".")
    return bits | (trait.LOGIN_SERVER if dot and LOGIN_SERVER.search(host) else 0)
