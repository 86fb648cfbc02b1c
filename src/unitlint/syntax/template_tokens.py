"""The placeholders and blocks of a template, whatever language it is written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.syntax.unfilled import OF_BUILDS, PLACEHOLDERS


class Token(NamedTuple):
    """A stretch of a template that is not the unit's text.

    ``kind`` is ``value`` (something is put here), ``comment``, or of blocks ``if``, ``else if``, ``else``, ``end``,
    ``group`` (ends like an ``if``, but is always there) and ``other``.
    """

    start: int
    end: int
    kind: str


class _Language(NamedTuple):
    openers: re.Pattern[str]
    """What begins a token; one that is in ``closers`` ends there, any other is a whole token."""
    closers: dict[str, str]
    kind_of: Callable[[str, str], str]
    """The kind of a token by its opener and what stands inside."""


def tokens(text: str, language: str) -> Iterator[Token]:
    """The tokens of ``text`` in order; an opener that is never closed is plain text."""
    openers, closers, kind_of = _LANGUAGES[language]
    unclosed: set[str] = set()
    ends = _DEFINITION_ENDS if "{%" in closers else {}
    at = 0
    while (match := openers.search(text, at)) is not None:
        opener = match.group()
        at = match.end()
        closer = closers.get(opener)
        if closer is None:
            yield Token(match.start(), at, "value")
            continue
        end = -1 if closer in unclosed else text.find(closer, at)
        if end < 0:
            unclosed.add(closer)
            continue
        kind = kind_of(opener, text[at:end].strip("-+~ \t\r\n"))
        at = end + len(closer)
        if kind == "other" and opener == "{%":
            at = _end_of_definition(text, text[match.end() : end], at, ends)
            kind = "comment" if at > end + len(closer) else kind
        if kind:
            yield Token(match.start(), at, kind)


def _word(inside: str) -> str:
    found = _WORD.match(inside)
    return found[0] if found else ""


_WORD = late_pattern(r"[A-Za-z]+")


def _jinja(opener: str, inside: str) -> str:
    if opener != "{%":
        return "comment" if opener == "{#" else "value"
    return _JINJA_KINDS.get(_word(inside), "other")


_JINJA_KINDS = {
    "if": "if", "for": "if", "elif": "else if", "else": "else", "endif": "end", "endfor": "end",
    "include": "value", "import": "value", "from": "value",
}  # fmt: skip


_DEFINITION_ENDS = {
    "macro": late_pattern(r"\{%[-+]?\s*endmacro\b[^%]*%\}"),
    "set": late_pattern(r"\{%[-+]?\s*endset\b[^%]*%\}"),
}
"""What closes a block whose text is kept for later instead of standing where it is written."""


def _end_of_definition(text: str, inside: str, at: int, ends: dict[str, re.Pattern[str]]) -> int:
    """Behind the whole definition that a tag begins, or ``at``; ``set`` with a = is a statement without an end."""
    end = ends.get(_word(inside.strip("-+~ \t\r\n")))
    if end is None or "=" in inside.partition("(")[0]:
        return at
    found = end.search(text, at)
    return at if found is None else found.end()


def _go(opener: str, inside: str) -> str:
    if opener != "{{":
        return _jinja(opener, inside)
    if inside.startswith("/*"):
        return "comment"
    word = _word(inside)
    if word == "else":
        return "else if" if inside[4:].strip() else "else"
    kinds = {"if": "if", "range": "if", "with": "if", "define": "group", "block": "group", "end": "end"}
    return kinds.get(word) or ("other" if re.match(r"\$\w*\s*:?=", inside) else "value")


_MUSTACHE = {"#": "if", "^": "if", "/": "end", "!": "comment"}


def _mustache(_opener: str, inside: str) -> str:
    """Mustache, and Handlebars with its ``{{else}}``."""
    if _word(inside) == "else":
        return "else if" if inside[4:].strip() else "else"
    return _MUSTACHE.get(inside[:1], "value")


def _terraform(opener: str, inside: str) -> str:
    """Templates of Terraform, and of those who use ``{{ … }}`` in files of the same ending."""
    if opener == "{{":
        return _go(opener, inside)
    kinds = {"if": "if", "for": "if", "else": "else", "endif": "end", "endfor": "end"}
    return "value" if opener == "${" else kinds.get(_word(inside), "other")


_RUBY_BEGINS = late_pattern(r"(?s)(?:if|unless|case|while|until|begin|for)\b|.*(?:\bdo|\{)(?:\s*\|[^|]*\|)?\Z")


def _ruby(opener: str, inside: str) -> str:
    """ERB of Ruby, and EPP of Puppet, whose blocks end with braces."""
    if opener == "<%%":
        return ""
    if opener != "<%":
        return "comment" if opener == "<%#" else "value"
    code = inside.removeprefix("}").lstrip()
    word = _word(code)
    if word in ("elsif", "when", "else"):
        return "else" if word == "else" else "else if"
    if word == "end" or (code != inside and not code):
        return "end"
    return "if" if _RUBY_BEGINS.match(code) else "other"


_NAMED = (
    r"@[A-Za-z_][A-Za-z0-9_-]{0,200}@|(?<![$A-Za-z_])\{[A-Z][A-Z0-9_]{1,200}\}|(?<![\w$@/.%{])__[A-Z][A-Z0-9_]{0,200}?__(?!\w)"
    r"|(?<![\w$@/.%{])[A-Z][A-Z0-9_]{2,200}(?=/)"
)
"""@NAME@ of autoconf and meson; {NAME}, __NAME__ and PREFIX/ at the head of a path, which others let sed replace."""
_JINJA_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LANGUAGES = {
    "jinja": _Language(late_pattern(r"\{[{%#]"), _JINJA_CLOSERS, _jinja),
    # systemd's own .in files have blocks of Jinja beside @NAME@.
    "in": _Language(late_pattern(rf"\{{[{{%#]|(?=[@{{_A-Z%$])(?:{_NAMED}|{OF_BUILDS})"), _JINJA_CLOSERS, _jinja),
    "erb": _Language(late_pattern(r"<%[%=#]?"), {"<%": "%>", "<%=": "%>", "<%#": "%>", "<%%": "%>"}, _ruby),
    # Of the .tmpl files some are of Jinja (those of cloud-init, for one), and Go knows no {% and {#.
    "go": _Language(late_pattern(r"\{[{%#]"), _JINJA_CLOSERS, _go),
    "mustache": _Language(late_pattern(r"\{\{\{?"), {"{{": "}}", "{{{": "}}}"}, _mustache),
    "terraform": _Language(
        late_pattern(r"(?<!\$)\$\{|(?<!%)%\{~?|\{\{"), {"${": "}", "%{": "}", "%{~": "}", "{{": "}}"}, _terraform
    ),
    **{
        name: _Language(late_pattern(rf"\{{[{{%#]|{form}"), _JINJA_CLOSERS, _jinja)
        for name, form in PLACEHOLDERS.items()
    },
    "envsubst": _Language(late_pattern(r"(?a)\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)"), {}, _jinja),
}
LANGUAGES = tuple(name for name in _LANGUAGES if name not in PLACEHOLDERS)
"""What the setting ``templates`` may name."""
