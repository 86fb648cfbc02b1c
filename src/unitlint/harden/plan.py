"""A service to the lines that harden it, those that are left out, and the scores before and after."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.catalogue import known, lookup
from unitlint.harden.lines import LEVELS, LINES, HardeningLine
from unitlint.harden.lists import made_lines, meaning
from unitlint.harden.needs import Evidence, Needs, needs_of_service, runs_everything
from unitlint.security.score import Exposure, expose
from unitlint.security.settings import service_settings
from unitlint.values.problem import ValueContext
from unitlint.values.table import check_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from unitlint.syntax.document import Document
    from unitlint.units.unit import Unit

NAME = "50-hardening.conf"


class LeftOut(NamedTuple):
    """A line that does not suit the service, and why."""

    line: HardeningLine
    reason: str


class HardeningPlan(NamedTuple):
    """What ``harden`` proposes for a unit; ``after`` is its exposure with the lines."""

    unit: Unit
    level: str
    release: int
    lines: tuple[HardeningLine, ...]
    left_out: tuple[LeftOut, ...]
    before: Exposure
    after: Exposure
    looked_inside: bool = False
    """Whether there was a root directory, so that the programs themselves could be looked at."""
    not_found: tuple[str, ...] = ()
    """The programs of the service that the root directory does not have."""
    next_level: str = ""
    """Where there are no lines: the first higher level that has some, "" if none has."""


def make_plan(unit: Unit, level: str, release: int, root: Any = None) -> HardeningPlan:
    """The plan of a service at a level of LEVELS; with a root directory its programs are looked at as well."""
    needs = needs_of_service(unit, service_settings(unit, release), root)
    if needs.root:
        needs.found.setdefault("root-user", Evidence("root", None))
    if needs.capabilities:
        needs.found.setdefault("capabilities", Evidence("AmbientCapabilities=", None))
    lines, left_out = _sorted_out(unit, needs, level, release)
    before = expose(unit, release)
    plan = HardeningPlan(
        unit, level, release, tuple(lines), tuple(left_out), before, before, root is not None, tuple(needs.not_found)
    )
    return without(plan, ())


def without(plan: HardeningPlan, unsuitable: tuple[LeftOut, ...]) -> HardeningPlan:
    """The plan with some lines left out, scored anew."""
    gone = {id(one.line) for one in unsuitable}
    lines = tuple(line for line in plan.lines if id(line) not in gone)
    after = expose(_with_drop_in(plan.unit, document_of(lines)), plan.release) if lines else plan.before
    return plan._replace(lines=lines, left_out=plan.left_out + unsuitable, after=after)


def document_of(lines: tuple[HardeningLine, ...], path: str = NAME) -> Document:
    """The bare drop-in, as if it had been read."""
    from unitlint.catalogue import sections_of
    from unitlint.syntax.reader import read

    text = "[Service]\n" + "".join(f"{line.directive}={line.value}\n" for line in lines)
    return read(text.encode(), path, sections_of("service"))


def _with_drop_in(unit: Unit, drop_in: Document) -> Unit:
    from unitlint.units.merge import build_unit

    fragment, *drop_ins = unit.documents
    return build_unit(unit.name, unit.path, fragment, [*drop_ins, drop_in], unit.scope)


def _sorted_out(unit: Unit, needs: Needs, level: str, release: int) -> tuple[list[HardeningLine], list[LeftOut]]:
    chosen: dict[tuple[str, str], HardeningLine] = {}
    left_out: list[LeftOut] = []
    everything = runs_everything(needs)
    implied = _implied(unit, release)
    for line in _candidates(unit, needs, level):
        key = (line.directive, line.value if line.directive == "SystemCallFilter" else "")
        if unit.assignments.get(("Service", line.directive)) and not _strengthens(unit, line):
            continue  # its author has decided
        if (line.directive, line.value) in implied:
            continue
        reason = _unknown(line, release, unit) or _unsuitable(line, needs, everything)
        if reason:
            if key not in chosen:
                left_out.append(LeftOut(line, reason))
            continue
        left_out = [one for one in left_out if one.line.directive != line.directive]
        chosen[key] = line
    if not any(line.directive == "SystemCallFilter" for line in chosen.values()):
        chosen.pop(("SystemCallErrorNumber", ""), None)
    return list(chosen.values()), left_out


def _candidates(unit: Unit, needs: Needs, level: str) -> Iterator[HardeningLine]:
    levels = LEVELS[: LEVELS.index(level) + 1]
    yield from (line for line in LINES if line.level in levels)
    yield from made_lines(unit, needs, level)


IMPLIED_BY_DYNAMIC_USER = frozenset(
    {("PrivateTmp", "yes"), ("ProtectSystem", "yes"), ("ProtectSystem", "full"), ("ProtectSystem", "strict"),
     ("RemoveIPC", "yes"), ("NoNewPrivileges", "yes"), ("RestrictSUIDSGID", "yes")}
)  # fmt: skip


def _implied(unit: Unit, release: int) -> frozenset[tuple[str, str]]:
    """The lines that DynamicUser=yes already stands for (systemd.exec(5); all of them since 242)."""
    is_dynamic = release >= 242 and service_settings(unit, release).values["DynamicUser"] == "yes"
    return IMPLIED_BY_DYNAMIC_USER if is_dynamic else frozenset()


FOLDERS = ("StateDirectory", "CacheDirectory", "LogsDirectory", "RuntimeDirectory", "ReadWritePaths")


def _strengthens(unit: Unit, line: HardeningLine) -> bool:
    """Lists of folders are added to; all else that a unit says is left as its author wants it."""
    return line.directive in FOLDERS and unit.value("Service", "ProtectSystem") == "strict"


def _unknown(line: HardeningLine, release: int, unit: Unit) -> str:
    entry = lookup("unit", "Service", line.directive)
    if entry is None or not known(entry, release):
        return f"systemd {release} does not know it"
    context = ValueContext(release, "Service", line.directive, entry, unit.scope == "user", unit.name)
    from unitlint.catalogue import parser_of

    if check_value(parser_of(entry, release) or "", line.value, context):
        return f"systemd {release} does not accept this value"
    return ""


def _unsuitable(line: HardeningLine, needs: Needs, everything: Evidence | None) -> str:
    if everything is not None:
        return _reason("everything", everything)
    if needs.user_manager and not line.for_users:
        return "it needs privileges that a user manager does not have"
    forbidden = (*line.forbidden, "early") if line.file_system else line.forbidden
    found = needs.first(forbidden)
    return "" if found is None else _reason(*found)


def _reason(need: str, evidence: Evidence) -> str:
    place = evidence.assignment
    where = f", {place.path}:{place.line}" if place is not None else ""
    return f"it {meaning(need)} ({evidence.word}{where})"
