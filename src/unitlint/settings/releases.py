"""``--systemd-version``: one release, several, or a range."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.errors import BadValueError
from unitlint.catalogue import MEASURED, NEWEST, OLDEST


def parse_releases(value: object) -> tuple[int, ...]:
    """Ascending releases out of ``252``, ``"247,252"``, ``"252..262"`` or a list of such.

    A range stands for its two ends and the recorded releases between them.
    Raises BadValueError with a word for a person.
    """
    found: set[int] = set()
    for part in _parts(value):
        first, dots, last = part.partition("..")
        if dots:
            found.update(_range(_release(first), _release(last)))
        else:
            found.add(_release(part))
    if not found:
        raise BadValueError("names no release", f"write {NEWEST}, {OLDEST},{NEWEST} or {OLDEST}..{NEWEST}")
    return tuple(sorted(found))


def _parts(value: object) -> list[str]:
    if isinstance(value, bool):
        raise BadValueError("must be a release such as 252")
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, str):
        return [part.strip() for part in value.replace("\n", ",").split(",") if part.strip()]
    if isinstance(value, Iterable):
        return [part for one in value for part in _parts(one)]
    raise BadValueError("must be a release such as 252, several (247,252) or a range (252..262)")


def _release(text: str) -> int:
    digits = text.strip().removeprefix("v")
    if not digits.isascii() or not digits.isdigit():
        raise BadValueError(
            f"has `{text.strip()}`, which is no release", "write a number such as 252, or a range 252..262"
        )
    number = int(digits) if len(digits) < 9 else NEWEST + 1
    if number < OLDEST:
        raise BadValueError(f"has {digits}, but the oldest release known here is {OLDEST}")
    if number > NEWEST:
        raise BadValueError(f"has {digits}, but the newest release known here is {NEWEST}")
    return number


def _range(first: int, last: int) -> list[int]:
    if first > last:
        raise BadValueError(f"has a range that runs backwards: {first}..{last}", f"did you mean `{last}..{first}`?")
    return [first, *(release for release in MEASURED if first < release < last), last]
