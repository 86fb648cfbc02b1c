"""Incidents joined with unit files: the directives that decide, their lines, and the rules that speak of them."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.diagnose.derived import path_of
from unitlint.diagnose.model import LONGEST_COMM, Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from unitlint.base.finding import Finding
    from unitlint.diagnose.model import Answer, EventKind
    from unitlint.files.source import Source
    from unitlint.syntax.document import Assignment
    from unitlint.units.unit import Unit

NEEDS = ("Unit.Requires", "Unit.BindsTo", "Unit.Requisite", "Unit.RequiresMountsFor", "Mount.What", "Swap.What")
"""Directives of which a unit does not start where the other fails."""
BY_NAME = {"LABEL": "label", "UUID": "uuid", "PARTLABEL": "partlabel", "PARTUUID": "partuuid", "ID": "id"}
"""What a file system may be named by (fstab(5)), and its directory below /dev/disk/by-…."""
MOST_LINES = 8
"""Lines of one directive that are shown."""


class UnitLines:
    """The unit files that are at hand; without any, everything is a directive to look at.

    ``paths`` are files and folders, ``root`` is a root directory.  Raises UnitlintError for a path that is not there.
    """

    def __init__(self, paths: Sequence[str] = (), root: str | None = None) -> None:
        if root is not None:
            from unitlint.files.root_release import check_root

            check_root(root)
        self.given = bool(paths) or root is not None
        self.texts: dict[str, str] = {}
        self._root = root
        self._units: dict[str, Unit | None] = {}
        self._found: dict[str, list[Finding]] = {}
        self._sources: list[Source] | None = None
        self._programs: dict[str, set[str]] | None = None
        if paths:
            from unitlint.files.discover import discover
            from unitlint.files.patterns import Ignored
            from unitlint.files.read import filled

            self._sources = [filled(source) for source in discover(list(paths), Ignored(gitignore=False))]

    def unit(self, name: str) -> Unit | None:
        """The effective unit of a name, also of an instance or an alias; None where there is no file of it."""
        if not name or not self.given:
            return None
        if name not in self._units:
            self._units[name] = self._load(name)
        return self._units[name]

    def _load(self, name: str) -> Unit | None:
        from unitlint.files.layout import find
        from unitlint.units.load import load

        candidates = [files for files in find(self._all(), name) if files.fragment or files.drop_ins]
        if not candidates:
            return None
        unit = load(min(candidates, key=lambda files: (files.fragment is None, files.scope != "system")))
        for document in unit.documents:
            self.texts[document.path] = document.text
        return unit

    def _all(self) -> list[Source]:
        if self._sources is None:
            from unitlint.files.of_one_unit import sources_around

            # Any name will do: in a root directory all folders of the search path are around it.
            try:
                self._sources = sources_around("default.target", self._root)
            except UnitlintError:
                self._sources = []
        return self._sources

    def executing(self, program: str) -> str:
        """The only service whose ExecStart= runs a program, by its path or by the name of its process, else ""."""
        if not self.given:
            return ""
        if self._programs is None:
            from unitlint.diagnose.programs import services_by_program

            self._programs = services_by_program(self._all())
        units = self._programs.get(program if program.startswith("/") else program[:LONGEST_COMM], set())
        return next(iter(units)) if len(units) == 1 else ""

    def path_of(self, name: str) -> str:
        """The unit's file; "" where it is not at hand."""
        unit = self.unit(name)
        return unit.path if unit is not None else ""

    def values(self, name: str, answers: Iterable[Answer], fields: Mapping[str, str]) -> dict[str, str]:
        """What sentences may hold: the fields, and the values of directives that the answers look at or ask for."""
        texts = dict(fields)
        if not self.given:
            return texts
        for answer in answers:
            for directive, _, of, _, but_not in answer.look_at:
                for owner in fields.get(of, "").split(", ") if of else (name,):
                    line = self._last(owner, directive, but_not)
                    if line is not None:
                        section, word = _split(directive, name)
                        texts.setdefault(f"{section}.{word}", line.value)
                        texts.setdefault(f"{section}.{word}.unit", owner)
                        if not of:
                            texts.setdefault(f"*.{word}", line.value)
            for word in ("set", "unset"):
                directive = answer.when.get(word, "")
                if directive and self.unit(name) is not None:
                    section, asked = _split(directive, name)
                    is_set = f"{section}.{asked}" in texts or self._last(name, directive) is not None
                    texts[f"{directive} is"] = "set" if is_set else "unset"
        return texts

    def shown(self, name: str, answer: Answer, fields: Mapping[str, str]) -> tuple[Shown, ...]:
        """The directives of an answer, in its order: first those that are set, with their lines."""
        found = [line for item in answer.look_at for line in self._shown(name, item, fields)]
        unique = {(line.unit, line.directive, line.path, line.line): line for line in found}
        return tuple(sorted(unique.values(), key=lambda line: line.value is None))

    def _shown(self, name: str, item: tuple[str, str, str, str, str], fields: Mapping[str, str]) -> Iterator[Shown]:
        directive, naming, of, default, but_not = item
        for owner in fields.get(of, "").split(", ") if of else (name,):
            if owner or not of:
                part = fields.get(naming, "") if naming else None
                yield from self._of_owner(owner, directive, part, default, but_not)

    def _of_owner(self, owner: str, directive: str, part: str | None, default: str, but_not: str) -> Iterator[Shown]:
        """``part`` is what values have to name, "" for any, None where the directive is told of if it is unset, too;
        values that begin with ``but_not`` do not count."""
        section, word = _split(directive, owner)
        unit = self.unit(owner)
        section, word, lines = _set(unit, section, word)
        if but_not:
            lines = tuple(line for line in lines if not line.value.startswith(but_not))
        if part is not None:
            lines = tuple(line for line in lines if not part or _names(line.value, part))
        elif unit is not None and lines and not _is_list(section, word):
            lines = lines[-1:]
        for line in lines[:MOST_LINES]:
            yield Shown(owner, f"{section}.{word}", line.value, line.path, line.line)
        if not lines and (part is None or unit is None):
            yield Shown(owner, f"{section}.{word}", None, note=f"default: {default}" if default else "")

    def need(self, name: str, needed: Sequence[str]) -> Shown:
        """A unit that was not started because those of ``needed`` failed or were not started either, with the line
        that makes it need one of them."""
        unit = self.unit(name)
        for directive in NEEDS if unit is not None else ():
            section, _, word = directive.partition(".")
            for line in unit.all(section, word) if unit is not None else ():
                if any(_needs(word, line.value, other) for other in needed if other != name):
                    return Shown(name, directive, line.value, line.path, line.line)
        return Shown(name, "", None)

    def _last(self, name: str, directive: str, but_not: str = "") -> Assignment | None:
        *_, lines = _set(self.unit(name), *_split(directive, name))
        return next((line for line in reversed(lines) if not but_not or not line.value.startswith(but_not)), None)

    def findings(self, name: str, kind: EventKind, answer: Answer, shown: Iterable[Shown]) -> tuple[Finding, ...]:
        """The findings on the unit by rules that the event names, or about the directives that are shown."""
        unit = self.unit(name)
        if unit is None or not unit.has_fragment:
            return ()
        wanted = {item[0].partition(".")[2] for item in answer.look_at}
        places = {(line.path, line.line) for line in shown if line.path}
        return tuple(
            finding
            for finding in self._findings(name, unit)
            if finding.code in kind.rules
            or (finding.directive in wanted and (finding.path, finding.line) in places and finding.severity != "info")
        )

    def _findings(self, name: str, unit: Unit) -> list[Finding]:
        if name not in self._found:
            from unitlint.engine.chosen_rules import chosen_rules
            from unitlint.engine.dispatch import check_unit
            from unitlint.engine.plan import make_plan
            from unitlint.settings.model import Settings, from_keywords

            settings = from_keywords(Settings(), {"profile": "strict"})
            tree = None
            if self._root is not None:
                from unitlint.files.root_tree import RootTree

                tree = RootTree(self._root)
            plan = make_plan(chosen_rules(settings), settings.systemd_version[-1], settings.options, tree)
            self._found[name] = check_unit(unit, plan, {})
        return self._found[name]


