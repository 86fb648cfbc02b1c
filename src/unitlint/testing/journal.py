"""Assertions about logs: what a test's services wrote into the journal holds no incident."""

from __future__ import annotations

import io
import os
from contextlib import closing
from typing import TYPE_CHECKING

from unitlint.testing.calls import told_at_the_call

if TYPE_CHECKING:
    from collections.abc import Sequence

    from unitlint.diagnose.model import Diagnosis


@told_at_the_call
def assert_no_incidents(
    journal: str | bytes | os.PathLike[str],
    *,
    units: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    root: str | os.PathLike[str] | None = None,
    only: str | Sequence[str] = (),
) -> Diagnosis:
    """Fails where `unitlint diagnose` finds an incident; the failure is what it prints, with the lines of ``units``.

    ``journal`` is the path of a log or of a folder of logs, or the text of one: bytes, or a string of several lines.
    ``units`` are unit files and folders of them, ``root`` is a root directory, ``only`` are names or patterns of units.
    Gives the diagnosis back.  Raises UnitlintError for a path that is not there, and for a log that cannot be read.
    """
    from unitlint.base.errors import UnitlintError
    from unitlint.diagnose.run import diagnose, diagnose_streams
    from unitlint.diagnose.unit_lines import UnitLines

    paths = [os.fspath(path) for path in ([units] if isinstance(units, (str, os.PathLike)) else units)]
    tree = None if root is None else os.fspath(root)
    names = [only] if isinstance(only, str) else list(only)
    if isinstance(journal, bytes) or (isinstance(journal, str) and "\n" in journal):
        data = journal if isinstance(journal, bytes) else journal.encode("utf-8", "surrogateescape")
        stream = io.BufferedReader(io.BytesIO(data))
        lines = UnitLines(paths, tree)
        found = diagnose_streams([("journal", lambda: closing(stream))], lines, names)
    else:
        found = diagnose([os.fspath(journal)], units=paths, root=tree, only=names)
    if found.errors:
        raise UnitlintError("; ".join(found.errors))
    if found.incidents:
        from unitlint.report.diagnosis import full

        raise AssertionError(f"the log contains incidents\n{full.render(found)}")
    return found
