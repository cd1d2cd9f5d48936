"""Held HTML: what is trusted stays out of the sanitiser's way, and is put back behind it."""

from __future__ import annotations

import os
from collections.abc import Iterable

from sitegen.render.html.sanitize import Seen

_MARK = f"sg{os.urandom(8).hex()}h"  # whoever wrote a page, its ids or what it quotes knew it not


class Held:
    """Keeps trusted HTML of one page by its stand-ins."""

    def __init__(self) -> None:
        """Begin with nothing held, and nothing seen."""
        self.seen = Seen()
        self._held: list[tuple[str, str]] = []

    def hold(
        self,
        html: str,
        *,
        sought: str | None = None,
        anchors: Iterable[str] = (),
        address: str = "",
    ) -> str:
        """Keep trusted HTML out of the sanitiser's way; its stand-in is put back by `release`.

        ``sought`` is what a search looks through instead. The sanitiser sees nothing of it, so
        ids and addresses of other hosts are named here. No text can contain the stand-in, and no
        output does.
        """
        sought = html if sought is None else sought
        if _MARK in html:
            html, sought = self.release(html)[0], self.release(sought)[1]
        self._held.append((html, sought))
        for anchor in anchors:
            self.seen.anchors[anchor] = None
        if address:
            self.seen.addresses.append(("a", address))
        return f"{_MARK}{len(self._held) - 1}e"

    def release(self, html: str) -> tuple[str, str]:
        """Put held HTML back in its places; give the whole, and with what is sought instead.

        Inside of a tag of sanitised HTML there is no place for any.
        """
        first, *others = html.split(_MARK)
        whole, sought = [first], [first]
        is_in_tag = _ends_in_tag(first, False)
        for part in others:
            number, _, rest = part.partition("e")
            held, shown = ("", "") if is_in_tag else self._held[int(number)]
            whole += held, rest
            sought += shown, rest
            is_in_tag = _ends_in_tag(rest, is_in_tag)
        return "".join(whole), "".join(sought)


def _ends_in_tag(html: str, is_in_tag: bool) -> bool:
    """Whether sanitised HTML ends inside of a tag, if one went on before it or not."""
    start, end = html.rfind("<"), html.rfind(">")
    return is_in_tag if start == end else start > end
