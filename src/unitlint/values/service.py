"""Exit statuses: SuccessExitStatus= and its like, FailureActionExitStatus= (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.whole_numbers import is_whole_number
from unitlint.catalogue import NEWEST
from unitlint.values.choice import is_signal_name, words_of
from unitlint.values.faults import (
    MOST_GUESSES,
    check_path,
    expanded,
    ignored,
    names_at,
    take_words,
    unknown,
    warned,
    whole,
)
from unitlint.values.numbers import PLAIN_C, parse_integer
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.typed import parse_boolean
from unitlint.values.words import RETAIN_ESCAPE, Word

_MAX_STATUS = 255
_STATUS_NAMES_SINCE = 243
_BACKSLASH_SINCE = 247
"""Until then a backslash is a character like any other in lists of statuses."""


def exit_status(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exit_status: a number up to 255."""
    if not text or _is_status(text, context.release):
        return []
    kind = "out-of-range" if is_whole_number(text.removeprefix("-")) else "invalid-value"
    return [ignored(whole(text), "an exit status is a number from 0 to 255", kind)]


def set_status(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_set_status: numbers, names of statuses, names of signals."""
    from unitlint.catalogue import facts

    problems: list[ValueProblem] = []
    has_names = context.release >= _STATUS_NAMES_SINCE
    names = set(names_at(facts("exit_statuses"), context.release)) if has_names else set()
    signals = set(facts("signals"))
    accepted: dict[str, bool] = {}  # a line may repeat a word thousands of times
    for word in take_words(text, problems, 0 if context.release >= _BACKSLASH_SINCE else RETAIN_ESCAPE):
        if word.text not in accepted:
            is_name = word.text in names or is_signal_name(word.text)
            accepted[word.text] = is_name or _is_status(word.text, context.release)
        if not accepted[word.text]:
            problems.append(_unknown(word, names, signals, guesses=len(problems) < MOST_GUESSES))
    return problems


def _is_status(text: str, release: int) -> bool:
    number = parse_integer(text, release=release)
    if number == 0 and release in PLAIN_C and text.lstrip()[:1] == "-":
        return False
    return number is not None and 0 <= number <= _MAX_STATUS


def _unknown(word: Word, names: set[str], signals: set[str], *, guesses: bool) -> ValueProblem:
    if is_whole_number(word.text.removeprefix("-")):
        return ignored(word, "an exit status is a number from 0 to 255", "out-of-range")
    from unitlint.values.meant import meant

    close = (meant(word.text, names) or meant(word.text, signals, "SIG")) if guesses else None
    reason = "expected exit statuses from 0 to 255, their names, or signals such as SIGTERM"
    if "," in word.text:
        close = " ".join(part for part in word.text.split(",") if part)
        reason = "statuses are separated by spaces"
    return ignored(word, reason, suggestion=close)


def operand(text: str) -> Word:
    """The value without the signs for “one of these suffices” (``|``) and “not” (``!``)."""
    start = 0
    for sign in "|!":
        start += text.startswith(sign, start)
    return Word(text[start:], start, len(text))


def condition_path(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_condition_path."""
    problems: list[ValueProblem] = []
    if text:
        check_path(operand(text), context, problems)
    return problems


def condition_string(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_condition_string: any text; what it means shows at run time."""
    problems: list[ValueProblem] = []
    if text:
        expanded(operand(text), context, problems)
    return problems


NULL_DEPRECATED = range(242, 247)
"""systemd speaks of the directive; later releases have it no more, or say nothing."""


def condition_null(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unit_condition_null."""
    word = operand(text)
    if not text or parse_boolean(word.text) is not None:
        if context.release in NULL_DEPRECATED:
            return [warned(whole(text), "it has no effect", "deprecated-value")._replace(help="Delete the line.")]
        return []
    return [ignored(word, "expected yes or no")]


DELEGATING = ("Service", "Scope")
NOT_DELEGATING = "only services and scopes can delegate a control group"

_OF_THE_KERNEL = ("notify_on_release", "release_agent", "tasks")


def _is_attribute(name: str) -> bool:
    """True for what could be a file of the kernel's, such as memory.max (cgroup-util.c: cg_needs_escape)."""
    stem, dot, _ = name.partition(".")
    return bool(dot) and (stem == "cgroup" or stem in controllers(NEWEST))


def controllers(release: int) -> list[str]:
    """The cgroup controllers that systemd of ``release`` knows by name."""
    from unitlint.catalogue import facts

    return names_at(facts("cgroup_controllers"), release)


_USED_MOST = ("cpu", "memory", "io", "pids", "cpuset")


def _by_use(known: Iterable[str]) -> list[str]:
    """The controllers that people delegate, the most used first; without those that only systemd itself uses."""
    return [*_USED_MOST, *(name for name in known if name not in _USED_MOST and not name.startswith("bpf-"))]


def delegate(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_delegate: a boolean, or controllers; only services and scopes can delegate."""
    if context.section not in DELEGATING:
        return [ignored(whole(text), NOT_DELEGATING)]
    if parse_boolean(text) is not None:
        return []
    problems: list[ValueProblem] = []
    known = controllers(context.release)
    for word in take_words(text, problems):
        if word.text not in known:
            problems.append(unknown(word, "boolean, or cgroup controllers", _by_use(known)))
    return problems


def disable_controllers(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_disable_controllers: lost only if no word is a controller."""
    problems: list[ValueProblem] = []
    known = controllers(context.release)
    words = list(take_words(text, problems, 0))
    if words and not any(word.text in known for word in words):
        problems.append(unknown(whole(text), "cgroup controller", _by_use(known)))
    return problems


def delegate_subgroup(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_delegate_subgroup: a file name."""
    if context.section not in DELEGATING:
        return [ignored(whole(text), NOT_DELEGATING)]
    if "/" in text or len(text) > 255 or text[:1] in (".", "_") or text in _OF_THE_KERNEL or _is_attribute(text):
        return [ignored(whole(text), "expected the name of a control group such as app, without slashes")]
    return []


def refresh_on_reload(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """A boolean, or the words of what is to be refreshed; ~ in front inverts the list."""
    if parse_boolean(text) is not None:
        return []
    problems: list[ValueProblem] = []
    known = words_of(context)
    skipped = 1 if text.startswith("~") else 0
    for word in take_words(text[skipped:], problems, 0):
        if word.text not in known:
            place = Word(word.text, word.start + skipped, word.end + skipped)
            problems.append(unknown(place, "word", known))
    return problems
