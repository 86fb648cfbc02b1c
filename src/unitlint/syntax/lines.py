"""A text's physical lines, as systemd splits them."""

from __future__ import annotations

from unitlint.base.late_patterns import late_pattern

WHITESPACE = " \t\n\r"
MARK = "unitlint:"
"""What stands in each comment that is meant for unitlint (syntax/ignore_comments.py)."""

# A line ends at \n, \r or NUL; two or three *different* ones in a row are one end, and nothing
# follows a NUL (fileio.c: read_line_full).
_LINE = late_pattern(r"[^\n\r\0]*(?:\0|\n\r?\0?|\r\n?\0?|\n\0|\Z)")


def goes_on(line: str) -> bool:
    """Whether a line without its end goes on below: it ends in a backslash that no other one escapes."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def open_quote(text: str) -> str:
    """The quote that is open at the end of a text; an escaped one is none."""
    is_open = ""
    escaped = False
    for character in text:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif is_open:
            is_open = "" if character == is_open else is_open
        elif character in "\"'":
            is_open = character
    return is_open


def split_lines(text: str) -> list[str]:
    """The physical lines with their ends; joined they are ``text`` again."""
    if "\r" not in text and "\0" not in text:
        lines = text.split("\n")
        last = lines.pop()
        lines = [line + "\n" for line in lines]
        if last:
            lines.append(last)
        return lines
    return [match for match in _LINE.findall(text) if match]
