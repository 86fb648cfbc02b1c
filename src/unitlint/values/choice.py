"""One word out of a list, which grows from release to release."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.finding import Effect
from unitlint.base.whole_numbers import is_whole_number
from unitlint.catalogue import NEWEST
from unitlint.values.faults import without_managed_oom
from unitlint.values.numbers import parse_integer
from unitlint.values.problem import ValueContext, ValueProblem
from unitlint.values.scalar import ValueFault, judge
from unitlint.values.typed import parse_boolean

_NUMBERS_TOO = {
    "config_parse_log_level": (0, 7),
    "config_parse_log_facility": (0, 127),
    "config_parse_exec_io_class": (0, 7),
    "config_parse_ip_tos": (0, 255),
}
_EMPTY_TOO = frozenset(
    (
        "config_parse_exec_cpu_sched_policy", "config_parse_exec_io_class", "config_parse_ip_tos",
        "config_parse_kill_mode", "config_parse_numa_policy", "config_parse_personality",
        "config_parse_managed_oom_mode",
        "config_parse_exec_mount_flags", "config_parse_exec_mount_propagation_flag", "config_parse_cpuset_partition",
        "config_parse_protect_hostname", "config_parse_service_refresh_on_reload",
    )
)  # fmt: skip
SCHEDULERS = frozenset(range(8)) - {4}
"""The numbers of sched.h; until 259 systemd took any number."""


def choice(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """The value is one of the entry's words at this release, or a boolean where the entry says so."""
    entry = context.entry
    parser = str(entry.get("parser"))
    if not text and (entry.get("empty_resets") or parser in _EMPTY_TOO):
        return ()
    if _is_word(text, context) or (entry.get("accepts_bool") and parse_boolean(text) is not None):
        return ()
    if parser in _NUMBERS_TOO and _is_number(text, *_NUMBERS_TOO[parser], context.release):
        return ()
    return (_no_word(text, context),)


def words_of(context: ValueContext) -> list[str]:
    """What the directive may be at this release."""
    entry = context.entry
    since, removed = entry.get("enum_since") or {}, entry.get("enum_removed") or {}
    words = [*(entry.get("enum") or ()), *(entry.get("keywords") or ())]
    return [
        word for word in words if since.get(word, 0) <= context.release and context.release < removed.get(word, 10**6)
    ]


def _is_word(text: str, context: ValueContext) -> bool:
    return text in words_of(context)


def _is_number(text: str, low: int, high: int, release: int) -> bool:
    number = parse_integer(text, release=release)
    return number is not None and low <= number <= high


COMMON = (
    "no", "yes", "on-failure", "always", "simple", "main", "exec", "notify", "forking", "oneshot", "dbus",
    "journal", "null", "inherit", "full", "strict", "read-only", "tmpfs", "control-group", "mixed", "process",
    "stop", "continue", "kill", "auto", "closed", "private", "invisible", "pid", "info", "notice", "warning",
    "err", "crit", "debug", "alert", "all", "best-effort", "idle", "other", "batch", "fifo", "rr", "realtime",
    "external", "none", "reboot", "reboot-force", "reboot-immediate", "poweroff", "poweroff-force",
    "poweroff-immediate", "replace", "fail", "isolate", "daemon", "user", "local0", "both",
)  # fmt: skip
"""Words in the order in which people use them; the others follow as the catalogue has them."""


def _by_use(word: str) -> int:
    return COMMON.index(word) if word in COMMON else len(COMMON)


def _no_word(text: str, context: ValueContext) -> ValueProblem:
    words = words_of(context)
    entry = context.entry
    effect: Effect = "refused" if entry.get("fatal_on_error") is True else "ignored"
    since = (entry.get("enum_since") or {}).get(text)
    if since is not None and since > context.release:
        return ValueProblem(effect, 0, len(text), f"it needs systemd {since} or later")
    accepted = dict.fromkeys([*words, *(("yes", "no") if entry.get("accepts_bool") else ())])
    shown = ", ".join(sorted(accepted, key=_by_use))
    if entry.get("parser") in _NUMBERS_TOO:
        low, high = _NUMBERS_TOO[str(entry["parser"])]
        shown += f", or a number from {low} to {high}"
    reason = f"accepted: {shown}" if shown else "this release accepts no value here"
    from unitlint.values.meant import meant

    return ValueProblem(effect, 0, len(text), reason, suggestion=meant(text, words))


OF_USERS = ("none", "exit", "exit-force")
EXITS_UNTIL = 252
"""Until then a user manager takes every other action for ``exit-force``."""
TAKES_MORE = 254
"""The release that brought halt, kexec and soft-reboot takes them for actions of users too."""


