"""per-file-ignores: findings that a pattern of the settings takes out."""

from __future__ import annotations

import os
from collections.abc import Iterable

from unitlint.rules.select import matches

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.config import Settings
    from unitlint.finding import Finding


def without_ignored(findings: Iterable[Finding], settings: Settings) -> tuple[Finding, ...]:
    """The findings that no pattern of ``per_file_ignores`` covers; patterns are git's."""
    from pathspec import GitIgnoreSpec

    specs = [(GitIgnoreSpec.from_lines([pattern]), codes) for pattern, codes in settings.per_file_ignores.items()]
    base = os.path.abspath(settings.folder)

    def ignored(finding: Finding) -> bool:
        relative = os.path.relpath(os.path.abspath(finding.path), base)
        return any(spec.match_file(relative) and any(matches(finding, code) for code in codes) for spec, codes in specs)

    return tuple(finding for finding in findings if not ignored(finding))
