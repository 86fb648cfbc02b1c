"""Exit statuses: SuccessExitStatus= and its like, FailureActionExitStatus= (load-fragment.c)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.grammar.faults import ignored, nearest, take_words, whole
from unitlint.grammar.problem import Context, Problem
from unitlint.grammar.ranges import parse_integer
from unitlint.grammar.words import Word

_MAX_STATUS = 255
_NAMES_SINCE = {"BPF": 248, "KSM": 254, "MEMORY_THP": 258}
_MAX_SIGNAL = 64


def exit_status(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_exit_status: a number up to 255."""
    if not text or _is_status(text):
        return []
    kind = "out-of-range" if text.removeprefix("-").isdigit() else "invalid-value"
    return [ignored(whole(text), "an exit status is a number from 0 to 255", kind)]


def set_status(text: str, context: Context) -> Iterable[Problem]:
    """config_parse_set_status: numbers, names of statuses, names of signals."""
    from unitlint.catalogue import facts

    problems: list[Problem] = []
    names = {entry["name"] for entry in facts("exit_statuses") if _NAMES_SINCE.get(entry["name"], 0) <= context.release}
    signals = set(facts("signals")["names"])
    for word in take_words(text, problems, 0):
        if _is_status(word.text) or word.text in names or is_signal(word.text, signals):
            continue
        problems.append(_unknown(word, names, signals))
    return problems


def is_signal(text: str, names: set[str]) -> bool:
    """True for a signal by name, with or without SIG, or RTMIN+n, RTMAX-n."""
    short = text.removeprefix("SIG")
    if "SIG" + short in names or short in ("RTMIN", "RTMAX"):
        return True
    for base, sign in (("RTMIN", "+"), ("RTMAX", "-")):
        if short.startswith(base + sign):
            digits = short[len(base) + 1 :]
            offset = parse_integer(digits) if digits[:1].isdigit() else None
            return offset is not None and 0 <= offset <= _MAX_SIGNAL - 34
    return False


def _is_status(text: str) -> bool:
    number = parse_integer(text)
    return number is not None and 0 <= number <= _MAX_STATUS


def _unknown(word: Word, names: set[str], signals: set[str]) -> Problem:
    if word.text.removeprefix("-").isdigit():
        return ignored(word, "an exit status is a number from 0 to 255", "out-of-range")
    close = nearest(word.text, [*names, *signals])
    reason = "it is no exit status and no signal, by number or name"
    if "," in word.text:
        close = " ".join(part for part in word.text.split(",") if part)
        reason = "statuses are separated by spaces"
    return ignored(word, reason, suggestion=close)
