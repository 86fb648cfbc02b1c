"""Cutting a value into words the way systemd does (extract-word.c: extract_first_word)."""

from __future__ import annotations

from functools import lru_cache, partial

from unitlint.base.records import NamedTuple
from unitlint.syntax.lines import WHITESPACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

UNQUOTE = 1
"""Quotes hold a word together and are removed."""
CUNESCAPE = 2
r"""Backslash sequences of C are decoded; one that C does not know is an error."""
UNESCAPE_RELAX = 4
r"""An unknown backslash sequence stays as it is written."""
RELAX = 8
"""A quote that never closes is forgiven."""
RETAIN_ESCAPE = 16
"""The backslash is a character like any other."""
DONT_COALESCE_SEPARATORS = 32
"""Two separators in a row have an empty word between them."""
KEEP_QUOTE = 64
"""Quotes hold a word together and stay in it."""
UNESCAPE_SEPARATORS = 128
r"""A backslash before a separator or a backslash takes its meaning away."""

TAKES_SURROGATES = 256
r"""``\ud800`` and its like are escapes as any other, as for releases before 258."""

NO_SURROGATES_SINCE = 258

_SIMPLE_ESCAPES = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", '"': '"', "'": "'", "s": " ",
}  # fmt: skip
_NUMERIC_ESCAPES = {"x": (2, 16), "u": (4, 16), "U": (8, 16)}


class Word(NamedTuple):
    """A word as systemd takes it, and the stretch of the value it was read from."""

    text: str
    start: int
    end: int


class Failure(NamedTuple):
    """Where and why the cutting stopped: ``escape`` (unknown backslash sequence) or ``quote``."""

    at: int
    what: str


class Step(NamedTuple):
    """One word (None at the end, or on a failure) and where to read on (None at the end)."""

    word: Word | None
    next: int | None
    failure: Failure | None = None


class Reading(NamedTuple):
    """All words up to the end, or up to the failure."""

    words: list[Word]
    failure: Failure | None


_word = partial(tuple.__new__, Word)
"""Makes a Word in half the time of a call of the class; a large set has a million of them."""


def plain_words(text: str) -> list[Word] | None:
    """The words of a text in which nothing is quoted or escaped, as most are; None for one with such marks."""
    if "\\" in text or '"' in text or "'" in text:
        return None
    words, at = [], 0
    for part in _with_spaces(text).split(" "):
        end = at + len(part)
        if part:
            words.append(_word((part, at, end)))
        at = end + 1
    return words


def bare_words(text: str) -> list[str]:
    """The words of a text in which quotes and backslashes mean nothing."""
    return [part for part in _with_spaces(text).split(" ") if part]


def _with_spaces(text: str) -> str:
    """The text with a space in place of each blank; str.split() knows further ones."""
    if "\t" in text or "\n" in text or "\r" in text:
        return text.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    return text


def split_words(text: str, separators: str = WHITESPACE, flags: int = UNQUOTE) -> list[Word]:
    """The words that systemd takes from ``text``; those before the failure if it is malformed."""
    return read_words(text, separators, flags).words


def read_words(text: str, separators: str = WHITESPACE, flags: int = UNQUOTE) -> Reading:
    """The words of ``text``, and what stopped the reading if it is malformed."""
    if separators == WHITESPACE and not flags & DONT_COALESCE_SEPARATORS:
        plain = plain_words(text)
        if plain is not None:
            return Reading(plain, None)
    words: list[Word] = []
    at: int | None = 0
    while at is not None:
        word, at, failure = first_word(text, at, separators, flags)
        if failure is not None:
            return Reading(words, failure)
        if word is None:
            break
        words.append(word)
    return Reading(words, None)


def first_word(text: str, at: int, separators: str = WHITESPACE, flags: int = UNQUOTE) -> Step:
    """The first word of ``text`` from ``at`` on."""
    keep_empty = bool(flags & DONT_COALESCE_SEPARATORS)
    start = at
    if keep_empty:
        if start == len(text):
            return Step(Word("", start, start), None)
        if text[start] in separators:
            return Step(Word("", start, start), start + 1)
    else:
        while start < len(text) and text[start] in separators:
            start += 1
        if start == len(text):
            return Step(None, None)
    return _take_word(text, start, separators, flags)