def emergency_action(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_emergency_action: a user's manager cannot do anything to the machine."""
    problems = choice(text, context)
    if problems or not context.user_manager or text in OF_USERS:
        return problems
    if context.release == TAKES_MORE and text.startswith(("halt", "kexec", "soft-reboot")):
        return ()
    if context.release <= EXITS_UNTIL:
        reason = "a user manager can only exit; systemd uses exit-force instead"
        return (ValueProblem("warned", 0, len(text), reason, "invalid-value", "exit-force"),)
    return (ValueProblem("ignored", 0, len(text), "a user manager can only exit; accepted: exit, exit-force"),)


def managed_oom_mode(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_managed_oom_mode."""
    return without_managed_oom(text, context) or choice(text, context)


KILL_MODE_CHECKED_SINCE = 246
"""From then on ``none`` is warned of, and an empty value means the default."""


def kill_mode(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_kill_mode; systemd warns of ``none``, which leaves processes behind."""
    if context.release < KILL_MODE_CHECKED_SINCE:
        return choice(text, context) if text else (_no_word(text, context),)
    if text == "none":
        reason = "nothing is killed when the unit stops, and systemd plans to remove this value"
        advice = "Write KillMode=mixed, or control-group, which is the default."
        return (ValueProblem("warned", 0, len(text), reason, "deprecated-value", help=advice),)
    return choice(text, context)


def io_class(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_io_class: a name or its number; until 258 systemd counted one too far."""
    return () if text == "8" and context.release < 258 else choice(text, context)


def scheduler(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_exec_cpu_sched_policy: a name or its number."""
    number = parse_integer(text, release=context.release)
    if number is not None and 0 <= number < 2**31:
        if context.release >= 260 and number not in SCHEDULERS:
            return (ValueProblem("ignored", 0, len(text), "no scheduling policy has this number", "out-of-range"),)
        return ()
    return choice(text, context)


OF_X86_64 = ("x86-64", "x86")
"""The personalities of the machines that nearly all units are for; systemd knows only those of its own build."""


def personality(text: str, _context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_personality: an architecture, judged as systemd for x86-64 does."""
    from unitlint.catalogue import facts

    names = [one["name"] for one in facts("architectures")]
    if not text or text in OF_X86_64:
        return ()
    if text in names:
        reason = "a machine can only take on what its own processor runs, and x86-64 does not run this"
        return (ValueProblem("ignored", 0, len(text), reason, "other-architecture"),)
    from unitlint.values.meant import meant

    reason = "expected an architecture such as x86-64"
    return (ValueProblem("ignored", 0, len(text), reason, suggestion=meant(text, names)),)


FIRST_REAL_TIME_SIGNAL, LAST_SIGNAL = 34, 64


def signal(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_signal (signal-util.c: signal_from_string)."""
    if is_signal(text, context.release):
        return ()
    from unitlint.catalogue import facts

    names = facts("signals")
    from unitlint.values.meant import meant

    reason = "expected a signal such as SIGTERM, TERM or 15"
    return (ValueProblem("ignored", 0, len(text), reason, suggestion=meant(text, names, "SIG")),)


def is_signal(text: str, release: int = NEWEST) -> bool:
    """A name with or without SIG, RTMIN+N, RTMAX-N, or a number from 1 to 64."""
    number = parse_integer(text, release=release)
    return is_signal_name(text) if number is None else 1 <= number <= LAST_SIGNAL


def is_signal_name(text: str) -> bool:
    """A name with or without SIG, RTMIN+N or RTMAX-N (signal-util.c: signal_from_string)."""
    from unitlint.catalogue import facts

    name = text.removeprefix("SIG")
    if f"SIG{name}" in facts("signals") or name in ("RTMIN", "RTMAX"):
        return True
    for start, sign in (("RTMIN", "+"), ("RTMAX", "-")):
        if name.startswith(start + sign):
            digits = name[len(start) + 1 :]
            offset = parse_integer(digits) if is_whole_number(digits[:1]) else None
            return offset is not None and 0 <= offset <= LAST_SIGNAL - FIRST_REAL_TIME_SIGNAL
    return False


_MEANT = {
    "enable": "yes", "enabled": "yes", "ok": "yes", "always": "yes", "ture": "yes", "tru": "yes", "yess": "yes",
    "disable": "no", "disabled": "no", "none": "no", "never": "no", "fales": "no", "flase": "no", "fals": "no",
}  # fmt: skip


def read_boolean(text: str) -> bool:
    """Like parse_boolean, but raises Fault."""
    value = parse_boolean(text)
    if value is None:
        raise ValueFault("expected a boolean: yes or no (also true, false, on, off, 1, 0)", suggestion=_meant(text))
    return value


def _meant(text: str) -> str | None:
    lowered = text.strip("\"' ").lower()
    if parse_boolean(lowered) is not None:
        return lowered
    return _MEANT.get(lowered)


def boolean(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_bool: an empty value is no boolean."""
    return judge(text, context, read_boolean, empty=False)


def tristate(text: str, context: ValueContext) -> Iterable[ValueProblem]:
    """config_parse_tristate: an empty value leaves it to systemd."""
    return judge(text, context, read_boolean, empty=True)
