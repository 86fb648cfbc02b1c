"""Predicates that the declarative form of rules cannot say: a folder a topic, a generator function a rule.

A rule.yaml names its predicate as ``check: folder.module:function``.
"""

from __future__ import annotations

from unitlint.base import late_imports

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def load_check(place: str) -> Any:
    """The predicate (or WholeSet) that a rule.yaml names; ImportError or AttributeError where there is none."""
    return late_imports.function(f"unitlint.checks.{place}")
