"""Documented objects -> their docstrings, read from installed packages without importing them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.data import install_line
from sitegen.errors import ConfigError, Diagnostic, Severity
from sitegen.model.objects import CLASS, FUNCTION, METHOD, MODULE, PROPERTY, ApiDoc, Documented
from sitegen.plan.suffixes import last_part
from sitegen.scan.docstrings import parse_google

if TYPE_CHECKING:
    import griffe

_NAMED = 5  # unknown objects that a message names
_NOT_SHOWN = frozenset(("self", "cls"))


def read_docs(
    objects: Iterable[Documented],
    packages: Iterable[str],
    search_paths: Iterable[Path],
    notices: list[Diagnostic],
) -> dict[str, ApiDoc]:
    """Look up every documented object in the sources of the packages, by static analysis alone.

    Raises:
        ConfigError: griffe is not installed, or a package cannot be found.
    """
    modules = _load(tuple(packages), tuple(search_paths))
    wanted = {entry.name: entry.page for entry in objects}
    docs: dict[str, ApiDoc] = {}
    unknown: list[str] = []
    for name, page in wanted.items():
        package, _, path = name.partition(".")
        owner = name.rpartition(".")[0]
        if package not in modules or (owner in docs and docs[owner].kind == CLASS):
            continue  # members come with their class
        found = _find(modules[package], path)
        if found is None:
            unknown.append(f"{name} (page {page})")
            continue
        listed = {n.rpartition(".")[2] for n in wanted if n.startswith(f"{name}.")}
        docs[name] = _doc(name, found, listed)
        if docs[name].kind == MODULE:  # its members have cards of their own
            for part in docs[name].members:
                if member := _find(found, last_part(part.name)):
                    docs[part.name] = _doc(part.name, member)
    if unknown:
        message = f"{len(unknown)} documented objects are not in the sources of "
        message += f"{', '.join(modules)}: {', '.join(unknown[:_NAMED])}"
        message += ", ..." if len(unknown) > _NAMED else ""
        notices.append(Diagnostic("api-unknown", Severity.INFO, message))
    return docs


def _load(packages: tuple[str, ...], search_paths: tuple[Path, ...]) -> dict[str, griffe.Object]:
    try:
        import griffe  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise ConfigError(
            "api.packages is set but griffe is not installed",
            help=install_line("api"),
        ) from error
    loader = griffe.GriffeLoader(search_paths=[*search_paths] or None, allow_inspection=False)
    modules: dict[str, griffe.Object] = {}
    for package in packages:
        try:
            module = loader.load(package, try_relative_path=False)
        except (ImportError, griffe.GriffeError) as error:
            raise ConfigError(
                f"no sources of the package {package!r} are found",
                help="install it, or name its folder in api.search_paths",
            ) from error
        if isinstance(module, griffe.Object):
            modules[package] = module
    loader.resolve_aliases(implicit=False, external=False)
    return modules


def _find(module: griffe.Object, path: str) -> griffe.Object | None:
    """Follow a dotted path; names that are imported lead to where they are defined."""
    import griffe  # noqa: PLC0415

    try:
        found = module[path] if path else module
        return found.final_target if isinstance(found, griffe.Alias) else found
    except (KeyError, griffe.GriffeError):
        return None


def _doc(name: str, found: griffe.Object, listed: Iterable[str] = ()) -> ApiDoc:
    import griffe  # noqa: PLC0415

    text, sections = parse_google(found.docstring.value if found.docstring else "")
    if isinstance(found, griffe.Module):
        shown = ((f"{name}.{n}", _find(found, n)) for n in _exported(found))
        parts = (
            ApiDoc(n, CLASS if isinstance(part, griffe.Class) else _kind(part))
            for n, part in shown
            if isinstance(part, griffe.Class | griffe.Function | griffe.Attribute)
        )
        return ApiDoc(name, MODULE, None, text, sections, tuple(parts))
    if not isinstance(found, griffe.Class):
        signature = _signature(found) if isinstance(found, griffe.Function) else None
        return ApiDoc(name, _kind(found), signature, text, sections)
    public = {n for n, m in found.members.items() if not n.startswith("_") and _documented(m)}
    members = []
    for member in [n for n in found.members if n in public or n in listed]:
        target = _find(found, member)
        if isinstance(target, griffe.Function | griffe.Attribute):
            members.append(_doc(f"{name}.{member}", target))
    start = _find(found, "__init__")
    signature = _signature(start) if isinstance(start, griffe.Function) else ()
    return ApiDoc(name, CLASS, signature, text, sections, tuple(members))


def _exported(module: griffe.Module) -> list[str]:
    """The names of a module that it says are for others, else those that have docstrings."""
    if module.exports is not None:
        return [str(name) for name in module.exports]
    return [n for n, m in module.members.items() if not n.startswith("_") and _documented(m)]


def _documented(member: griffe.Object | griffe.Alias) -> bool:
    import griffe  # noqa: PLC0415

    return not isinstance(member, griffe.Alias) and member.docstring is not None


def _kind(found: griffe.Object) -> str:
    import griffe  # noqa: PLC0415

    if not isinstance(found, griffe.Function):
        return PROPERTY
    return METHOD if isinstance(found.parent, griffe.Class) else FUNCTION


def _signature(function: griffe.Function) -> tuple[str, ...]:
    return tuple(_parameter(p) for p in function.parameters if p.name not in _NOT_SHOWN)


def _parameter(parameter: griffe.Parameter) -> str:
    stars = {"variadic positional": "*", "variadic keyword": "**"}
    prefix = stars.get(parameter.kind.value, "") if parameter.kind else ""
    type_ = f": {parameter.annotation}" if parameter.annotation is not None else ""
    if parameter.default is None or prefix:
        return f"{prefix}{parameter.name}{type_}"
    return f"{parameter.name}{type_}{' = ' if type_ else '='}{parameter.default}"
