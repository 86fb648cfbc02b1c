"""What may have been meant by a value that systemd does not accept, for the help of a finding only, never for a fix."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.base.whole_numbers import is_whole_number
from unitlint.values.problem import ValueContext
from unitlint.values.table import check_value

LONGEST = 200
"""A longer value is not corrected: there is nothing in it that a glance would not show."""
_TIME_UNITS = ("seconds", "sec", "minutes", "min", "hours", "days", "weeks", "months", "years", "ms", "us")
_GROUPED_DIGITS = re.compile(r"[0-9]{1,3}(?:[,_'][0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))")
_UNIT_WORD = re.compile(r"(?<=[0-9 ])[A-Za-z]{3,}")

OTHER_WORDS = {
    "true": ("always",),
    "yes": ("always", "full"),
    "ye": ("yes",),
    "ja": ("yes",),
    "enable": ("yes",),
    "enabled": ("yes",),
    "never": ("no", "infinity"),
    "none": ("no", "infinity"),
    "nein": ("no",),
    "disable": ("no",),
    "disabled": ("no",),
    "unless-stopped": ("always",),
    "on-error": ("on-failure",),
    "failure": ("on-failure",),
    "ro": ("read-only",),
    "readonly": ("read-only",),
    "-1": ("infinity",),
    "stdout": ("journal", "inherit"),
    "syslog": ("journal",),
    "/dev/null": ("null",),
}
"""Words of other programs and languages, each with the words of systemd that may be meant by it."""


def nearest_accepted(parser: str, value: str, start: int, end: int, context: ValueContext) -> str | None:
    """What to write in place of ``value[start:end]`` so that systemd's ``parser`` accepts the whole value, or None."""
    if len(value) > LONGEST:
        return None
    word = value[start:end]
    for candidate in dict.fromkeys(_candidates(word)):
        if candidate and candidate != word:
            problems = check_value(parser, value[:start] + candidate + value[end:], context)
            if not problems:
                return candidate
    return None


def _candidates(word: str) -> Iterator[str]:
    bare = word.strip("\"'` ").rstrip(",;.")
    yield from (bare, bare.lower(), bare.upper(), bare.rstrip(":"))
    if _GROUPED_DIGITS.fullmatch(bare):
        yield re.sub("[,_']", "", bare)
    yield _DECIMAL_COMMA.sub(".", bare)
    if "," in bare:
        yield " ".join(bare.replace(",", " ").split())
    yield from OTHER_WORDS.get(bare.lower(), ())
    if is_whole_number(bare[:1]):
        yield _with_known_units(bare)


def _with_known_units(text: str) -> str:
    """The time span with each unit spelled as systemd does: ``5 minutes`` for ``5 minuets``."""
    from unitlint.base.likeness import nearest

    return _UNIT_WORD.sub(lambda found: nearest(found[0], _TIME_UNITS) or found[0], text)
