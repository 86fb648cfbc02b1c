"""UL716, UL717 and UL719: what [Install] is pulled in by."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.dependencies.names import Reference, references
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

PASSIVE = (
    "network.target", "nss-lookup.target", "nss-user-lookup.target", "rpcbind.target", "local-fs-pre.target",
    "remote-fs-pre.target",
)  # fmt: skip
"""Marks that only the provider of a function pulls in; time-sync.target and network-pre.target have helpers, too."""
PULLS = ("WantedBy", "RequiredBy")
FIT = (".target", ".device", ".mount", ".slice")


def not_a_target(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL716: a service, socket, timer or path in its place."""
    for one in _pulled_by(unit):
        kind = one.name.rpartition(".")[2]
        if not one.name.endswith(FIT) and "%" not in one.name:
            yield Hit(one.line, {"name": one.name, "kind": kind}, span=one.span)


def passive_target(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL717: silent for providers, which stand before the target, and where an active target stands beside it."""
    names = [one.name for one in _pulled_by(unit)]
    if any(name not in PASSIVE for name in names) or unit.scope != "system":
        return
    before = {one.name for one in references(unit, "Before")}
    for one in _pulled_by(unit):
        if one.name not in before:
            yield Hit(one.line, {"name": one.name}, span=one.span)


def no_default_instance(unit: Unit, _context: Context) -> Iterator[Hit]:
    """UL719: at the first line of a template."""
    if not unit.name.partition("@")[2].startswith(".") or unit.last("Install", "DefaultInstance") is not None:
        return
    first = next(_pulled_by(unit), None)
    if first is not None and unit.has_fragment:
        yield Hit(first.line, {}, on_name=True)


def _pulled_by(unit: Unit) -> Iterator[Reference]:
    for directive in PULLS:
        yield from references(unit, directive, section="Install")
