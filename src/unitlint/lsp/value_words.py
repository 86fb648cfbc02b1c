"""Values spelled out: time spans, sizes, calendar expressions with their next times, groups of system calls."""

from __future__ import annotations

from unitlint.catalogue import facts, lookup
from unitlint.lsp.value_tables import ZERO_IS_INFINITY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.lsp.cursor import Cursor
    from unitlint.lsp.kinds import Kind

_MOST_MEMBERS = 40


def about_value(kind: Kind, cursor: Cursor, value: str, word: str) -> str:
    """What a value, or the word of it at the cursor, means; empty where there is nothing to say."""
    entry = lookup(kind.catalogue_kind, cursor.section or "", cursor.directive) or {}
    value_type = str(entry.get("type"))
    if value_type == "calendar" or cursor.directive == "OnCalendar":
        return calendar_words(value)
    if value_type.startswith("timespan"):
        return _time_words(value, value_type, zero_is_infinity=cursor.directive in ZERO_IS_INFINITY)
    if value_type.startswith("size") or value_type == "rlimit":
        return _size_words(value)
    if value_type == "syscall_filter" and word.lstrip("~").startswith("@"):
        return _group_words(word.lstrip("~").partition(":")[0])
    return ""


def calendar_words(value: str) -> str:
    """The next three times of a calendar expression, and what a shorthand stands for."""
    from datetime import datetime, timezone

    from unitlint.values.calendar_event import Malformed
    from unitlint.values.elapses import next_times, normalized

    try:
        times = next_times(value, datetime.now(timezone.utc))
    except Malformed:
        return ""
    whole = normalized(value)
    lines = [f"`{value}`" if whole == value else f"`{value}` is `{whole}`"]
    if not times:
        return f"{lines[0]} never elapses again."
    lines.append("Next:")
    lines += [f"- {moment:%a %Y-%m-%d %H:%M:%S} {moment.tzname() or ''}".rstrip() for moment in times]
    return "\n".join([lines[0], "", *lines[1:]])


def _time_words(value: str, value_type: str, *, zero_is_infinity: bool) -> str:
    from unitlint.values.elapses import spelled_out
    from unitlint.values.timespan import USEC_INFINITY, parse_timespan

    if value_type == "timespan_nsec":
        return ""
    found = parse_timespan(value)
    if found is None:
        return ""
    if found == USEC_INFINITY or (found == 0 and zero_is_infinity):
        return f"`{value}`: no limit"
    return f"`{value}`: {spelled_out(found)}"


def _size_words(value: str) -> str:
    from unitlint.values.size import parse_size

    found = parse_size(value)
    if found is None or not value[-1:].isalpha():
        return ""
    return f"`{value}`: {found:,} bytes"


def _group_words(name: str) -> str:
    for group in facts("syscall_groups"):
        if group["name"] == name:
            members = group["members"]
            shown = ", ".join(f"`{one}`" for one in members[:_MOST_MEMBERS])
            more = len(members) - _MOST_MEMBERS
            return f"**{name}**: {shown}" + (f" and {more} more" if more > 0 else "")
    return ""
