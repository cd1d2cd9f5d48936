"""Hosts: a name -> the addresses that may be asked; how long a host wants to be left alone."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from ipaddress import IPv4Address, IPv6Address

Address = IPv4Address | IPv6Address
# Clouds tell their machines secrets there.
_METADATA = frozenset(
    {ipaddress.ip_address("100.100.100.200"), ipaddress.ip_address("fd00:ec2::254")}
)


class RefusedError(ValueError):
    """An address that is not asked: it is malformed, or its host is none to be asked from here."""


def addresses_of(host: str, port: int, allows: Callable[[Address], bool], why: str) -> list[str]:
    """Look a host up; the very addresses that were looked at are those to ask.

    Raises:
        RefusedError: one of them is not allowed; ``why`` says what it is.
        OSError: there is no such host.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(info[4][0]) for info in found))
    if not all(allows(_plain(address)) for address in addresses):
        raise RefusedError(f"{host} is {why}")
    return addresses


def is_for_no_files(address: Address) -> bool:
    """Whether nobody's files are at an address: of a link, where clouds tell secrets, of many."""
    if address.is_loopback:
        return False
    is_special = address.is_link_local or address.is_multicast or address.is_unspecified
    return is_special or address.is_reserved or address in _METADATA


def is_this_machine(host: str) -> bool:
    """Whether a host's name says that it is this machine."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def wait_of(headers: Mapping[str, str]) -> float:
    """Read ``Retry-After`` in seconds; it may be a date (RFC 9110, 10.2.3)."""
    value = headers.get("Retry-After", "")
    if value.isdecimal():
        return float(value[:9])
    with suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    return 0.0


def _plain(text: str) -> Address:
    """An address; the IPv4 one that an IPv6 one stands for."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address
