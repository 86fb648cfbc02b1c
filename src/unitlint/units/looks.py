"""Which of a template's unknown values a rule has looked at: from one of these nothing certain can follow."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.syntax.document import Assignment

_MISSING = "something that is not assigned"


class Looks:
    """What was looked at since :meth:`forget`, which is called before a rule is asked.

    Looks that a value in the unit's memo took are those of every rule that finds the value there (:class:`Memo`).
    """

    __slots__ = ("_levels", "in_doubt")

    def __init__(self) -> None:
        self.in_doubt: set[str] = set()
        """Codes of the rules that had something to say which may not hold."""
        self._levels: list[tuple[object, set[Any]]] = [(None, set())]
        """The looks by what they are for: the innermost value that is being worked out for the memo comes last."""

    @property
    def values(self) -> set[Assignment]:
        """The unknown values that were looked at."""
        if len(self._levels) == 1 and not self._levels[0][1]:
            return set()
        return {look for _, looks in self._levels for look in looks if look is not _MISSING}

    @property
    def missed(self) -> bool:
        """Whether somebody looked for what is not assigned, where a placeholder may well assign it."""
        return any(_MISSING in looks for _, looks in self._levels)

    def add(self, value: Assignment) -> None:
        """Somebody looks at a value."""
        self._levels[-1][1].add(value)

    def miss(self) -> None:
        """Somebody looks for what is not assigned."""
        self._levels[-1][1].add(_MISSING)

    def forget(self) -> None:
        """Nothing was looked at yet."""
        if len(self._levels) > 1 or self._levels[0][1]:  # most rules look at nothing unknown
            self._levels = [(None, set())]

    def begin(self, key: object) -> None:
        """What comes now is looked at for the value that the memo will keep under ``key``."""
        self._levels.append((key, set()))

    def end(self, key: object) -> frozenset[Any]:
        """The looks since the last ``begin`` with this key, which stay looks of whoever asked for the value."""
        levels = self._levels
        if len(levels) > 1 and levels[-1][0] == key:  # as of all but those that asked for a value without keeping it
            of_value = levels.pop()[1]
            levels[-1][1].update(of_value)
            return frozenset(of_value)
        start = next((level for level in range(len(levels) - 1, 0, -1) if levels[level][0] == key), 0)
        looks = {look for _, some in levels[start:] for look in some}
        if start:
            del levels[start:]
            levels[-1][1].update(looks)
        return frozenset(looks)

    def repeat(self, looks: frozenset[Any]) -> None:
        """Somebody uses what took these looks."""
        self._levels[-1][1].update(looks)


class Memo(dict["Any", "Any"]):
    """What rules keep of a unit, together with what they looked at to work it out.

    What the reading of the unit keeps under its release is about known values only and takes no looks.
    """

    def __init__(self, kept: dict[Any, Any], looks: Looks) -> None:
        super().__init__(kept)
        self._looks = looks
        self._taken: dict[Any, frozenset[Any]] = {}

    def __contains__(self, key: object) -> bool:
        found = dict.__contains__(self, key)
        if not found:
            self._looks.begin(key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """As of any dict."""
        if not dict.__contains__(self, key):
            self._looks.begin(key)
            return default
        taken = self._taken.get(key)
        if taken:
            self._looks.repeat(taken)
        return dict.__getitem__(self, key)

    def __getitem__(self, key: Any) -> Any:
        taken = self._taken.get(key)
        if taken:
            self._looks.repeat(taken)
        return dict.__getitem__(self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        dict.__setitem__(self, key, value)
        self._taken[key] = self._looks.end(key)
