"""Hosts that are asked, and those that never are: by name, by redirect, by a name of theirs."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import ReadError
from sitegen.read.inputs import read
from tests.web import Web

Parquet = Callable[..., bytes]


def refusal(item: str) -> str:
    with pytest.raises(ReadError) as caught:
        list(read([item], {}, []))
    return str(caught.value)


@pytest.mark.parametrize(
    "host",
    [
        *("169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]"),
        *("0.0.0.0", "224.0.0.1", "100.100.100.200", "2852039166", "[::]"),  # noqa: S104
    ],
)
def test_addresses_where_clouds_keep_secrets_are_never_asked(host: str) -> None:
    assert "is not asked" in refusal(f"https://{host}/latest/d.csv")


def test_a_name_that_stands_for_such_an_address_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "metadata.example.org is no host" in refusal("https://metadata.example.org/d.csv")


@pytest.mark.parametrize(
    "target",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/d.csv", "gopher://127.0.0.1/"),
        *("http://169.254.169.254/d.csv", "https://169.254.169.254/d.csv", "//0.0.0.0/d.csv"),
        *("http://192.0.2.7/d.csv", "https://user:word@127.0.0.1/d.csv", "javascript:1"),
    ],
)
def test_a_redirect_leads_to_files_of_the_web_only(target: str, web: Web, tmp_path: Path) -> None:
    web.moved["/d.csv"] = target
    said = refusal(web.url("/d.csv?signature=secret"))
    assert "is not asked" in said
    assert "secret" not in said
    assert "word" not in said.replace("password stands", "")


def test_redirects_are_followed_and_a_circle_ends(web: Web, parquet: Parquet) -> None:
    web.files["/new.parquet"] = parquet()
    web.moved = {"/d.parquet": "/x", "/x": web.url("/new.parquet"), "/c.csv": "/c.csv"}
    assert len(list(read([web.url("/d.parquet")], {}, []))) == 3
    assert "more than 5 redirects" in refusal(web.url("/c.csv"))


def test_what_is_not_encrypted_is_read_from_this_machine_alone() -> None:
    assert "what comes may be anybody's" in refusal("http://192.0.2.7/d.csv")
    assert "what comes may be anybody's" in refusal("http://localhost.example.org/d.csv")


def test_a_host_that_is_not_there_is_named_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = refusal(f"http://127.0.0.1:{port}/d.csv?signature=secret")
    assert said.startswith("127.0.0.1 cannot be asked: ")
    assert "secret" not in said
    assert "\n" not in said


def test_names_and_passwords_in_an_address_are_refused_and_not_shown() -> None:
    said = refusal("https://user:secret-word@example.org/d.csv")
    assert "a name or a password stands in it" in said
    assert "secret-word" not in said
