"""aiosmtpd's own Proxy handler in front of the relay: it adds X-Peer and no Received."""

import threading

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Proxy

gateway = Controller(
    Proxy("192.168.1.10", 25), hostname="192.168.1.16", port=25, server_hostname="gw.corp.example"
)
gateway.start()
threading.Event().wait()
