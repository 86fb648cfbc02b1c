"""Predicates of the rules that the declarative form cannot say.

A folder a category; its ``CHECKS`` maps a rule's code to ``module:function`` within the folder.
"""

from __future__ import annotations

from unitlint import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.rules.model import Predicate


def load_check(category: str, code: str) -> Predicate:
    """The predicate of a rule; KeyError where its category's table does not name it."""
    home = f"unitlint.checks.{category}"
    predicate: Predicate = lazily.function(f"{home}.{lazily.module(home).CHECKS[code]}")
    return predicate
