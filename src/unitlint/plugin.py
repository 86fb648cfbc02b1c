"""What a package needs that brings rules with predicates in Python: all that is promised to stay as it is.

Such a package has an entry point of the group ``unitlint.rules`` that is a :class:`RuleSet`, or a function that returns
one; a settings file switches it on with ``plugins = ["name"]``.  docs/writing-rules.md shows one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from unitlint.record import NamedTuple
from unitlint.rules.model import Context, Hit, Place, Predicate
from unitlint.rules.places import header_place, line_place
from unitlint.syntax.document import Assignment, Document
from unitlint.units.unit import Unit


class RuleSet(NamedTuple):
    """A folder of rules, and ``module:function`` by code for those of them that have no ``match`` or ``require``."""

    folder: str | os.PathLike[str]
    checks: Mapping[str, str] = {}  # never written to


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
