"""By which names and addresses a preview for others can be reached."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from sitegen.serve.server import addresses

if TYPE_CHECKING:
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.integration

STREAM = "/__livereload/state"


def status(preview: Preview, **headers: str) -> int:
    return int(preview.get(headers.pop("target", "/"), **headers)[9:12])


def test_every_address_of_the_machine_is_served(open_to_all: Preview) -> None:
    for address in addresses():
        if ":" not in address:
            with socket.create_connection((address, open_to_all.port), timeout=5) as client:
                host = f"{address}:{open_to_all.port}"
                client.sendall(f"GET / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
                assert client.recv(12) == b"HTTP/1.1 200"


def test_the_printed_line_names_the_addresses(open_to_all: Preview) -> None:
    named = re.search(r"serving (.*) - Ctrl-C", open_to_all.lines())
    assert named
    wanted = ["localhost", *(address for address in addresses() if ":" not in address)]
    assert named[1].split(" and ") == [f"http://{name}:{open_to_all.port}/" for name in wanted]


def test_a_mapped_port_and_a_gateways_address_are_served_and_may_listen(
    open_to_all: Preview,
) -> None:
    for host in ("localhost:9000", "203.0.113.7", "[2001:db8::7]:81"):
        assert status(open_to_all, Host=host) == 200
        assert status(open_to_all, Host=host, target=STREAM, Origin=f"http://{host}") == 200


def test_a_name_that_others_decide_over_is_refused(open_to_all: Preview) -> None:
    for name in ("evil.example", "1.2.3.4.evil.example", "0x7f000001", "2130706433", "127.1"):
        assert status(open_to_all, Host=f"{name}:{open_to_all.port}") == 403


def test_another_server_of_the_machine_may_not_listen(open_to_all: Preview) -> None:
    host = f"localhost:{open_to_all.port}"
    assert status(open_to_all, Host=host, target=STREAM, Origin="http://localhost:9") == 403


def test_a_preview_for_this_machine_alone_knows_its_own_port_alone(served: Preview) -> None:
    assert status(served, Host=f"localhost:{served.port}") == 200
    assert status(served, Host="localhost:9") == 403
    assert status(served, Host=f"203.0.113.7:{served.port}") == 403
