"""How a scalar value is judged: a reader that gives a value back or says what is wrong."""

from __future__ import annotations

from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.specifiers import BAD_SPECIFIER, FULL, expand

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from unitlint.base.finding import Effect


class ValueFault(Exception):
    """What a reader objects to: a clause, the kind of problem, and the nearest valid spelling."""

    def __init__(self, reason: str, kind: str = "invalid-value", suggestion: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind
        self.suggestion = suggestion


def out_of_range(reason: str, suggestion: str | None = None) -> ValueFault:
    """The Fault of a well-formed value that is too large or too small."""
    return ValueFault(reason, "out-of-range", suggestion)


_ENDLESS = frozenset(("never", "none", "off", "no", "false", "max", "unlimited", "forever", "inf", "infinite"))


def near_infinity(text: str) -> str | None:
    """``infinity`` for the words that other programs have for it, ``unlimited`` of ulimit or ``max`` of the kernel."""
    return "infinity" if text.lower() in _ENDLESS else None


_DIGITS = "0123456789"
_LONGEST_NUMBER = 40


def leading_number(text: str, at: int) -> tuple[str, int]:
    """The sign and digits that strtoll() reads from ``at`` on, which passes over more kinds of blanks than systemd
    does, and where they end; "" and ``at`` where there are none. Of more than 40 digits only the first are read."""
    start = at
    while start < len(text) and text[start] in " \t\n\v\f\r":
        start += 1
    first = start + 1 if text[start : start + 1] in ("+", "-") else start
    end = end_of_digits(text, first, first + _LONGEST_NUMBER)
    return (text[start:end], end) if end > first else ("", at)


def end_of_digits(text: str, at: int, most: int | None = None) -> int:
    """Where the digits end that stand at ``at``; at ``most`` at the latest."""
    last = len(text) if most is None else min(most, len(text))
    while at < last and text[at] in _DIGITS:
        at += 1
    return at


def effect_of(context: ValueContext) -> Effect:
    """What a bad value does: it refuses the unit for a few directives, else the line is ignored."""
    return "refused" if context.entry.get("fatal_on_error") else "ignored"


def _of_empty(fault: ValueFault) -> str:
    return fault.reason if fault.reason.startswith("expected") else "a value is missing"


def judge(
    text: str,
    context: ValueContext,
    read: Callable[[str], object],
    *,
    empty: bool | None = None,
    specifiers: bool = False,
) -> list[ValueProblem]:
    """The one problem of ``text``, or none.

    ``empty`` tells whether an empty value is taken (None asks the catalogue); ``specifiers``
    whether specifiers are expanded before the value is read.
    """
    if not text and (context.entry.get("empty_resets") if empty is None else empty):
        return []
    value = text
    if specifiers and "%" in text:
        expanded = expand(text, context, FULL)
        if expanded is None:
            return [ValueProblem(effect_of(context), 0, len(text), BAD_SPECIFIER, "bad-specifier")]
        if not expanded and (context.entry.get("empty_resets") if empty is None else empty):
            return []
        value = expanded
    try:
        read(value)
    except ValueFault as fault:
        if not value:  # what is missing is no number that is too small
            return [ValueProblem(effect_of(context), 0, len(text), _of_empty(fault))]
        return [ValueProblem(effect_of(context), 0, len(text), fault.reason, fault.kind, fault.suggestion)]
    return []
