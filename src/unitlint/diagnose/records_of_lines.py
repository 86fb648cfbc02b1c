"""Records of the journal that take several lines: -o json-pretty and -o verbose."""

from __future__ import annotations

import re

from unitlint.diagnose.journal import entry_of, inner_message, read_json
from unitlint.diagnose.model import Entry
from unitlint.diagnose.times import seconds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

VERBOSE = re.compile(r"\S+ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S* \S+) \[s=[0-9a-f]+;")
"""The first line of a record of -o verbose."""
MOST_LINES = 500
"""A longer record ends here, whatever it is."""
ENDS = ("}", "},")


class RecordOfLines:
    """A record that is being read; false where there is none."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._lines: list[str] = []
        self._kind = ""
        self._number = 0

    def __bool__(self) -> bool:
        return bool(self._lines)

    def begin(self, line: str, kind: str, number: int) -> None:
        """Starts a record, ``pretty`` or ``verbose``, at the line of this number."""
        self._lines, self._kind, self._number = [line], kind, number

    def add(self, line: str) -> tuple[Entry | None, bool]:
        """The entry that this line ends, if it ends one, and whether the line belongs to it."""
        if len(self._lines) > MOST_LINES:
            return self.end(), False
        if self._kind == "verbose":
            if not line[:1].isspace():
                return self.end(), False
            if "=" in line:
                self._lines.append(line.strip())
            return None, True
        self._lines.append(line)
        return (self.end(), True) if line.rstrip() in ENDS else (None, True)

    def end(self) -> Entry | None:
        """The entry of the record as far as it was read."""
        lines, self._lines = self._lines, []
        if not lines:
            return None
        if self._kind == "pretty":
            record = read_json("\n".join(lines).rstrip().rstrip(","))
            if not record:
                return None
            said = "" if "MESSAGE" in record else inner_message(record)
            return Entry(said, source=self._source, line=self._number) if said else self._journal(record)
        fields = dict(field.partition("=")[::2] for field in lines[1:])
        entry = self._journal(fields)
        if entry is not None and entry.time is None:
            entry = entry._replace(time=seconds_of(lines[0]), stamp=lines[0])
        return entry

    def _journal(self, record: Mapping[str, Any]) -> Entry | None:
        return entry_of(record, self._source, self._number)
