"""Which assignments systemd takes: bad values do not override good ones, and some go word by word."""

from __future__ import annotations

from collections.abc import Mapping

from unitlint.catalogue import lookup, parser_of
from unitlint.record import NamedTuple
from unitlint.syntax.document import WHITESPACE, Assignment, Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.grammar.problem import Problem

    Problems = tuple[Problem, ...] | None

WORD_BY_WORD = frozenset((
    "config_parse_address_families", "config_parse_bind_paths", "config_parse_capability_set",
    "config_parse_cgroup_nft_set", "config_parse_colon_separated_paths", "config_parse_delegate",
    "config_parse_disable_controllers", "config_parse_documentation", "config_parse_environ",
    "config_parse_exec_directories", "config_parse_exec_secure_bits", "config_parse_extension_images",
    "config_parse_in_addr_prefixes", "config_parse_log_extra_fields", "config_parse_luo_sessions",
    "config_parse_managed_oom_rules", "config_parse_mount_images",
    "config_parse_namespace_path_strv", "config_parse_obsolete_unit_deps", "config_parse_pass_environ",
    "config_parse_restrict_filesystems", "config_parse_restrict_network_interfaces",
    "config_parse_root_image_options", "config_parse_service_sockets", "config_parse_set_status",
    "config_parse_syscall_archs", "config_parse_syscall_filter", "config_parse_syscall_log",
    "config_parse_temporary_filesystems", "config_parse_unit_deps", "config_parse_unit_mounts_for",
    "config_parse_unit_path_strv_printf", "config_parse_unit_requires_mounts_for", "config_parse_unset_environ",
))  # fmt: skip
"""The parsers that drop a bad word and keep the others (load-fragment.c)."""


class Said(NamedTuple):
    """What one release says of a unit's values (checks/directives/judged.py finds it)."""

    release: int
    problems: Mapping[int, Problems]
    """By the assignment's identity; None where the release does not know the directive in its section."""
    stops: Mapping[int, int]
    """The line at which systemd stops reading a file, by the document's identity."""


def is_taken(assignment: Assignment, fragment: Document | None, kind: str, said: Said) -> bool:
    """False for what systemd ignores as a whole, and for what it does not come to read.

    A value that refuses the unit counts as taken: nothing of the unit is in effect then, so it is judged as it
    was meant. In a drop-in such a value loses only the rest of the file (load-dropin.c: unit_load_dropin).
    """
    if assignment.document is not fragment:
        stop = said.stops.get(id(assignment.document))
        if stop is not None and assignment.line >= stop:
            return False
    problems = said.problems.get(id(assignment), ())
    if problems is None:
        return False
    bad = [one for one in problems if one.effect == "ignored"]
    if not bad:
        return True
    parser = parser_of(lookup(kind, assignment.section, assignment.directive) or {}, said.release)
    if parser == "config_parse_exec":
        return _has_command_before(assignment.value, bad[0].start, said.release)
    return parser in WORD_BY_WORD and _has_more(assignment.value, bad)


def _has_more(value: str, bad: list[Problem]) -> bool:
    """True where the value has a word to which nothing was said."""
    at = 0
    for one in sorted(bad, key=_start):
        if value[at : max(one.start, at)].strip(WHITESPACE + "~"):
            return True
        at = max(at, one.end)
    return bool(value[at:].strip(WHITESPACE))


def _start(problem: Problem) -> int:
    return problem.start


def _has_command_before(value: str, at: int, release: int) -> bool:
    """Of several commands in one line those before the bad one run."""
    from unitlint.grammar.exec_line import parse_exec

    return any(
        command.path and command.end <= at and not any(failure.what == "quote" for failure in command.failures)
        for command in parse_exec(value, release)
    )
