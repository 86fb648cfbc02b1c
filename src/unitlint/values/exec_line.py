"""Command lines: ExecStart= and its like (load-fragment.c: config_parse_exec)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.base.records import NamedTuple
from unitlint.catalogue import NEWEST
from unitlint.syntax.lines import WHITESPACE
from unitlint.values.faults import UNCLOSED, is_too_long, is_utf8
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import expand
from unitlint.values.words import (
    CUNESCAPE,
    NO_SURROGATES_SINCE,
    TAKES_SURROGATES,
    UNESCAPE_RELAX,
    UNQUOTE,
    Failure,
    Word,
    first_word,
    plain_words,
)

_FLAGS = UNQUOTE | CUNESCAPE
_NO_VARIABLES_SINCE = 242
_LENGTH_CHECKED_SINCE = 249
_LONE_SEMICOLON_SINCE = 247
"""Until then a semicolon that begins a command is the name of a program."""
_DOTS_ARE_FOLDERS_SINCE = 256
_SHELL_SINCE = 258
_NO_WILDCARDS_SINCE = 262
"""From then on the path must be UTF-8, too."""
_NOT_IN_PATHS = late_pattern(r"""[\x00-\x1f"'\\\x7f]""")


class Command(NamedTuple):
    """One command of an Exec line; ``argv`` begins with argv[0], specifiers are not expanded.

    ``path`` is the first word without its prefixes; ``start`` and ``end`` are the stretch of the
    value; ``words`` are the argument words (those after the path) with their places.
    """

    prefixes: str
    path: str
    argv: tuple[str, ...]
    start: int
    end: int
    path_start: int
    path_end: int
    words: tuple[Word, ...]
    failures: tuple[Failure, ...] = ()

    @property
    def tolerant(self) -> bool:
        """True with the ``-`` prefix: an unsound command drops the line, the unit still loads."""
        return "-" in self.prefixes

    @property
    def is_unreadable(self) -> bool:
        """True where not even the first word can be read: systemd drops the line, the unit still loads."""
        return not self.prefixes and not self.argv

    @property
    def via_shell(self) -> bool:
        """True with the ``|`` prefix (since 258): the shell runs the line."""
        return "|" in self.prefixes


@lru_cache(maxsize=4096)
def parse_exec(text: str, release: int = NEWEST) -> tuple[Command, ...]:
    """The commands of an Exec line, separated by lone semicolons; none for an empty one."""
    words = plain_words(text)
    if words and ";" not in text:
        return (_command(words[0], words[1:], text, release, ()),)
    return tuple(_commands(text, release))


