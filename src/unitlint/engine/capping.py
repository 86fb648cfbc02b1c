"""No more than a few findings of one rule on one value: a line of 64 KB would bring up thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from unitlint.syntax.document import Assignment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.base.finding import Finding
    from unitlint.rules.model import Hit

MOST = 10
"""So many are shown each."""
SHOWN = 3
"""Of more, so many; the last of them says how many more there are."""


class OfOneRule:
    """The hits of one rule in one unit of which findings are made, and how many more there are on each value."""

    def __init__(self, first: Hit) -> None:
        self._hits: list[Hit] = []
        self._numbers: dict[int, int] = {}
        """How many there are on each value, by the assignment's identity."""
        self.add(first)

    def add(self, hit: Hit) -> None:
        """Counts a hit, and keeps it if it may be told."""
        if isinstance(hit.at, Assignment):
            value = id(hit.at)
            number = self._numbers[value] = self._numbers.get(value, 0) + 1
            if number > MOST:
                return
        self._hits.append(hit)

    def findings(self, finding_of: Callable[[Hit], Finding]) -> Iterator[Finding]:
        """The findings, of values with more than MOST hits only the first ones; nothing is made of the others."""
        if len(self._hits) < MOST:
            yield from map(finding_of, self._hits)
            return
        shown: dict[int, int] = {}
        for hit in self._hits:
            value = id(hit.at)
            number = self._numbers.get(value, 0)
            if number <= MOST:
                yield finding_of(hit)
                continue
            at = shown[value] = shown.get(value, 0) + 1
            if at < SHOWN:
                yield finding_of(hit)
            elif at == SHOWN:
                finding = finding_of(hit)
                yield finding._replace(message=f"{finding.message} (and {number - SHOWN:,} more in this value)")
