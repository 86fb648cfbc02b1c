"""What a run of the linter gives back."""

from __future__ import annotations

from unitlint.base.finding import Finding, Suppressed
from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from unitlint.rules.model import Rule


class Report(NamedTuple):
    """The outcome of a run: findings in the order of path and line, and what could not be read."""

    findings: tuple[Finding, ...]
    files: int
    units: int
    errors: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    sources: Mapping[str, str] = {}  # the texts of the files, for rendering
    rules: tuple[Rule, ...] = ()
    """The rules that were on."""
    suppressed: tuple[Suppressed, ...] = ()
    """What comments and the baseline keep from the findings."""