def _needs(directive: str, value: str, unit: str) -> bool:
    """Whether a value makes a unit need another one."""
    if directive == "RequiresMountsFor":
        place = path_of(unit).rstrip("/") if unit.endswith(".mount") else None
        return place is not None and any(f"{path}/".startswith(f"{place}/") for path in value.split())
    if directive == "What":
        tag, _, name = value.partition("=")
        path = f"/dev/disk/by-{BY_NAME[tag]}/{name}" if tag in BY_NAME else value
        return unit.endswith(".device") and path_of(unit) == path
    return unit in value.split()


def _split(directive: str, unit: str) -> tuple[str, str]:
    """Section and name; ``*`` is the section that only units of this type have."""
    section, _, name = directive.partition(".")
    unit_type = unit.rpartition(".")[2] if "." in unit else "service"
    return (unit_type.capitalize() if section == "*" else section), name


def _set(unit: Unit | None, section: str, directive: str) -> tuple[str, str, tuple[Assignment, ...]]:
    """Section and name by which a unit sets a directive, and the lines: an older name, such as StartLimitBurst= in
    [Service], where the newer is not set.  It counts though the newest release ignores it, as MemoryLimit=."""
    lines = unit.all(section, directive) if unit is not None else ()
    if unit is None or lines:
        return section, directive, lines
    from unitlint.catalogue import directives_of, lookup

    for place, newer in ((section, directive), ("Service", f"[{section}] {directive}")):
        for name in directives_of("unit", place):
            if (lookup("unit", place, name) or {}).get("replaced_by") == newer and unit.meant(place, name):
                return place, name, unit.meant(place, name)
    return section, directive, ()


def _names(value: str, part: str) -> bool:
    """Whether a value names a path, or a folder above it."""
    if ", " in part or not part.startswith("/"):
        return not set(value.split()).isdisjoint(part.split(", ")) or f"{part}:" in value
    words = [word.lstrip("-+!@:|~") for word in value.replace(":", " ").split()]
    return any(word == part or part.startswith(f"{word.rstrip('/')}/") for word in words if len(word) > 1)


def _is_list(section: str, directive: str) -> bool:
    from unitlint.units.merge import is_list

    return is_list("unit", section, directive)
