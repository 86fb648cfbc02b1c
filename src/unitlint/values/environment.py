"""Environment=, PassEnvironment=, UnsetEnvironment=, EnvironmentFile= (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.values.faults import expanded, ignored, is_utf8, path_problem, tail, take_words, whole
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.words import CUNESCAPE, UNQUOTE, Word, read_words

_NAME = late_pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_SPACED = late_pattern(r"([A-Za-z_][A-Za-z0-9_]*) += +([^\s\"'\\%=]+)")
_CONTROL = late_pattern(r"[\x00-\x08\x0b-\x1f\x7f]")
_NO_CONTROL_UNTIL = 246
_NOT_ASSIGNED = "expected NAME=value, such as LANG=C.UTF-8"
_NOT_NAMED = "write the name of a variable with letters, digits and _ only, and no digit first"


def assignments(text: str) -> list[Word]:
    """The assignments of an Environment= value, as systemd splits them."""
    return read_words(text, flags=CUNESCAPE | UNQUOTE).words


def environ(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_environ."""
    problems: list[ValueProblem] = []
    spaced = _SPACED.fullmatch(text) if " = " in text else None
    if spaced is not None:
        return [ignored(whole(text), "write the = without spaces", suggestion=f"{spaced[1]}={spaced[2]}")]
    for word in take_words(text, problems, CUNESCAPE | UNQUOTE):
        value = expanded(word, context, problems)
        if value is not None and not _is_assignment(value, context.release):
            reason = _NOT_NAMED if "=" in value else _NOT_ASSIGNED
            problems.append(ignored(word, reason))
    return problems


def pass_environ(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_pass_environ."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems):
        value = expanded(word, context, problems)
        if value is not None and not _NAME.fullmatch(value):
            name = value.partition("=")[0]
            suggestion = name if "=" in value and _NAME.fullmatch(name) else None
            problems.append(ignored(word, _NOT_NAMED, suggestion=suggestion))
    return problems


def unset_environ(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unset_environ."""
    problems: list[ValueProblem] = []
    for word in take_words(text, problems, CUNESCAPE | UNQUOTE):
        value = expanded(word, context, problems)
        if value is not None and not (_NAME.fullmatch(value) or _is_assignment(value, context.release)):
            problems.append(ignored(word, _NOT_NAMED))
    return problems


def environment_file(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_env_file: one path, without quotes, perhaps after a ``-``."""
    problems: list[ValueProblem] = []
    if not text:
        return problems
    word = whole(text)
    path = expanded(word, context, problems)
    if path is not None:
        word = tail(word, text.removeprefix("-"))
        problem = path_problem(word, path.removeprefix("-"), context)
        if problem is not None:
            inner = text[1:-1]
            if text[0] in "\"'" and text[-1] == text[0] and inner.startswith(("/", "-/")):
                problem = problem._replace(reason="quotes have no meaning in EnvironmentFile=", suggestion=inner)
            problems.append(problem)
    return problems


def _is_assignment(text: str, release: int) -> bool:
    name, equals, value = text.partition("=")
    if not equals or not _NAME.fullmatch(name):
        return False
    return is_utf8(value) and (release > _NO_CONTROL_UNTIL or not _CONTROL.search(value))
