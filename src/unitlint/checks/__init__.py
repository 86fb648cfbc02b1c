"""Predicates of the rules that the declarative form cannot say.

A folder a category; its ``CHECKS`` maps a rule's code to ``module:function`` within the folder.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Predicate


def load_check(category: str, code: str) -> Predicate:
    """The predicate of a rule; KeyError where its category's table does not name it."""
    home = f"unitlint.checks.{category}"
    module, _, function = import_module(home).CHECKS[code].partition(":")
    predicate: Predicate = getattr(import_module(f"{home}.{module}"), function)
    return predicate
