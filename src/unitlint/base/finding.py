"""What a rule reports, and what a run of the linter gives back."""

from __future__ import annotations

from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Severity = Literal["error", "warning", "info"]
    Confidence = Literal["high", "medium", "low"]
    Effect = Literal["warned", "ignored", "refused"]
else:
    Severity = Confidence = Effect = str

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")


class Span(NamedTuple):
    """A stretch of a file.  Lines and columns count from 1, columns in code points.

    ``end_column`` is the column after the last character.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Edit(NamedTuple):
    """``old``, which stands at the offset ``start`` of a file's text (code points), becomes ``new``."""

    start: int
    old: str
    new: str


class Fix(NamedTuple):
    """The edits that mend a finding, all in the file that it points at.

    ``safe`` tells that the unit changes in nothing but what the finding is about, and surely as was meant.
    ``says`` is what is done, as in "write `MemoryMax`".
    """

    edits: tuple[Edit, ...]
    safe: bool
    says: str


class Related(NamedTuple):
    """Another place that has part in a finding, with a word on why."""

    path: str
    line: int
    column: int
    message: str


class Finding(NamedTuple):
    """One thing that a rule has to say; the fields are those of the JSON form."""

    code: str
    name: str
    severity: Severity
    confidence: Confidence
    effect: Effect | None
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    unit: str | None
    section: str | None
    directive: str | None
    related: tuple[Related, ...]
    fixable: bool
    url: str
    help: str = ""
    fix: Fix | None = None
    """``fixable`` where this is safe."""
    suggests: str | None = None
    """What may have been meant in place of the stretch, where that is known; the fix may not dare to write it."""


class Suppressed(NamedTuple):
    """A finding that is not reported: ``by`` a comment in the file ("inSource") or the baseline ("external")."""

    finding: Finding
    by: str
    reason: str = ""
    """What the comment says of it."""
