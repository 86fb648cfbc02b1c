"""What an event means by the values of its fields: an exit with status 203 is a command that could not be executed."""

from __future__ import annotations

import re

from unitlint.diagnose.pairs import with_pairs

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from unitlint.diagnose.model import EventKind, Fields


class Refinements:
    """The events that ``refines`` others, with their conditions; of several that fit the one of the highest rank."""

    def __init__(self, kinds: Iterable[EventKind]) -> None:
        self._of: dict[str, list[tuple[EventKind, dict[str, re.Pattern[str]]]]] = {}
        self._deciding: dict[str, frozenset[str]] = {}
        for kind in kinds:
            where = {name: re.compile(text) for name, text in kind.where.items()}
            for other in kind.refines:
                self._of.setdefault(other, []).append((kind, where))
        for refined in self._of.values():
            refined.sort(key=lambda pair: -pair[0].rank)

    def deciding(self, kind: EventKind) -> frozenset[str]:
        """The fields whose values decide which event it is, and what it says."""
        found = self._deciding.get(kind.id)
        if found is None:
            found = frozenset(kind.known)
            for refined, where in self._of.get(kind.id, ()):
                found |= {*where, *self.deciding(refined)}
            self._deciding[kind.id] = found
        return found

    def told(self, kind: EventKind, fields: Fields) -> tuple[EventKind, Fields]:
        """The event of the most narrow meaning whose conditions the fields meet, with the meanings of their values."""
        if kind.pairs:
            fields = with_pairs(fields, kind.pairs)
        if kind.known:
            names = {name: values[fields[name]] for name, values in kind.known.items() if fields.get(name) in values}
            fields = {**{f"{name}_name": meaning for name, meaning in names.items()}, **fields}
        for refined, where in self._of.get(kind.id, ()):
            met = [(fields[name], regex) for name, regex in where.items() if fields.get(name)]
            if met and all(regex.fullmatch(text) for text, regex in met):
                return self.told(refined, fields)
        return kind, fields