def exec_command(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """What config_parse_exec says of a command line."""
    for command in parse_exec(text, context.release):
        fault = _fault(command, text, context)
        if command.failures or command.prefixes:
            yield from _remarks(command, text, context)
        if fault is not None:
            forgiven = command.tolerant or command.is_unreadable
            yield fault._replace(effect="ignored" if forgiven else "refused")
            return  # systemd drops the rest of the line with the command


def _commands(text: str, release: int) -> Iterator[Command]:
    at: int | None = 0
    while at is not None:
        first, at, failures = _next_word(text, at, release)
        if first is None:
            if failures:
                stop = failures[-1].at
                yield Command("", "", (), stop, len(text), stop, len(text), (), failures)
            return
        if first.text == ";" and release >= _LONE_SEMICOLON_SINCE:
            continue
        words, at, more = _arguments(text, at, release)
        yield _command(first, words, text, release, failures + more)


def _command(first: Word, words: list[Word], text: str, release: int, failures: tuple[Failure, ...]) -> Command:
    prefixes = "" if first.text[:1] == "/" else _prefixes(first.text, release)
    path = first.text[len(prefixes) :]
    arguments = tuple([word.text for word in words])
    argv = arguments if "@" in prefixes else (path, *arguments)
    last = words[-1].end if words else first.end
    path_start = first.start + (len(prefixes) if text.startswith(prefixes, first.start) else 0)
    return Command(prefixes, path, argv, first.start, last, path_start, first.end, tuple(words), failures)


def _arguments(text: str, at: int | None, release: int) -> tuple[list[Word], int | None, tuple[Failure, ...]]:
    """The words up to a lone semicolon, an unclosed quote or the end."""
    words: list[Word] = []
    failures: tuple[Failure, ...] = ()
    while at is not None and at < len(text):
        if text[at] == ";" and _ends_word(text, at + 1):
            return words, _after_blanks(text, at + 1), failures
        if text[at] == "\\" and text[at + 1 : at + 2] == ";" and _ends_word(text, at + 2):
            words.append(Word(";", at, at + 2))
            at = _after_blanks(text, at + 2)
            continue
        word, at, more = _next_word(text, at, release)
        failures += more
        if word is None:
            break
        words.append(word)
    return words, None, failures


def _next_word(text: str, at: int, release: int) -> tuple[Word | None, int | None, tuple[Failure, ...]]:
    """One word, reading again leniently after an unknown escape, as systemd does."""
    flags = _FLAGS | (TAKES_SURROGATES if release < NO_SURROGATES_SINCE else 0)
    step = first_word(text, at, WHITESPACE, flags)
    if step.failure is None:
        return step.word, step.next, ()
    lenient = first_word(text, at, WHITESPACE, flags | UNESCAPE_RELAX)
    if lenient.failure is None:
        return lenient.word, lenient.next, (step.failure,)
    if lenient.failure.what == "escape":  # a backslash at the end of an open quote (extract-word.c)
        start = _after_blanks(text, at)
        return None, None, (Failure(at if start is None else start, "quote"),)
    return None, None, (lenient.failure,)


def _ends_word(text: str, at: int) -> bool:
    return at >= len(text) or text[at] in WHITESPACE


def _after_blanks(text: str, at: int) -> int | None:
    while at < len(text) and text[at] in WHITESPACE:
        at += 1
    return at if at < len(text) else None


def _prefixes(word: str, release: int) -> str:
    """The special characters that begin the first word; each counts once."""
    taken = ""
    for char in word:
        privilege = any(other in taken for other in "+!")
        if (
            char in "-@"
            or (char == ":" and release >= _NO_VARIABLES_SINCE)
            or (char == "|" and release >= _SHELL_SINCE)
        ):
            fits = char not in taken
        elif char == "+":
            fits = not privilege
        elif char == "!":
            fits = not privilege or (taken.count("!") == 1 and "+" not in taken)
        else:
            fits = False
        if not fits:
            break
        taken += char
    return taken


_OF_DOLLARS = "Write `$NAME` without the backslash, or `$$NAME` in a script whose shell is to expand it."
"""What is left of a here-document: the backslash was for the shell that writes the file."""


def _remarks(command: Command, text: str, context: ValueContext) -> Iterator[ValueProblem]:
    for failure in command.failures:
        if failure.what == "escape":
            escape = text[failure.at : failure.at + 2]
            is_dollar = escape == "\\$"
            yield ValueProblem(
                "warned", failure.at, failure.at + len(escape),
                "systemd knows no such escape sequence and keeps it as it is written",
                suggestion=None if is_dollar else f"\\{escape}",
                help=_OF_DOLLARS if is_dollar else None,
            )  # fmt: skip
    if command.prefixes.count("!") > 1 and context.release >= _SHELL_SINCE:
        at = text.find("!!", command.start)
        yield ValueProblem(
            "warned", max(at, command.start), max(at, command.start) + 2,
            "the !! prefix does nothing since systemd 258", "deprecated-value", "",
        )  # fmt: skip


def _fault(command: Command, text: str, context: ValueContext) -> ValueProblem | None:
    start, end = command.path_start, command.path_end
    quotes = command.failures and [failure for failure in command.failures if failure.what == "quote"]
    if quotes and command.is_unreadable:
        return _unclosed_quote(quotes[0].at, text)
    if not command.via_shell:
        path = expand(command.path, context)
        if path is None:
            return _refusal(start, end, "there is no such specifier here; write %% for a percent sign", "bad-specifier")
        reason = _path_fault(path, context.release)
        if reason is not None:
            kind = "relative-path" if "/" in path and not path.startswith("/") else "invalid-value"
            if not command.prefixes + command.path:
                reason = "the command is empty"
            place = start if end > start else command.start
            return _refusal(place, end, reason, kind, _absolute(command.path))
    if quotes:
        return _unclosed_quote(quotes[0].at, text)
    for word in command.words if "%" in text else ():
        if "%" in word.text and expand(word.text, context) is None:
            return _refusal(
                word.start, word.end, "there is no such specifier here; write %% for a percent sign", "bad-specifier"
            )
    if not command.via_shell and not (command.argv and command.argv[0]):
        return _refusal(
            command.start,
            command.end,
            "behind the @ prefix, write the path and then argv[0], the name that the program sees",
        )
    return None


def _path_fault(path: str, release: int) -> str | None:
    if not path:
        return "there is no command after the prefixes"
    if not _is_of_usual_characters(path) and _NOT_IN_PATHS.search(path):
        return "a quote, a backslash or a control character is not allowed in the path"
    if release >= _NO_WILDCARDS_SINCE and ("*" in path or "?" in path or "[" in path):
        return "wildcards are not allowed in the path"
    if release >= _NO_WILDCARDS_SINCE and not is_utf8(path):
        return "the path is not UTF-8"
    if not path.startswith("/") and ("/" in path or path in (".", "..")):
        return "write an absolute path such as /usr/bin/app, or a plain file name"
    if (release >= _LENGTH_CHECKED_SINCE or not path.startswith("/")) and is_too_long(path, release):
        return "it is longer than a path or a file name can be"
    if path.endswith("/") or (release >= _DOTS_ARE_FOLDERS_SINCE and path.endswith(("/.", "/.."))):
        return "the path names a directory"
    return None


def _is_of_usual_characters(path: str) -> bool:
    """True of nearly every path: no regular expression needs to be compiled for it."""
    return path.isprintable() and '"' not in path and "'" not in path and "\\" not in path


def _absolute(path: str) -> str | None:
    return "%h" + path[1:] if path.startswith("~/") else None


_OF_QUOTES = (
    "Close the quote in this line; where the value continues on the next one, end the line with a backslash. A script "
    "of several lines belongs in a file of its own."
)


def _unclosed_quote(at: int, text: str) -> ValueProblem:
    return _refusal(at, len(text), UNCLOSED)._replace(help=_OF_QUOTES)


def _refusal(
    start: int, end: int, reason: str, kind: str = "invalid-value", suggestion: str | None = None
) -> ValueProblem:
    return ValueProblem("refused", start, end, reason, kind, suggestion)
