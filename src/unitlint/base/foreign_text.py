"""Text that others wrote (paths, values, settings, rules, logs) made fit to be shown: the one place that escapes it.

What it does to a terminal or to the log of a CI server is spelt out: control characters, invalid bytes, characters that
reorder or hide what follows, and the commands of CI servers.
"""

from __future__ import annotations

import sys

from unitlint.base.late_patterns import late_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

# Controls, surrogates (invalid bytes), and the characters that reorder or hide what follows them.
UNSAFE = "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
COMMAND = r"(?<=#)#(?=\w*\[)"
"""The second sign of ``##vso[`` (Azure Pipelines), ``##[`` (GitHub Actions) and ``##teamcity[``, which these servers
obey anywhere in a line."""
_SPELT_OUT = late_pattern(rf"^(?=\s*::)\s*:|{UNSAFE}|{COMMAND}")
"""And the first sign of ``::`` at the begin, which GitHub Actions obeys behind blanks and tabs too."""
_REORDERING = "\u2028-\u202e\u2066-\u2069"
_IN_DIFFS = late_pattern(
    rf"[\x00-\x08\x0b-\x1f\x7f-\x9f](?!$)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_REORDERING}]|{COMMAND}|^ \s*:(?=:)"
)


def safe(text: str) -> str:
    r"""``text`` on one line, with everything unsafe spelt out as in ``\x1b``; it encodes to UTF-8."""
    if text.isascii() and text.isprintable() and "##" not in text and "::" not in text:
        return text
    return _SPELT_OUT.sub(_spelt, text)


def safe_lines(text: str) -> str:
    """Like :func:`safe`, but line ends and tabs stay."""
    return "\n".join(safe(line).replace("\\x09", "\t") for line in text.split("\n"))


def safe_path(path: str) -> str:
    """A path for the begin of a line: it begins with ``./``, if with nothing that a name mostly begins with."""
    return safe(path if path[:1].isalnum() or path[:1] in ("/", ".", "_", "") else f"./{path}")


def safe_in_diff(line: str) -> str:
    """A line of a diff, which programs read as well: only what steers a terminal or a CI server is spelt out."""
    return line if line.isascii() and line.isprintable() and "##" not in line and "::" not in line else (
        _IN_DIFFS.sub(_spelt, line)
    )  # fmt: skip


def say(message: str, *more: str) -> None:
    """A message on standard error, behind the program's name, and further lines of it, which are indented."""
    print("\n  ".join([f"unitlint: {safe(message)}", *map(safe, more)]), file=sys.stderr)


def _spelt(found: re.Match[str]) -> str:
    return "".join(map(_spelt_out, found.group()))


def _spelt_out(character: str) -> str:
    if character == " ":
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 and not 0x80 <= code < 0xA0 else f"\\u{code:04x}"
