"""StandardInput=, StandardOutput=, StandardError= (load-fragment.c: config_parse_exec_output)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.finding import Effect
from unitlint.base.late_patterns import late_pattern
from unitlint.values.credential import is_base64
from unitlint.values.faults import (
    FATAL_UNTIL,
    expanded,
    fatal_once,
    ignored,
    path_problem,
    take_words,
    warned,
    whole,
)
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import CUNESCAPE, NO_SURROGATES_SINCE, UNQUOTE, Word, decode_escape

INPUTS = ("null", "tty", "tty-force", "tty-fail", "socket", "fd", "data", "file")
OUTPUTS = (
    "inherit", "null", "tty", "journal", "journal+console", "kmsg", "kmsg+console", "socket", "fd",
)  # fmt: skip
OBSOLETE = {"syslog": "journal", "syslog+console": "journal+console"}
_OBSOLETE_SINCE = 246
_TRUNCATE_SINCE = 248
_MAX_NAME = 255


def exec_output(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_output."""
    word = whole(text)
    if text in OUTPUTS:
        return []
    if text in OBSOLETE and context.release < _OBSOLETE_SINCE:
        return []
    if text in OBSOLETE:
        reason = f"systemd uses {OBSOLETE[text]} instead"
        problem = warned(word, reason, "deprecated-value", OBSOLETE[text])
        return [problem._replace(help=f"Write `{OBSOLETE[text]}`.")]
    schemes = ["file:", "append:"]
    if context.release >= _TRUNCATE_SINCE:
        schemes.append("truncate:")
    if f"{text}:" in schemes:
        return []  # a word like the others, but systemd then finds no path and writes to the journal
    return _redirect(word, schemes, OUTPUTS, context)


def exec_input(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_input."""
    if text in INPUTS:
        return []
    return _redirect(whole(text), ["file:"], INPUTS, context)


def _redirect(word: Word, schemes: list[str], names: tuple[str, ...], context: ValueContext) -> list[ValueProblem]:
    for scheme in schemes:
        if word.text.startswith(scheme):
            return _file(Word(word.text[len(scheme) :], len(scheme), word.end), context)
    if word.text.startswith("fd:"):
        return _descriptor(Word(word.text[3:], 3, word.end), context, _effect(context))
    from unitlint.values.meant import meant

    choices = ", ".join((*names, *schemes))
    suggestion = "file:" + word.text if word.text.startswith("/") else meant(word.text, names)
    return [ignored(word, f"accepted: {choices}, fd:NAME", suggestion=suggestion)]


def _file(word: Word, context: ValueContext) -> list[ValueProblem]:
    problems: list[ValueProblem] = []
    effect = _effect(context)
    path = expanded(word, context, problems, effect=effect)
    if path is not None:
        problem = path_problem(word, path, context, effect)
        if problem is not None:
            problems.append(problem)
    return problems


def _descriptor(word: Word, context: ValueContext, effect: Effect = "ignored") -> list[ValueProblem]:
    problems: list[ValueProblem] = []
    name = expanded(word, context, problems, effect=effect)
    if name and not is_descriptor_name(name):
        problems.append(
            ignored(word, "expected a name of printable ASCII characters, without :")._replace(effect=effect)
        )
    return problems


def _effect(context: ValueContext) -> Effect:
    return "refused" if context.release <= FATAL_UNTIL else "ignored"


def is_descriptor_name(text: str) -> bool:
    """True for printable ASCII without a colon (fdname_is_valid)."""
    return len(text) <= _MAX_NAME and all(" " <= char < "\x7f" and char != ":" for char in text)


def descriptor_name(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_fdname."""
    return _descriptor(whole(text), context)


def input_text(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_input_text: C escapes are decoded, then specifiers expanded."""
    takes_surrogates = context.release < NO_SURROGATES_SINCE
    at = text.find("\\")
    while at >= 0:
        decoded, after = decode_escape(text, at + 1, surrogates=takes_surrogates) if at + 1 < len(text) else (None, at)
        if decoded is None:
            place = Word("\\", at, min(at + 2, len(text)))
            return [fatal_once(place, "expected an escape sequence such as \\n or \\x20", context.release)]
        at = text.find("\\", after)
    problems: list[ValueProblem] = []
    expanded(whole(text), context, problems, effect=_effect(context))
    return problems


def input_data(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_input_data: base64."""
    if is_base64(text, context.release):
        return []
    return [fatal_once(whole(text), "expected base64 data", context.release)]


_FIELD = late_pattern(r"[A-Z][A-Z0-9_]{0,63}")
_NAMESPACE = late_pattern(r"[A-Za-z0-9:_.@-]+")
_LONGEST_NAMESPACE = 200


def log_extra_fields(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_log_extra_fields: FIELD=value."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, CUNESCAPE | UNQUOTE):
        field = expanded(word, context, problems)
        if field is None:
            continue
        name, equals, _ = field.partition("=")
        if not equals:
            problems.append(ignored(word, "expected FIELD=value, such as APP_VERSION=2"))
        elif not _FIELD.fullmatch(name):
            upper = name.upper().replace("-", "_")
            fixed = upper + field[len(name) :] if _FIELD.fullmatch(upper) else None
            reason = "the name of a field has capital letters, digits and _, and begins with a letter"
            problems.append(ignored(word, reason, suggestion=fixed))
    return problems


def log_namespace(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_log_namespace: what could be the instance of a unit's name."""
    problems: list[ValueProblem] = []
    word = whole(text)
    name = expanded(word, context, problems) if text else None
    if name is None:
        return problems
    if not _NAMESPACE.fullmatch(name) or name in (".", "..") or len(name) > _LONGEST_NAMESPACE:
        problems.append(ignored(word, "expected the name of a journal namespace, such as app"))
    return problems


def log_filter_patterns(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_log_filter_patterns: a regular expression of PCRE2, which is not judged here."""
    return [ignored(whole(text), "a pattern is missing behind the ~")] if text == "~" else []
