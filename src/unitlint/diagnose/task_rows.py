"""The kernel's table of processes in an OOM report (mm/oom_kill.c, dump_tasks): a row a process, of which few tell."""

from __future__ import annotations

import re

SHOWN_TASKS = 3
"""The largest processes of a report, which an answer names."""
ROW = re.compile(r"(?:\[ *\d+\.\d+\] ?)?\[ *\d+\] +\d+ +\d+ +\d+ +(\d{1,12}) ", re.ASCII)
"""``[  812]   998   812  812345   258560 …``: PID, user, thread group, all pages, resident pages; the time of the ring
buffer may stand before it."""


class TaskRows:
    """What tells whether a row may be one of the largest of its table.

    A machine may run thousands of processes; to read each row as an event takes as long as the rest of a log.
    """

    def __init__(self) -> None:
        self._largest: list[int] = []
        """Resident pages of the largest processes so far, the smallest first."""
        self.enough = 0
        """Resident pages that a row needs to be one of them."""

    def is_small(self, message: str) -> bool:
        """Whether a message that begins with a bracket is a row below larger ones of its table."""
        row = ROW.match(message)
        if row is None:
            self.end()  # the header of a table, or what follows it
            return False
        return int(row[1]) < self.enough

    def end(self) -> None:
        """Forgets the table: what comes next is no row of it."""
        self._largest.clear()
        self.enough = 0

    def add(self, message: str) -> None:
        """Takes a message for one of the largest rows, if it is a row."""
        row = ROW.match(message)
        if row is not None:
            self._largest = sorted([*self._largest, int(row[1])])[-SHOWN_TASKS:]
            self.enough = self._largest[0] if len(self._largest) == SHOWN_TASKS else 0
