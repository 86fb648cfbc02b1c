"""Directive by value: one sound unit with one line more, as the recordings were made.

The verdicts are classes: ``.`` nothing said, ``w`` warned or ignored, ``R`` refused.  A directive that the release
does not know counts as warned of.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from unitlint.base.finding import Finding
from unitlint.catalogue import lookup, parser_of
from unitlint.engine import run
from unitlint.files.gather import sources_of
from unitlint.files.source import Source
from unitlint.rules.model import Rule
from unitlint.rules.rule_set import load_rules
from unitlint.rules.select import choose

SERVICE = "[Service]\nExecStart=/bin/true\n"
BASES = {
    "Unit": ("service", SERVICE + "[Unit]\n"),
    "Install": ("service", SERVICE + "[Install]\n"),
    "Service": ("service", SERVICE),
    "Socket": ("socket", "[Socket]\nListenStream=/run/x.sock\nAccept=yes\n"),
    "Timer": ("timer", "[Timer]\nOnBootSec=1h\n"),
    "Path": ("path", "[Path]\nPathExists=/run/x\n"),
    "Mount": ("mount", "[Mount]\nWhat=/dev/null\nWhere=/{name}\n"),
    "Automount": ("automount", "[Automount]\nWhere=/{name}\n"),
    "Swap": ("swap", "[Swap]\nWhat=/{name}\n"),
    "Slice": ("slice", "[Slice]\n"),
}
"""Section to the type and text of a sound unit, which ends in that section."""
STARTED = {"socket": "@.service", "timer": ".service", "path": ".service"}
"""What the units of these types start, so that it is there."""
RECORDINGS = ("matrix.tsv.gz", "matrix-more.tsv.gz")
"""The same values, asked of Debian's releases and of those that other distributions ship."""
BATCH = 1500


class Case(NamedTuple):
    """One row of the recording."""

    section: str
    directive: str
    value: bytes
    outcomes: dict[int, str]


class Compared(NamedTuple):
    """What the two said of one case at one release; both classes are ``.``, ``w`` or ``R``."""

    case: Case
    parser: str
    theirs: str
    ours: str
    findings: tuple[Finding, ...]


def cases(matrix: str) -> Iterator[Case]:
    """Every row of ``matrix``, a gzipped table; an outcome is a class and systemd's words."""
    with gzip.open(matrix, "rt", encoding="utf-8") as file:
        releases = [int(name) for name in file.readline().rstrip("\n").split("\t")[3:]]
        for line in file:
            section, directive, shown, *outcomes = line.rstrip("\n").split("\t")
            value = shown.encode().decode("unicode_escape").encode("latin-1")
            yield Case(section, directive, value, dict(zip(releases, outcomes, strict=True)))


def compare(rows: Iterable[Case], release: int) -> Iterator[Compared]:
    """Both verdicts on every case."""
    rules = choose(load_rules(), profile="conform")
    batch: list[Case] = []
    for case in rows:
        batch.append(case)
        if len(batch) == BATCH:
            yield from _compare_batch(batch, release, rules)
            batch = []
    yield from _compare_batch(batch, release, rules)


def _compare_batch(batch: list[Case], release: int, rules: Sequence[Rule]) -> Iterator[Compared]:
    sources: list[Source] = []
    places: list[tuple[str, int]] = []
    for number, case in enumerate(batch):
        suffix, text = BASES[case.section]
        name = f"k{number}.{suffix}"
        text = text.format(name=f"k{number}")
        sources += sources_of(f"{text}{case.directive}=".encode() + case.value + b"\n", name)
        places.append((name, text.count("\n") + 1))
        if suffix in STARTED:
            sources += sources_of(SERVICE, f"k{number}{STARTED[suffix]}")
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in run.run(sources, rules, [release]).findings:
        if finding.effect is not None:
            found[finding.path].append(finding)
    for case, (name, line) in zip(batch, places, strict=True):
        entry = lookup("unit", case.section, case.directive)
        parser = (parser_of(entry, release) if entry else None) or "(none)"
        findings = tuple(found.get(name, ()))
        yield Compared(case, parser, class_of(case.outcomes[release]), verdict(findings, line), findings)


def was_asked(case: Case, release: int) -> bool:
    """False where a recording knows no more than that the directive is unknown, though the text is not UTF-8:
    systemd refuses such a file whatever the directive, as the other columns say."""
    return not (case.outcomes[release] == "-" and b"\xff" in case.value)


def set_aside(outcome: str) -> bool:
    """True where a recorded refusal has no words: the unit loads, but it was not started, because another unit of
    the recording's batch was refused (a mount of What=/abs/path beside the unsound mount of that path)."""
    return outcome == "R "


def class_of(outcome: str) -> str:
    """The class of a recorded outcome."""
    return "w" if outcome[0] == "-" else outcome[0]


def verdict(findings: Iterable[Finding], line: int) -> str:
    """The class of our findings; a refusal may stand on another line, what is ignored must stand on this one."""
    effects = {(finding.effect, finding.line == line) for finding in findings}
    if any(effect == "refused" for effect, _ in effects):
        return "R"
    return "w" if any(here for _, here in effects) else "."
