"""Lines and columns of the edits in a report."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from unitlint.base.records import NamedTuple
from unitlint.syntax.lines import split_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from unitlint.base.finding import Edit


class EditedPlace(NamedTuple):
    """The stretch of a file that an edit replaces; lines and columns count from 1, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """Places in files, each file cut into lines once where its findings stand together."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._starts: tuple[str, list[int]] = ("", [0])

    def of_edit(self, path: str, edit: Edit) -> EditedPlace:
        """Where an edit of the file at ``path`` takes place."""
        return EditedPlace(*self._place(path, edit.start), *self._place(path, edit.start + len(edit.old)))

    def _place(self, path: str, offset: int) -> tuple[int, int]:
        if self._starts[0] != path:
            lines = split_lines(self._sources.get(path, ""))
            self._starts = path, list(accumulate(map(len, lines), initial=0))
        line = max(bisect_right(self._starts[1], offset), 1)
        return line, offset - self._starts[1][line - 1] + 1
