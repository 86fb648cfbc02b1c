"""Whole numbers as C reads them (parse-util.c: safe_atou, safe_atoi and their kin)."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.late_patterns import late_pattern
from unitlint.base.whole_numbers import MOST_DIGITS, is_whole_number, number_of_digits, whole_number
from unitlint.catalogue import NEWEST
from unitlint.values.faults import ignored, whole, without_managed_oom
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import ValueFault, judge, out_of_range

INT_MAX = 2**31 - 1
LONG_MAX = 2**63 - 1
UINT_MAX = 2**32 - 1
UINT64_MAX = 2**64 - 1
_PREFIXES = {"0b": 2, "0B": 2, "0o": 8, "0O": 8}
PLAIN_C = frozenset((240, 241, 242, 243, 244))
"""The releases that read numbers as C does: 0b and 0o came with 246, with a late 245 and with the 239 of RHEL 8."""
_BLANKS = " \t\n\r\f\v"
_DIGITS = {2: "01", 8: "01234567", 10: "0123456789", 16: "0123456789ABCDEFabcdef"}
_LOOKS_LIKE_NUMBER = late_pattern(r"[+-]?[0-9]+")


def read_integer(text: str, base: int = 0, release: int = NEWEST) -> int:
    """A number of any size with an optional sign.

    Base 0 reads 0x as hexadecimal, 0b as binary, 0o and a leading 0 as octal. Raises Fault.
    """
    digits = text.lstrip(_BLANKS)
    if base == 0 and digits[:2] in _PREFIXES and release not in PLAIN_C:
        base = _PREFIXES[digits[:2]]
        digits = digits[2:].lstrip(_BLANKS)
    sign = -1 if digits[:1] == "-" else 1
    if digits[:1] in ("+", "-"):
        digits = digits[1:]
    if base in (0, 16) and digits[:2] in ("0x", "0X"):
        base, digits = 16, digits[2:]
    elif base == 0:
        base = 8 if digits[:1] == "0" and len(digits) > 1 else 10
    if not digits or digits.strip(_DIGITS[base]):
        raise ValueFault(*_no_number(text, digits, base))
    if len(digits) > MOST_DIGITS:
        raise out_of_range("the number is too large")
    return sign * int(digits, base)


def _no_number(text: str, digits: str, base: int) -> tuple[str, str, str | None]:
    plain = digits.lstrip("0")
    if base == 8 and plain and not plain.strip(_DIGITS[10]):
        return "a number that begins with 0 is octal; write it without the 0", "invalid-value", plain
    joined = text.replace("_", "").replace(",", "").replace(" ", "")
    if joined != text and _LOOKS_LIKE_NUMBER.fullmatch(joined):
        return "write the number without separators", "invalid-value", joined
    return "expected a whole number such as 10", "invalid-value", None


_SHOWN_UP_TO = 100_000
"""Larger limits are those of the type of number, which say nothing to a reader."""


def read_between(text: str, low: int, high: int, base: int = 0, release: int = NEWEST) -> int:
    """A number from ``low`` to ``high``; raises Fault."""
    try:
        number = read_integer(text, base, release)
    except ValueFault as fault:
        if fault.kind == "invalid-value" and high < _SHOWN_UP_TO:
            raise ValueFault(f"expected a number from {low} to {high}", suggestion=fault.suggestion) from None
        raise
    if number == 0 == low and high >= UINT_MAX and release in PLAIN_C and text.lstrip(" \t\n\r")[:1] == "-":
        raise out_of_range("the number must not be negative")
    if not low <= number <= high:
        if high >= UINT_MAX and number > high:
            raise out_of_range("the number is too large")
        if low == 0 and number < 0 and high >= _SHOWN_UP_TO:
            raise out_of_range("the number must not be negative")
        suggestion = str(low if number < low else high)
        raise out_of_range(f"expected a number from {low} to {high}", suggestion)
    return number


def _between(low: int, high: int, text: str, context: ValueContext, *, empty: bool | None = None) -> list[ValueProblem]:
    def read(value: str) -> int:
        return read_between(value, low, high, release=context.release)

    return judge(text, context, read, empty=empty)


def signed(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_int."""
    return _between(-INT_MAX - 1, INT_MAX, text, context, empty=False)


