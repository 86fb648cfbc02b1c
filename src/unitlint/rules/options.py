"""Options that a settings file gives to declarative rules: are they what the rule compares with?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from unitlint.rules.literals import Fault, fault_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.rules.model import Rule


def faults_of_options(rules: Iterable[Rule], options: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Fault]]:
    """(option, what is wrong) for each value that the conditions of its rule could never compare."""
    for rule in rules:
        given = {**options.get(rule.name, {}), **options.get(rule.code, {})}
        if given:
            for word, directive, option in _uses([rule.match, rule.require, rule.when]):
                found = fault_of(word, directive, given[option]) if option in given else None
                if found is not None:
                    yield option, found


def _uses(nodes: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """(word, directive, option) wherever a condition names an option."""
    for node in nodes:
        if isinstance(node, list):
            yield from _uses(node)
        elif isinstance(node, dict):
            for key, inner in node.items():
                if key in ("all", "any", "not"):
                    yield from _uses([inner])
                    continue
                for word, wanted in inner.items():
                    if isinstance(wanted, dict) and "option" in wanted:
                        yield word, key, wanted["option"]
