"""How far unitlint agrees with what systemd said of real units, release by release.

Compared with ORACLE-<release>.tsv, as it lies beside the units: every (file, line) of which systemd speaks, and of the
rows without a line which files systemd refuses or warns of.
"""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from unitlint.base.finding import Finding
from unitlint.catalogue import UNIT_TYPES
from unitlint.engine import run
from unitlint.files.classify import classify, scope_of
from unitlint.files.gather import discovered
from unitlint.files.source import Source
from unitlint.rules.rule_set import load_rules
from unitlint.rules.select import choose
from unitlint.settings.model import Settings, from_keywords
from unitlint.syntax.reader import read

RECORDED = re.compile(r"[A-Za-z0-9:_.\\@-]+\.(?:" + "|".join(UNIT_TYPES) + ")")
USER = re.compile(r"/user(/|$)")
SYSTEM_ONLY_SINCE = 252
"""From this release on the recordings hold nothing of the units of the user manager, which did not start."""
FIRST_OF_WHOLE_UNITS = "UL2"
"""Codes before this one are about lines."""
ABOUT_LINES = ("UL233", "UL268")
"""Conditions that depend on other lines, but of which systemd speaks while it reads the line."""
Place = tuple[str, int]


class Recorded(NamedTuple):
    """What one release said: messages by file and line, and by file alone."""

    lines: dict[Place, str]
    units: dict[str, str]


class Ours(NamedTuple):
    """What unitlint found with an effect, by file and line, and the conditions of whole units by file."""

    lines: dict[Place, str]
    units: dict[str, str]
    refused: frozenset[str]


class Agreement(NamedTuple):
    """The figures of one release; ``missed`` and ``extra`` are (kind, place, text)."""

    release: int
    lines: int
    units: int
    missed: list[tuple[str, str]]
    extra: list[tuple[str, str]]


def agreement(corpus: str, sources: list[Source], release: int) -> Agreement:
    """Compares one release."""
    judged = {source.path for source in sources if was_recorded(source.path, release)}
    theirs = recorded(corpus, release, sources)
    ours = findings_of(sources, release)
    missed = [(text, _shown(corpus, place)) for place, text in theirs.lines.items() if place not in ours.lines]
    extra = [
        (text, _shown(corpus, place))
        for place, text in ours.lines.items()
        if place not in theirs.lines and place[0] in judged
    ]
    for path, text in theirs.units.items():
        if path not in ours.units and path not in ours.refused:
            missed.append((text, _shown(corpus, (path, 0))))
    for path, text in ours.units.items():
        if path not in theirs.units and path in judged:
            extra.append((text, _shown(corpus, (path, 0))))
    return Agreement(release, len(theirs.lines), len(theirs.units), missed, extra)


def sources_of(corpus: str) -> Iterator[Source]:
    """Units and drop-ins as unitlint discovers them, and the files that it skips but systemd was asked about."""
    for source in discovered([corpus], from_keywords(Settings(), {"respect_gitignore": False})):
        if source.kind == "skip" and "/dbus-1/" not in source.path:
            what = classify(source.path)
            if what is not None and what[0] == "unit":
                with open(source.path, "rb") as file:
                    yield Source(source.path, what[0], what[1], file.read(), scope=scope_of(source.path))
        elif source.kind in ("unit", "dropin"):
            with open(source.path, "rb") as file:
                yield source._replace(data=file.read())
        elif source.kind == "link":
            yield source


def was_recorded(path: str, release: int) -> bool:
    """True for the files that systemd was asked about (oracle.py: collect)."""
    folder, name = os.path.split(path)
    if "/dbus-1/" in path or (release >= SYSTEM_ONLY_SINCE and USER.search(folder)):
        return False
    if name.endswith(".conf"):
        stem = os.path.basename(folder)[: -len(".d")]
        return stem in UNIT_TYPES or stem.rpartition(".")[2] in UNIT_TYPES
    return RECORDED.fullmatch(name) is not None


def recorded(corpus: str, release: int, sources: Iterable[Source]) -> Recorded:
    """The recording; a line that ends a continued assignment becomes the one where the assignment begins."""
    lines: dict[Place, str] = {}
    units: dict[str, str] = {}
    starts = _Starts(sources)
    with open(os.path.join(corpus, f"ORACLE-{release}.tsv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            path = os.path.join(corpus, row["path"])
            if row["class"] == "unit":
                units.setdefault(path, row["kind"])
            elif row["line"]:
                lines.setdefault((path, starts.of(path, int(row["line"]))), row["kind"])
    return Recorded(lines, units)


class _Starts:
    """First lines of continued assignments, read when they are asked for."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._data = {source.path: source.data for source in sources}
        self._starts: dict[str, dict[int, int]] = defaultdict(dict)

    def of(self, path: str, line: int) -> int:
        """The first physical line of the logical line that ends at ``line``."""
        if path in self._data and path not in self._starts:
            document = read(self._data[path] or b"", path)
            for first, last in document.continuations:
                for number in range(first, last + 2):
                    self._starts[path].setdefault(number, first)
        return self._starts[path].get(line, line)


def findings_of(sources: list[Source], release: int) -> Ours:
    """unitlint's verdict by the conform profile."""
    report = run.run(sources, choose(load_rules(), profile="conform"), [release])
    lines: dict[Place, str] = {}
    units: dict[str, str] = {}
    refused: set[str] = set()
    fragments = {
        (source.name, os.path.dirname(source.path)): source.path for source in sources if source.kind == "unit"
    }
    for finding in report.findings:
        if finding.effect is None:
            continue
        kind = f"{finding.code} {finding.directive or ''}: {finding.message}"
        if finding.effect == "refused":
            refused.update((finding.path, _fragment_of(finding, fragments)))
        if finding.code >= FIRST_OF_WHOLE_UNITS and finding.code not in ABOUT_LINES:
            units.setdefault(_fragment_of(finding, fragments), kind)
        else:
            lines.setdefault((finding.path, finding.line), kind)
    return Ours(lines, units, frozenset(refused))


def _fragment_of(finding: Finding, fragments: dict[tuple[str, str], str]) -> str:
    """The unit file, also of a finding that stands in one of its drop-ins: there systemd names the unit."""
    folder = os.path.dirname(finding.path)
    if not folder.endswith(".d"):
        return finding.path
    return fragments.get((finding.unit or "", os.path.dirname(folder)), finding.path)


def _shown(corpus: str, place: Place) -> str:
    path = os.path.relpath(place[0], corpus)
    return f"{path}:{place[1]}" if place[1] else path
