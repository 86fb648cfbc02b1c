"""The values that a directive takes, for completion: words, units of size and time, names."""

from __future__ import annotations

from unitlint.catalogue import facts
from unitlint.lsp.value_tables import CATALOGUE_WORDS, FORMS, OWN_WORDS
from unitlint.values.faults import names_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from unitlint.catalogue import CatalogueEntry

Item = tuple[str, str]
"""A value and a word on it."""

TIME_UNITS = (
    ("ms", "milliseconds"), ("s", "seconds"), ("min", "minutes"), ("h", "hours"), ("d", "days"), ("w", "weeks"),
)  # fmt: skip
SIZE_UNITS = (("K", "1024 bytes"), ("M", "1024 K"), ("G", "1024 M"), ("T", "1024 G"))
_SIZES = (("512M", "size"), ("1G", "size"))
_PERCENT = (("50%", "percentage"), ("100%", "percentage"))
_BOOLEANS = (("yes", "boolean"), ("no", "boolean"))
_INFINITY = (("infinity", "no limit"),)
_TIMES = (("30s", "time span"), ("5min", "time span"), ("1h 30min", "time span"))
CALENDAR = (
    ("hourly", "*-*-* *:00:00"), ("daily", "*-*-* 00:00:00"), ("weekly", "Mon *-*-* 00:00:00"),
    ("monthly", "*-*-01 00:00:00"), ("quarterly", "*-01,04,07,10-01 00:00:00"), ("yearly", "*-01-01 00:00:00"),
    ("Mon..Fri 10:00", "on weekdays at ten"), ("*-*-* 03:00:00", "every day at three"),
    ("*:0/15", "every 15 minutes"), ("Sun *-*-1..7 04:00", "the first Sunday of the month"),
    ("*-*~01 22:00", "the last day of the month"),
)  # fmt: skip
_FIXED: dict[str, tuple[Item, ...]] = {
    "bool": _BOOLEANS,
    "tristate": _BOOLEANS,
    "delegate": _BOOLEANS,
    "integer_or_bool": _BOOLEANS,
    "flag_list_or_bool": _BOOLEANS,
    "bool_or_size": (*_BOOLEANS, ("512", "size")),
    "calendar": CALENDAR,
    "timespan": _TIMES,
    "timespan_nsec": (("50us", "time span"), ("1ms", "time span")),
    "size": _SIZES,
    "size_or_infinity": (*_SIZES, *_INFINITY),
    "size_or_percent": (*_SIZES, *_PERCENT),
    "size_or_percent_or_infinity": (*_SIZES, *_PERCENT, *_INFINITY),
    "percent": _PERCENT,
    "percent_unbounded": (*_PERCENT, ("200%", "two CPUs")),
    "integer_or_infinity": _INFINITY,
    "integer_or_percent_or_infinity": (("4096", "count"), *_PERCENT, *_INFINITY),
    "octal_mode": (("0755", "mode"), ("0700", "mode"), ("0640", "mode"), ("0077", "umask")),
    "cpu_weight": (("100", "the default"), ("idle", "only what others leave")),
    "rlimit": _INFINITY,
    "ip_prefix_list": (
        ("any", "all addresses"), ("localhost", "127.0.0.0/8 ::1/128"), ("link-local", "169.254.0.0/16 fe80::/64"),
        ("multicast", "224.0.0.0/4 ff00::/8"),
    ),
    "syscall_arch_list": (("native", "the architecture of systemd itself"),),
    "errno": (("EPERM", "error"), ("EACCES", "error"), ("ENOSYS", "error"), ("kill", "kill the process")),
    "device_rule": (
        ("/dev/null rw", "device"), ("/dev/kvm rw", "device"), ("char-pts rw", "class"), ("block-loop rwm", "class"),
    ),
    "uri_list": (("man:", "manual page"), ("https://", "page"), ("file:/", "file"), ("info:", "info page")),
    "controller_list": (),
}  # fmt: skip
_TABLES = {
    "capability_set": "capabilities", "signal": "signals", "address_family_list": "address_families",
    "syscall_filter": "syscall_groups", "namespace_flags": "namespaces", "coredump_filter": "coredump_filter",
    "controller_list": "cgroup_controllers", "delegate": "cgroup_controllers", "exit_status_list": "exit_statuses",
}  # fmt: skip
LISTS = frozenset((
    "capability_set", "address_family_list", "syscall_filter", "namespace_flags", "secure_bits", "coredump_filter",
    "controller_list", "delegate", "exit_status_list", "unit_list", "ip_prefix_list", "syscall_arch_list",
    "group_list", "uri_list",
))  # fmt: skip
"""Types whose values are words of which each is completed on its own."""


def values_of(entry: CatalogueEntry, release: int) -> Iterator[Item]:
    """The values of a directive that a release takes, those of fixed lists and examples of the others."""
    kind = str(entry.get("type"))
    if str(entry.get("parser") or "").startswith("quadlet-"):
        yield from _of_quadlet(str(entry["parser"]).removeprefix("quadlet-"), release)
        return
    yield from _words(entry, release)
    if entry.get("accepts_bool") and kind != "bool":
        yield from (word for word in _BOOLEANS if word[0] not in entry.get("enum", ()))
    yield from _FIXED.get(kind, ())
    if kind in _TABLES:
        yield from ((word, kind.replace("_", " ")) for word in table(_TABLES[kind], release))
    if kind == "address_family_list":
        yield "none", "no family at all"
    if kind in ("condition", "enum_ref"):
        yield from _condition_words(str(entry["name"]), release)
    for keyword in entry.get("keywords", ()):
        if (keyword, "no limit") not in _FIXED.get(kind, ()):
            yield keyword, "keyword"


def _words(entry: CatalogueEntry, release: int) -> Iterator[Item]:
    since, removed = entry.get("enum_since", {}), entry.get("enum_removed", {})
    for word in (*entry.get("enum", ()), *removed):
        if since.get(word, 0) <= release < removed.get(word, release + 1):
            yield word, f"since {since[word]}" if word in since else ""
    for form, form_since in FORMS.get(entry["name"], {}).items():
        if form_since <= release:
            yield form, f"since {form_since}"


def _condition_words(name: str, release: int) -> Iterator[Item]:
    subject = name.removeprefix("Condition").removeprefix("Assert").replace("Personality", "Architecture")
    for word, since in OWN_WORDS.get(subject, {}).items():
        if since <= release:
            yield word, f"since {since}" if since else ""
    if subject in CATALOGUE_WORDS:
        yield from ((word, "") for word in table(CATALOGUE_WORDS[subject], release))


def _of_quadlet(holds: str, release: int) -> Iterable[Item]:
    fixed = {
        "flag": (("true", "boolean"), ("false", "boolean")),
        "duration": _TIMES,
        "size": _SIZES,
        "pull": tuple((word, "policy") for word in ("always", "missing", "never", "newer")),
        "update": tuple((word, "policy") for word in ("registry", "local")),
        "notify": (("true", "boolean"), ("false", "boolean"), ("healthy", "when the health check passes")),
    }
    if holds in fixed:
        return fixed[holds]
    name = {"signal": "signals", "capability": "capabilities"}.get(holds)
    return [(word, holds) for word in table(name, release)] if name else ()


def table(name: str, release: int) -> list[str]:
    """The names in one of the catalogue's tables that a release knows."""
    return names_at(facts(name), release)
