"""Rules that installed packages bring: their entry points, and their predicates with whatever goes wrong in them.

Looking for entry points takes 10 ms and importing them runs foreign code, so that both happen only where a settings
file asks for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence

from unitlint.base.errors import UnitlintError
from unitlint.base.likeness import did_you_mean
from unitlint.base.records import NamedTuple
from unitlint.rules.cache import load_folder
from unitlint.rules.model import Context, Hit, Predicate, Rule
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "unitlint.rules"
EVERY = "*"
"""In place of a name: all that are installed."""


def load_plugins(names: Sequence[str]) -> list[Rule]:
    """The rules of the named plugins.

    Raises UnitlintError where one is not installed, cannot be imported, or has no sound rules.
    """
    return [rule for point in _entry_points(names) for rule in _rules_of(point)]


def _entry_points(names: Sequence[str]) -> Iterable[EntryPoint]:
    from importlib.metadata import entry_points

    installed = {point.name: point for point in entry_points(group=GROUP)}
    if EVERY in names:
        return [installed[name] for name in sorted(installed)]
    for name in names:
        if name not in installed:
            known = did_you_mean(name, installed) or f"installed: {', '.join(sorted(installed)) or 'none'}"
            raise UnitlintError(f"no plugin `{name}` is installed (entry points `{GROUP}`)", hint=known)
    return [installed[name] for name in names]


def _rules_of(point: EntryPoint) -> list[Rule]:
    rule_set = _rule_set(point)
    if not isinstance(rule_set.checks, dict) or not all(
        isinstance(code, str) and isinstance(where, str) and ":" in where for code, where in rule_set.checks.items()
    ):
        raise _broken(point, "`checks` of its RuleSet is not a dictionary of codes and `module:function`")
    rules = load_folder(os.fspath(rule_set.folder), rule_set.checks)
    without = sorted(set(rule_set.checks) - {rule.code for rule in rules})
    if without:
        raise _broken(point, f"it has a check for {without[0]}, but no such rule below {rule_set.folder}")
    return rules


def _rule_set(point: EntryPoint) -> RuleSet:

    try:
        found = point.load()
        found = found if isinstance(found, RuleSet) else found()
    except Exception as error:
        if os.environ.get("UNITLINT_TRACEBACK"):
            raise
        raise _broken(point, f"cannot be imported: {type(error).__name__}: {error}") from None
    if not isinstance(found, RuleSet):
        raise _broken(point, f"gives a {type(found).__name__}, not a unitlint.plugin.RuleSet")
    return found


def _broken(point: EntryPoint, what: str) -> UnitlintError:
    return UnitlintError(f"plugin `{point.name}` ({point.value}): {what}", hint="remove it from `plugins`, or fix it")


def load_predicate(rule: Rule) -> Predicate:
    """The predicate that a plugin's rule names; raises UnitlintError where there is none."""
    from importlib import import_module

    module, _, function = rule.check.partition(":")
    try:
        predicate: Predicate = getattr(import_module(module), function)
    except Exception as error:
        if os.environ.get("UNITLINT_TRACEBACK"):
            raise
        reason = f"{type(error).__name__}: {error}"
        raise UnitlintError(f"rule {rule.code} has no usable check `{rule.check}`: {reason}", rule.file) from None

    def of_hits(unit: Unit, context: Context) -> Iterator[Hit]:
        for hit in predicate(unit, context):
            if not isinstance(hit, Hit):
                raise TypeError(f"{rule.check} yields {type(hit).__name__}, not unitlint.plugin.Hit")
            yield hit

    return of_hits


class RuleSet(NamedTuple):
    """A folder of rules, and ``module:function`` by code for those of them that have no ``match`` or ``require``."""

    folder: str | os.PathLike[str]
    checks: Mapping[str, str] = {}  # never written to
