"""What may have been meant by a value that systemd does not accept, for the help of a finding only, never for a fix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import is_whole_number
from unitlint.values.meant import OTHER_WORDS
from unitlint.values.problem import ValueContext
from unitlint.values.table import check_value

LONGEST = 200
"""A longer value is not corrected: there is nothing in it that a glance would not show."""
_TIME_UNITS = (
    "seconds", "sec", "minutes", "min", "minute", "hours", "hour", "days", "day", "weeks", "week", "months", "month",
    "years", "year", "ms", "us",
)  # fmt: skip
_GROUPED_DIGITS = late_pattern(r"[0-9]{1,3}(?:[,_'][0-9]{3})+")
_DECIMAL_COMMA = late_pattern(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))")
_SEPARATOR = late_pattern("[,;|]")
_TWO_LIMITS = late_pattern("[0-9]+,[0-9]+")
_UNIT_WORD = late_pattern(r"(?<=[0-9 ])[A-Za-z]{3,}")


def nearest_accepted(parser: str, value: str, start: int, end: int, context: ValueContext) -> str | None:
    """What to write in place of ``value[start:end]`` so that systemd's ``parser`` accepts the whole value, or None."""
    if len(value) > LONGEST:
        return None
    word = value[start:end]

    def is_accepted(candidate: str) -> bool:
        return not check_value(parser, value[:start] + candidate + value[end:], context)

    for candidate in dict.fromkeys(_candidates(word)):
        if candidate and candidate != word and is_accepted(candidate):
            return candidate
    others = [other for other in OTHER_WORDS.get(word.lower(), ()) if is_accepted(other)]
    return others[0] if others and not is_accepted(_ANY_NAME) else None


_ANY_NAME = "qzxq"
"""Where this is accepted any name is, so that a word of another program says nothing."""


def _candidates(word: str) -> Iterator[str]:
    bare = word.strip("\"'` ").rstrip(",;.")
    yield from (bare, bare.lower(), bare.upper(), bare.rstrip(":"))
    if _GROUPED_DIGITS.fullmatch(bare):
        yield re.sub("[,_']", "", bare)
    yield _DECIMAL_COMMA.sub(".", bare)
    if _SEPARATOR.search(bare):
        yield " ".join(_SEPARATOR.sub(" ", bare).split())
    if _TWO_LIMITS.fullmatch(bare):
        yield bare.replace(",", ":")
    name, equals, rest = bare.partition("=")
    if equals and "-" in name:
        yield f"{name.replace('-', '_')}={rest}"
    if bare.partition("/")[0] in TOP_DIRECTORIES:
        yield f"/{bare}"
    if bare in _TIME_UNITS:
        yield f"1 {bare}"
    if is_whole_number(bare[:1]):
        yield _with_known_units(bare)


TOP_DIRECTORIES = frozenset(
    ("bin", "boot", "dev", "etc", "home", "mnt", "opt", "proc", "root", "run", "srv", "sys", "usr", "var")
)


def _with_known_units(text: str) -> str:
    """The time span with each unit spelled as systemd does: ``5 minutes`` for ``5 minuets``."""
    from unitlint.base.likeness import nearest

    return _UNIT_WORD.sub(lambda found: nearest(found[0], _TIME_UNITS) or found[0], text)
