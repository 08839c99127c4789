"""People are counted, not named: keyed hashes of addresses."""

from __future__ import annotations

import os
import secrets
from functools import cache
from hashlib import blake2b

# 48 bits tell a billion addresses apart well enough to count them.
HASH_BYTES = 6
# BLAKE2b takes no longer key.
MOST_KEY_BYTES = 64
KEY_VARIABLE = "HEADERTRACE_KEY"


@cache
def default_key() -> bytes:
    """Return the key of the variable HEADERTRACE_KEY, else one that lives as long as the process."""
    named = os.environ.get(KEY_VARIABLE)
    return named.encode("utf-8", "surrogateescape")[:MOST_KEY_BYTES] if named else secrets.token_bytes(32)


def chosen_key(key: bytes | None) -> bytes:
    """Return the key to hash people with, for None the default; ``TypeError``, ``ValueError`` for others."""
    if key is None:
        return default_key()
    if not isinstance(key, bytes):
        raise TypeError(f"key: bytes or None, not {type(key).__name__}")
    # Without a key anybody finds a hash's address by trying addresses.
    if not 0 < len(key) <= MOST_KEY_BYTES:
        raise ValueError(f"key: 1 to {MOST_KEY_BYTES} bytes, not {len(key)}")
    return key


def person(address: str, key: bytes) -> str:
    """Return the keyed hash of an address: equal for equal addresses, and of no use without the key."""
    return blake2b(address.lower().encode("utf-8", "replace"), digest_size=HASH_BYTES, key=key).hexdigest()


def sender(address: str, key: bytes) -> str:
    """Return an address with the person hashed and the domain kept: domains tell strangers."""
    local, at, domain = address.rpartition("@")
    return f"{person(address, key)}@{domain}" if at and local else person(address, key)
