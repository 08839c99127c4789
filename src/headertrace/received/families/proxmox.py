"""Proxmox Mail Gateway: Postfix's form; its filter says `(Proxmox)`."""

from __future__ import annotations

from headertrace.received.families.family import Family

PROXMOX = Family(
    name="proxmox",
    software=r"Proxmox.*",
)
