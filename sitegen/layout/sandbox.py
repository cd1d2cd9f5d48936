"""The sandbox: what a template may read of what it gets, and what it may call. All else is refused.

A checkout's templates are untrusted: they lay out plain values, and reach nothing that acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from types import BuiltinMethodType, FunctionType, MappingProxyType, MethodType, NoneType
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.exceptions import FilterArgumentError
from jinja2.filters import sync_do_sum
from jinja2.runtime import BlockReference, LoopContext, Macro, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace, missing, pass_environment
from markupsafe import Markup
from msgspec import Struct

from sitegen.errors import did_you_mean

_TEXT = frozenset(
    ("capitalize", "casefold", "count", "endswith", "find", "format", "format_map", "index",
     "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace",
     "istitle", "isupper", "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix",
     "replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split", "splitlines",
     "startswith", "strip", "swapcase", "title", "upper")
)  # fmt: skip
_ITEMS = frozenset(("count", "index"))
_TABLE = frozenset(("get", "items", "keys", "values"))
_LOOP = frozenset(
    ("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length",
     "nextitem", "previtem", "revindex", "revindex0")
)  # fmt: skip
READABLE = {
    str: _TEXT,
    Markup: _TEXT | {"striptags", "unescape"},
    tuple: _ITEMS,
    list: _ITEMS,
    dict: _TABLE,
    MappingProxyType: _TABLE,
    Enum: frozenset(("name", "value")),
    LoopContext: _LOOP,
    Macro: frozenset(("arguments", "caller", "catch_kwargs", "catch_varargs", "name")),
    BlockReference: frozenset(("name", "super")),
    Cycler: frozenset(("current", "next", "reset")),
}
"""By type, the names that a template may read of it; those of a noun are its fields."""
PLAIN = (str, int, float, NoneType, tuple, list, dict, MappingProxyType)
_OPEN = (Namespace, TemplateModule)  # hold what a template itself has put there
_CALLED = (BlockReference, Joiner, LoopContext, Macro)
_NOT_GIVEN = ("lipsum", "random")  # the same input makes the same bytes


_WORDS = {
    Mapping: "a table",
    tuple: "a list",
    list: "a list",
    str: "a text",
    int: "a number",
    float: "a number",
    NoneType: "nothing",
}
"""What messages call a value of a type, the first that fits."""

_BITS = 4096  # of the longest number that templates calculate with


def is_noun(kind: type) -> bool:
    """Whether a type is a frozen noun of this package: fields that a template may read."""
    ours = kind.__module__.partition(".")[0] == __name__.partition(".")[0]
    return ours and issubclass(kind, Struct) and kind.__struct_config__.frozen


class Missing(StrictUndefined):
    """A name that is not there: the error says of what, in the words of the docs, and what is."""

    @property
    def _undefined_message(self) -> str:
        value, name = self._undefined_obj, self._undefined_name
        if self._undefined_hint or value is missing or not isinstance(name, str):
            return super()._undefined_message
        kind = type(value)
        if isinstance(value, Mapping):
            known = [key for key in value if isinstance(key, str)]
        else:
            known = [*getattr(kind, "__struct_fields__", ())] if is_noun(kind) else []
        hint = f": {did_you_mean(name, known)}" if known else ""
        called = next((words for base, words in _WORDS.items() if isinstance(value, base)), None)
        return f"{called or f'a {kind.__name__}'} has no {name!r}{hint}"


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox with lists of what is allowed; each question is answered once."""

    intercepted_binops = frozenset(("*", "**", "/", "//", "%"))

    def __init__(self, **options: Any) -> None:
        """Leave out what Jinja gives to templates that draws lots."""
        super().__init__(**options)
        self._verdicts: dict[tuple[type, str, type], bool] = {}
        for name in _NOT_GIVEN:
            self.globals.pop(name, None)
            self.filters.pop(name, None)
        self.filters["sum"] = sum_of_numbers

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Calculate, but not with numbers so large that nothing could interrupt it."""
        if isinstance(left, int) and isinstance(right, int):
            longest = max(left.bit_length(), right.bit_length())
            if longest > _BITS or (operator == "**" and left.bit_length() * right > _BITS):
                raise OverflowError("the number is too big")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template reads, as Jinja gives it; plain values it need not look at again."""
        try:
            value = getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)
        if type(value) in PLAIN and self.is_safe_attribute(obj, attribute, value):
            return value
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        place = (type(obj), attr, type(value))
        verdict = self._verdicts.get(place)
        if verdict is None:
            allowed = super().is_safe_attribute(obj, attr, value)
            verdict = self._verdicts[place] = allowed and _is_readable(*place)
        return verdict

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call a value: what it is given to call, and what it may read."""
        if isinstance(obj, BuiltinMethodType | MethodType):
            return self.is_safe_attribute(obj.__self__, obj.__name__, obj)
        if isinstance(obj, FunctionType) and hasattr(obj, "__wrapped__"):
            # `wrap_str_format` puts its own function around the method.
            return self.wrap_str_format(obj.__wrapped__) is not None
        return isinstance(obj, _CALLED) or any(obj is given for given in self.globals.values())


def _is_readable(kind: type, attr: str, value: type) -> bool:
    if issubclass(kind, _OPEN):
        return True
    if is_noun(kind) or issubclass(kind, tuple):
        fields = getattr(kind, "__struct_fields__", getattr(kind, "_fields", ()))
        if attr in fields:
            return issubclass(value, PLAIN) or is_noun(value)
    return any(attr in READABLE.get(base, ()) for base in kind.__mro__)


@pass_environment
def sum_of_numbers(
    environment: Any, items: Iterable[Any], attribute: Any = None, start: Any = 0
) -> Any:
    """Jinja's ``sum``, of numbers: lists take a time that grows with the square of their number."""
    if not isinstance(start, int | float):
        raise FilterArgumentError("sum is of numbers")
    return sync_do_sum(environment, items, attribute, start)
