"""No more than a few findings of one rule on one value: a line of 64 KB would bring up thousands."""

from __future__ import annotations

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
    """The findings of one rule in one unit, and how many more hits there are on each value."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._hits: dict[int, int] = {}
        self._places: dict[int, list[int]] = {}

    def has_room(self, hit: Hit) -> bool:
        """Whether the hit is to be added to the ``findings``; it is counted in any case."""
        if not isinstance(hit.at, Assignment):
            return True
        value = id(hit.at)
        number = self._hits[value] = self._hits.get(value, 0) + 1
        if number > MOST:
            return False
        self._places.setdefault(value, []).append(len(self.findings))
        return True

    def summed_up(self) -> list[Finding]:
        """The findings, of values with more than MOST only the first ones."""
        if len(self.findings) < MOST:
            return self.findings
        gone: set[int] = set()
        for value, number in self._hits.items():
            if number > MOST:
                places = self._places[value]
                gone.update(places[SHOWN:])
                last = self.findings[places[SHOWN - 1]]
                message = f"{last.message} (and {number - SHOWN:,} more in this value)"
                self.findings[places[SHOWN - 1]] = last._replace(message=message)
        return [finding for at, finding in enumerate(self.findings) if at not in gone] if gone else self.findings
