"""Access modes: UMask=, SocketMode=, StateDirectoryMode= (parse-util.c: parse_mode)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from unitlint.values.numbers import PLAIN_C
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import ValueFault, judge, out_of_range

_BLANKS = " \t\n\r\f\v"
_MODE = "expected an access mode in octal digits, such as 0644"
_MASK = "expected a mask in octal digits, such as 0022 or 0077: the bits that new files do not get"


def mode(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_mode: up to 07777 in base 8."""
    is_mask = context.directive == "UMask"

    def read(value: str) -> int:
        if context.release in PLAIN_C:  # a plus sign, which strtol() takes
            value = value.lstrip(_BLANKS)
            value = value[value[:1] == "+" :]
        return _read_mode(value, is_mask=is_mask)

    return judge(text, context, read, empty=False)


def _read_mode(text: str, *, is_mask: bool) -> int:
    digits = text.lstrip(" \t\n\r")
    text = digits.lstrip(_BLANKS)
    if text != digits:
        text = text.removeprefix("+")  # strtoul() reads what systemd's own look at the sign did not see
    if not re.fullmatch(r"[0-7]+", text):
        digits = text.removeprefix("0o")
        meant = digits.rjust(4, "0") if re.fullmatch(r"[0-7]{2,4}", digits) else None
        raise ValueFault(_MASK if is_mask else _MODE, suggestion=meant if is_mask else meant or _of_letters(text))
    if len(text) > 40 or int(text, 8) > 0o7777:
        raise out_of_range("the highest access mode is 7777")
    return int(text, 8)


def _of_letters(text: str) -> str | None:
    """The mode that ``ls -l`` shows as ``rwxr-xr-x``."""
    if not re.fullmatch(r"[d-]?(?:[r-][w-][x-]){3}", text):
        return None
    bits = "".join("0" if letter == "-" else "1" for letter in text[-9:])
    return f"{int(bits, 2):04o}"
