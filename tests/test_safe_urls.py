from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.safe_urls import url_host

PIECES = st.sampled_from([*"aA1.-_é@:/?#\\ \n", "b.c", "[::1]", "user", ":80", ":x", "//"])


@given(st.sampled_from(["http", "https"]), st.lists(PIECES, max_size=6).map("".join))
def test_a_host_is_the_same_however_its_scheme_is_written(scheme: str, rest: str) -> None:
    assert url_host(f"{scheme}://{rest}") == url_host(f"{scheme.upper()}://{rest}")