def _take_word(text: str, start: int, separators: str, flags: int) -> Step:
    out: list[str] = []
    quote = ""
    has_bytes = False
    at = start
    plain = _plain_run(separators)
    while at < len(text):
        run = plain.match(text, at)
        if run:
            out.append(run[0])
            at = run.end()
            continue
        char = text[at]
        if char == "\\" and not flags & RETAIN_ESCAPE:
            decoded, after = _unescape(text, at, separators, flags, bool(quote))
            if decoded is None:
                return Step(None, None, Failure(at, "escape"))
            out.append(decoded)
            has_bytes = has_bytes or decoded >= "\ud800"
            at = after
            continue
        if quote:
            if char == quote:
                quote = ""
                if flags & UNQUOTE:
                    at += 1
                    continue
        elif char in "'\"" and flags & (UNQUOTE | KEEP_QUOTE):
            quote = char
            if flags & UNQUOTE:
                at += 1
                continue
        elif char in separators:
            return Step(Word(_joined(out, has_bytes=has_bytes), start, at), _skip(text, at, separators, flags))
        out.append(char)
        at += 1
    if quote and not flags & RELAX:
        return Step(None, None, Failure(start, "quote"))
    return Step(Word(_joined(out, has_bytes=has_bytes), start, at), None)


def _joined(parts: list[str], *, has_bytes: bool) -> str:
    """The text; bytes that were escaped one by one become characters where they are UTF-8."""
    text = "".join(parts)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape") if has_bytes else text


@lru_cache
def _plain_run(separators: str) -> re.Pattern[str]:
    """Characters that mean nothing to the cutting, taken in one stride."""
    import re

    return re.compile(f"[^{re.escape(separators)}\\\\'\"]+")


def _skip(text: str, at: int, separators: str, flags: int) -> int | None:
    if flags & DONT_COALESCE_SEPARATORS:
        return at + 1
    while at < len(text) and text[at] in separators:
        at += 1
    return at if at < len(text) else None


def _unescape(text: str, at: int, separators: str, flags: int, quoted: bool) -> tuple[str | None, int]:
    """What the backslash at ``at`` stands for, and where to read on; None for an error."""
    if at + 1 == len(text):
        if flags & UNESCAPE_RELAX and (not quoted or flags & RELAX):
            return "\\", at + 1
        return ("", at + 1) if flags & RELAX else (None, at)
    char = text[at + 1]
    if not flags & (CUNESCAPE | UNESCAPE_SEPARATORS):
        return char, at + 2
    if flags & CUNESCAPE:
        decoded, after = decode_escape(text, at + 1, surrogates=bool(flags & TAKES_SURROGATES))
        if decoded is not None:
            return decoded, after
    if flags & UNESCAPE_SEPARATORS and (char in separators or char == "\\"):
        return char, at + 2
    if flags & UNESCAPE_RELAX:
        return "\\" + char, at + 2
    return None, at


def decode_escape(text: str, at: int, *, surrogates: bool = False) -> tuple[str | None, int]:
    """The character of the C escape whose letter stands at ``at`` (escape.c: cunescape_one).

    A byte beyond ASCII is a surrogate escape, and a code that is no character is as many of them as it has bytes.
    """
    letter = text[at]
    if letter in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[letter], at + 1
    if letter in _NUMERIC_ESCAPES:
        digits, base = _NUMERIC_ESCAPES[letter]
        start, end = at + 1, at + 1 + digits
        allowed = "0123456789abcdefABCDEF"
    else:
        digits, base, start, end, allowed = 3, 8, at, at + 3, "01234567"
    code = text[start:end]
    if len(code) < digits or any(char not in allowed for char in code):
        return None, at
    number = int(code, base)
    is_surrogate = 0xD800 <= number < 0xE000
    if number == 0 or number > 0x10FFFF or (is_surrogate and not surrogates) or (base == 8 and number > 0xFF):
        return None, at
    if is_surrogate:
        return chr(number).encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"), end
    is_byte = number >= 0x80 and letter not in "uU"
    return chr(0xDC00 + number) if is_byte else chr(number), end
