"""Connect: one request to an address that was looked at, or by way of the proxy that is set."""

from __future__ import annotations

import ipaddress
import os
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import ProxyManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.response import BaseHTTPResponse

from sitegen.read.remote.hosts import Address, RefusedError, addresses_of, is_for_no_files
from sitegen.read.remote.pace import Pool, TLSPool

_TIMEOUT = Timeout(connect=10, read=30)
_SAFE = "/%:@!$&'()*+,;=~"
_PORTS = {"http": 80, "https": 443}


def ask(url: str, headers: Mapping[str, str], *, is_public: bool) -> tuple[BaseHTTPResponse, bool]:
    """The answer to one request, its body unread; whether it came from the internet.

    If who sent us here ``is_public``, no private network is asked.

    Raises:
        RefusedError: the host must not be asked.
        HTTPError, OSError: it cannot be reached.
    """
    parts = urlsplit(url)
    try:
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or _PORTS[parts.scheme]
    except ValueError as error:
        raise RefusedError("it is malformed") from error
    target = quote(parts.path or "/", safe=_SAFE)
    target += f"?{quote(parts.query, safe=f'{_SAFE}?')}" if parts.query else ""

    def allows(address: Address) -> bool:
        return not is_for_no_files(address) and (address.is_global or not is_public)

    given: dict[str, Any] = {
        "headers": {**headers, "Host": parts.netloc},
        "redirect": False,
        "retries": False,
        "preload_content": False,
        "decode_content": False,
    }
    proxy = getproxies().get(parts.scheme)
    if proxy and not proxy_bypass(host):  # who looks names up there, and knows its networks
        whole = f"{parts.scheme}://{parts.netloc}{target}"
        return _proxy(proxy, os.getpid()).urlopen("GET", whole, **given), is_public
    addresses = addresses_of(host, port, allows, "no host whose files may be asked for from there")
    for left, address in enumerate(addresses, 1 - len(addresses)):
        pool = _pool(parts.scheme, host, address, port, os.getpid())
        try:
            answer = pool.urlopen("GET", target, **given)
        except (NewConnectionError, ConnectTimeoutError):
            if not left:
                raise
        else:
            return answer, is_public or ipaddress.ip_address(address).is_global
    raise OSError(f"{host} has no address")


@cache
def _pool(scheme: str, host: str, address: str, port: int, _process: int) -> Pool | TLSPool:
    """What keeps connections to one address open; a forked process must not use its parent's."""
    if scheme == "http":
        return Pool(address, port, timeout=_TIMEOUT)
    return TLSPool(
        address,
        port,
        timeout=_TIMEOUT,
        ssl_context=ssl.create_default_context(),
        server_hostname=host,
        assert_hostname=host,
    )


@cache
def _proxy(url: str, _process: int) -> ProxyManager:
    manager = ProxyManager(url, timeout=_TIMEOUT)
    manager.pool_classes_by_scheme = {"http": Pool, "https": TLSPool}
    return manager