def unsigned(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_unsigned."""
    return _between(0, UINT_MAX, text, context, empty=False)


def long(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_long."""
    return _between(-LONG_MAX - 1, LONG_MAX, text, context, empty=False)


def uint64(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_uint64."""
    return _between(0, UINT64_MAX, text, context, empty=False)


def tty_size(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_tty_size: empty resets."""
    return _between(0, UINT_MAX, text, context, empty=True)


def concurrency_max(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_concurrency_max: a number or ``infinity``."""
    return () if text == "infinity" else _between(0, UINT_MAX, text, context, empty=True)


def nice(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_nice."""
    return _between(-20, 19, text, context, empty=True)


def oom_score_adjust(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_oom_score_adjust."""
    return _between(-1000, 1000, text, context, empty=True)


def swap_priority(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_swap_priority."""
    return _between(-1, 32767, text, context, empty=True)


def scheduling_priority(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_cpu_sched_prio."""
    return _between(0, 99, text, context, empty=False)


def io_priority(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_io_priority."""
    return _between(0, 7, text, context, empty=True)


_WEIGHTS = (1, 10000)


def parse_integer(text: str, base: int = 0, release: int = NEWEST) -> int | None:
    """A number as strtol() reads it; None where it reads none."""
    try:
        return read_integer(text, base, release)
    except ValueFault:
        return None


def in_range(text: str, low: int, high: int, release: int, *, empty: bool = False) -> list[ValueProblem]:
    """No problem for a number from ``low`` to ``high``, or for an empty value where that is allowed."""
    return _between(low, high, text, ValueContext(release), empty=empty)


def weight(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_cg_weight (cgroup-util.c: cg_weight_parse)."""
    return in_range(text, *_WEIGHTS, context.release, empty=True)


def cpu_weight(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_cg_cpu_weight: a weight, or ``idle``."""
    if text == "idle":
        return []
    return [
        problem._replace(reason=f"{problem.reason}, or idle")
        for problem in in_range(text, *_WEIGHTS, context.release, empty=True)
    ]


_PARTS = {"%": 100, "‰": 10, "‱": 1}
_NUMBER = late_pattern(r"([^.]*)(?:\.([0-9]{1,2}))?([%‰‱])")
HUNDREDTHS_SINCE = 248
"""Until then a percentage had one digit after the point (parse_permille)."""


def parse_permyriad(text: str, release: int = HUNDREDTHS_SINCE) -> int | None:
    """Hundredths of a percent, unbounded; None where systemd reads no percentage."""
    found = _NUMBER.fullmatch(text) if text[-1:] in _PARTS else None
    if not found:
        return None
    digits = found[2] or ""
    fine = release >= HUNDREDTHS_SINCE
    most = {"%": 1 + fine, "‰": int(fine), "‱": 0 if fine else -1}[found[3]]
    if len(digits) > most:
        return None
    scale = _PARTS[found[3]]
    number = parse_integer(found[1], release=release)
    if number is None or number < 0 or number > INT_MAX // max(scale if fine else scale // 10, 1):
        return None
    return number * scale + (number_of_digits(digits) * scale // 10 ** len(digits) if digits else 0)


def near_percentage(text: str, release: int, most: int | None = 10000) -> str | None:
    """The percentage that is meant by one without its sign's right form, such as ``50%%``; ``most`` in hundredths."""
    meant = f"{text.rstrip('% ')}%"
    parts = parse_permyriad(meant, release) if "%" in text else None
    return meant if parts is not None and (most is None or parts <= most) else None


def cpu_quota(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_cpu_quota: a percentage above 0, of any height."""
    if not text:
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is None:
        suggestion = f"{text}%" if is_whole_number(text) else near_percentage(text, context.release, most=None)
        reason = "expected a percentage such as 150% (of one CPU; the % sign is written once)"
        return (ignored(whole(text), reason, suggestion=suggestion),)
    if parts == 0:
        return (ignored(whole(text), "the quota must be above 0%", "out-of-range"),)
    return ()


def pressure_limit(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_managed_oom_mem_pressure_limit: up to 100%; whole percents only under its first name."""
    unsupported = without_managed_oom(text, context)
    if unsupported or not text:
        return unsupported
    parts = parse_permyriad(text, context.release)
    if parts is None or parts > 10000 or (context.directive.endswith("Percent") and parts % 100):
        suggestion = near_percentage(text, context.release)
        return (
            ignored(whole(text), "expected a percentage up to 100%; the % sign is written once", suggestion=suggestion),
        )
    return ()


def up_to_all(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_permyriad, config_parse_loadavg, config_parse_percent: up to 100%, the last without fractions."""
    if not text:
        return ()
    parts = parse_permyriad(text, context.release)
    if parts is None or (context.directive.endswith("Percent") and parts % 100):
        is_bare = (number := whole_number(text)) is not None and number <= 100
        suggestion = f"{text}%" if is_bare else near_percentage(text, context.release)
        return (
            ignored(
                whole(text), "expected a percentage such as 80%; the % sign is written once", suggestion=suggestion
            ),
        )
    if parts > 10000:
        return (ignored(whole(text), "more than 100% cannot be used", "out-of-range", "100%"),)
    return ()
