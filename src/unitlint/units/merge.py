"""A fragment and its drop-ins to one Unit, by systemd's rules for repeated and empty assignments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from unitlint.catalogue import lookup, parser_of
from unitlint.syntax.document import Assignment, Document
from unitlint.syntax.lines import WHITESPACE
from unitlint.units.judged import is_read
from unitlint.units.unit import DirectiveName, Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.units.judged import Judged
    from unitlint.values.problem import ValueProblem


def build_unit(
    name: str,
    path: str,
    fragment: Document | None,
    drop_ins: Sequence[Document],
    scope: str = "system",
    kind: str = "unit",
) -> Unit:
    """The merged unit; ``kind`` is ``unit`` or a conf's name, for the catalogue.

    An empty value clears what the catalogue calls resettable; an empty condition clears all
    conditions of its family and an empty trigger all triggers (load-fragment.c).  All values count as
    sound; :func:`settle` takes out those that are not.
    """
    documents = (fragment, *drop_ins) if fragment is not None else tuple(drop_ins)
    assignments: dict[DirectiveName, tuple[Assignment, ...]] = {}
    repeated: dict[DirectiveName, list[Assignment]] = {}
    is_taken_back = False
    for document in documents:
        for assignment in document.assignments:
            key = (assignment.section, assignment.directive)
            if key not in assignments:
                assignments[key] = (assignment,)
            elif key in repeated:
                repeated[key].append(assignment)
            else:
                repeated[key] = [*assignments[key], assignment]
            if not assignment.value:
                is_taken_back = True
    for key, found in repeated.items():
        assignments[key] = tuple(found)
    if is_taken_back:
        effective = _effective(documents, kind)
    elif repeated:
        effective = assignments | {key: assignments[key][-1:] for key in repeated if not is_list(kind, *key)}
    else:  # where nothing is assigned twice or taken back there is nothing to merge
        effective = assignments
    unit = Unit(
        name,
        path,
        documents,
        assignments,
        effective,
        has_fragment=fragment is not None,
        masked=fragment is not None and kind == "unit" and not fragment.text,
        scope=scope,
    )
    if kind != "unit":
        unit.type = "conf"
    return unit


def settle(unit: Unit, said: Judged) -> None:
    """Takes out of the effective values what the release ignores, so that it overrides and resets nothing."""
    if not said.problems and not said.stops and not said.empty:
        return
    kind = unit.catalogue_kind
    ignored: set[int] = {
        id(one)
        for document in unit.documents
        for one in document.assignments
        if not _is_accepted(unit, one, kind, said)
    }
    unit.effective = _effective(unit.documents, kind, ignored, said.empty)
    unit.ignored = {
        key: found
        for key, assigned in unit.assignments.items()
        if (found := tuple(one for one in assigned if one.value and id(one) in ignored))
    }


def add_links(unit: Unit, links: Iterable[tuple[str, str, str]]) -> None:
    """Counts each (directive, unit's name, path of the link) of a folder such as ``x.service.wants`` as assigned."""
    effective = dict(unit.effective)
    for directive, name, path in links:
        document = Document(path, f"{directive}={name}")
        link = Assignment(document, "Unit", directive, name, 1, 1)
        unit.links += (link,)
        effective["Unit", directive] = (*effective.get(("Unit", directive), ()), link)
    unit.effective = effective


def _effective(
    documents: Sequence[Document], kind: str, ignored: Collection[int] = (), empty: Collection[int] = ()
) -> dict[DirectiveName, tuple[Assignment, ...]]:
    effective: dict[DirectiveName, list[Assignment]] = {}
    for document in documents:
        for assignment in document.assignments:
            if id(assignment) not in ignored:
                _apply(effective, assignment, kind, is_empty=id(assignment) in empty or not assignment.value)
    return {key: tuple(found) for key, found in effective.items() if found}


def _apply(
    effective: dict[DirectiveName, list[Assignment]], assignment: Assignment, kind: str, *, is_empty: bool
) -> None:
    key = section, directive = assignment.section, assignment.directive
    if not is_empty:
        if is_list(kind, section, directive):
            effective.setdefault(key, []).append(assignment)
        else:
            effective[key] = [assignment]
        return
    family = _reset_family(section, directive)
    if family:
        for other in [other for other in effective if other[0] == section and _reset_family(*other) == family]:
            del effective[other]
    elif resets(kind, section, directive):
        effective.pop(key, None)


def is_list(kind: str, section: str, directive: str) -> bool:
    """True where a further assignment adds to the earlier ones."""
    return _traits(kind, section, directive)[0]


def resets(kind: str, section: str, directive: str) -> bool:
    """True where an empty assignment takes back the earlier ones."""
    return _traits(kind, section, directive)[1]


def takes_back(kind: str, section: str, directive: str) -> bool:
    """True where an empty assignment takes back earlier ones, of this directive or of its family."""
    return bool(_reset_family(section, directive)) or resets(kind, section, directive)


_known_traits: dict[tuple[str, str, str], tuple[bool, bool]] = {}


def _traits(kind: str, section: str, directive: str) -> tuple[bool, bool]:
    key = (kind, section, directive)
    found = _known_traits.get(key)
    if found is None:
        entry = lookup(kind, section, directive) or {}
        found = _known_traits[key] = bool(entry.get("repeatable")), bool(entry.get("empty_resets"))
    return found


TRIGGERS = ("OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar")
"""The directives of [Timer] that say when it starts its unit; one empty assignment clears all of them."""


def _reset_family(section: str, directive: str) -> str:
    """The name of the group of directives that one empty assignment clears together."""
    if section == "Unit" and directive.startswith("Condition"):
        return "conditions"
    if section == "Unit" and directive.startswith("Assert"):
        return "asserts"
    if section == "Timer" and directive in TRIGGERS:
        return "triggers"
    if section == "Socket" and directive.startswith("Listen"):
        return "listeners"
    if section == "Path" and (
        directive.startswith("PathE") or directive in ("PathChanged", "PathModified", "DirectoryNotEmpty")
    ):
        return "paths"
    return ""


WORD_BY_WORD = frozenset((
    "config_parse_address_families", "config_parse_bind_paths", "config_parse_capability_set",
    "config_parse_cgroup_nft_set", "config_parse_colon_separated_paths", "config_parse_delegate",
    "config_parse_disable_controllers", "config_parse_dns_servers", "config_parse_documentation",
    "config_parse_environ",
    "config_parse_exec_directories", "config_parse_exec_secure_bits", "config_parse_extension_images",
    "config_parse_in_addr_prefixes", "config_parse_log_extra_fields", "config_parse_luo_sessions",
    "config_parse_managed_oom_rules", "config_parse_mount_images",
    "config_parse_namespace_path_strv", "config_parse_obsolete_unit_deps", "config_parse_pass_environ",
    "config_parse_restrict_filesystems", "config_parse_restrict_network_interfaces",
    "config_parse_root_image_options", "config_parse_search_domains", "config_parse_service_sockets",
    "config_parse_set_status",
    "config_parse_syscall_archs", "config_parse_syscall_filter", "config_parse_syscall_log",
    "config_parse_temporary_filesystems", "config_parse_unit_deps", "config_parse_unit_mounts_for",
    "config_parse_unit_path_strv_printf", "config_parse_unit_requires_mounts_for", "config_parse_unset_environ",
))  # fmt: skip
"""The parsers that drop a bad word and keep the others (load-fragment.c, resolved-conf.c)."""


def _is_accepted(unit: Unit, assignment: Assignment, kind: str, said: Judged) -> bool:
    """False for what systemd ignores as a whole, and for what it does not come to read.

    A value that refuses the unit counts as accepted.
    """
    problems = said.problems.get(id(assignment), ())
    if not is_read(unit, assignment, said):
        # A command line in a drop-in is taken up to the command for which systemd reads no further.
        if not problems or said.stops.get(id(assignment.document)) != assignment.line:
            return False
        bad = list(problems)
    else:
        if problems is None:
            return False
        bad = [one for one in problems if one.effect == "ignored"]
        if not bad:
            return True
    parser = parser_of(lookup(kind, assignment.section, assignment.directive) or {}, said.release)
    if parser == "config_parse_exec":
        from unitlint.units.commands import commands_of

        return any(commands_of(assignment.value, said.release, bad, refused=True))
    return all(one.effect == "ignored" for one in bad) and parser in WORD_BY_WORD and _has_more(assignment.value, bad)


def _has_more(value: str, bad: list[ValueProblem]) -> bool:
    """True where the value has a word to which nothing was said."""
    at = 0
    for one in sorted(bad, key=_start):
        if value[at : max(one.start, at)].strip(WHITESPACE + "~"):
            return True
        at = max(at, one.end)
    return bool(value[at:].strip(WHITESPACE))


def _start(problem: ValueProblem) -> int:
    return problem.start
