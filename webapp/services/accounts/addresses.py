"""Where a guest comes from: told apart without being known, since only keyed hashes are kept."""

import hashlib
import hmac
from ipaddress import IPv6Address, IPv6Network, ip_address

# What a provider gives to one customer at least (RFC 6177): whoever has one IPv6 address has all those beside it.
IPV6_PREFIX = 64
HASH_LENGTH = 32


def hashed_address(address: str | None, *, key: str) -> str:
    """A keyed hash of the network address (IPv6: of its /64); all that have none that can be read share one."""
    return hashed("address", network_of(address), key=key)


def hashed(purpose: str, text: str, *, key: str) -> str:
    """A keyed hash of `text`, which says nothing to who has not the key, and nothing about other purposes."""
    return hmac.new(key.encode(), f"guest's {purpose}: {text}".encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]


def network_of(address: str | None) -> str:
    """The network address, of IPv6 the /64 around it; "unknown" for all that cannot be read."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(IPv6Network((found, IPV6_PREFIX), strict=False))
    return str(found)
