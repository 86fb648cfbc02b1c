"""What a package needs that brings rules with predicates in Python: all that is promised to stay as it is.

Such a package has an entry point of the group ``unitlint.rules`` that is a :class:`RuleSet`, or a function that returns
one; a settings file switches it on with ``plugins = ["name"]``.  docs/writing-rules.md shows one.
"""

from __future__ import annotations

from unitlint.rules.model import Context, Hit, Place, Predicate, header_place, line_place
from unitlint.rules.plugins import RuleSet
from unitlint.syntax.document import Assignment, Document
from unitlint.units.unit import Unit

__all__ = [
    "Assignment",
    "Context",
    "Document",
    "Hit",
    "Place",
    "Predicate",
    "RuleSet",
    "Unit",
    "header_place",
    "line_place",
]
