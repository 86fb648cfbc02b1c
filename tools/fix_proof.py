"""Mends a tree of real units and asks systemd, and unitlint, whether anything changed but what was meant.

    python tools/fix_proof.py CORPUS --oracle oracle.py --root ROOTS/252 [--unsafe] [--profile strict]

The files that fixes change are laid out as they were and as they are result, with everything around them. unitlint
compares the effective units: what differs must be a directive of which a result finding spoke. ``oracle.py`` of the
recordings asks the real systemd 252 of a root made by ``build-roots.sh`` (needs root): it may say no more than before,
refuse no other unit, and what it loads is printed where it differs, for reading.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from unitlint import api
from unitlint.base.finding import Finding
from unitlint.engine.fix_loop import FixResult, fix_all
from unitlint.engine.report import Report
from unitlint.files.gather import discovered
from unitlint.files.layout import group
from unitlint.fix.apply import by_file
from unitlint.settings.model import Settings
from unitlint.units.loaded import UnitsByName
from unitlint.units.unit import Unit

RELEASE = 252
Effective = dict[tuple[str, str], list[str]]


def main() -> int:
    """Prints the figures and every difference; the exit status tells whether one was not meant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--oracle", type=Path)
    parser.add_argument("--root", type=Path)
    parser.add_argument("--unsafe", action="store_true")
    parser.add_argument("--profile", default="strict")
    arguments = parser.parse_args()
    settings = Settings(systemd_version=(RELEASE,), profile=arguments.profile, respect_gitignore=False)
    spoken: dict[str, set[str]] = {}

    def check(sources: list[api.Source]) -> Report:  # type: ignore[name-defined]
        report = api.run(sources, settings, 1)
        for path, findings in by_file(report.findings, unsafe=arguments.unsafe).items():
            spoken.setdefault(path, set()).update(map(directive_of, findings))
        return report

    sources = list(discovered([str(arguments.corpus)], settings))
    result = fix_all(sources, check, unsafe=arguments.unsafe)
    print(f"{sum(result.fixed.values())} findings result in {len(result.after)} files")
    unmeant = list(unmeant_changes(sources, result, spoken))
    for line in unmeant:
        print(line)
    print(f"unitlint: {len(unmeant)} changes of effective values that no finding spoke of")
    more = 0
    if arguments.oracle is not None:
        more = ask_systemd(arguments.oracle, arguments.root, arguments.corpus, result)
    return int(bool(unmeant) or more > 0)


def directive_of(finding: Finding) -> str:
    """The directive that a finding speaks of."""
    return finding.directive or ""


def unmeant_changes(
    before: list[api.Source],  # type: ignore[name-defined]
    result: FixResult,
    spoken: dict[str, set[str]],
) -> Iterator[str]:
    """Differences between the effective units that are not about directives of findings, or about what they became."""
    old, new = (UnitsByName(list(group(some)), RELEASE) for some in (before, result.sources))
    for files in group(before):
        parts = [one.path for one in (files.fragment, *files.drop_ins) if one is not None]
        touched = [path for path in parts if path in result.after]
        if not touched or files.fragment is None:
            continue
        one, other = effective(old.at(files.fragment.path)), effective(new.at(files.fragment.path))
        meant = set().union(*(spoken[path] for path in touched))
        lines = "".join(added_lines(result, touched))
        for key in sorted(one.keys() | other.keys()):
            if one.get(key) != other.get(key) and key[1] not in meant and f"{key[1]}=" not in lines:
                yield f"{files.fragment.path}: {key[1]}= was {one.get(key)}, is {other.get(key)}"


def effective(unit: Unit) -> Effective:
    """What is in effect, as texts."""
    return {key: [" ".join(line.value.split()) for line in lines] for key, lines in unit.effective.items()}


def added_lines(result: FixResult, paths: Iterable[str]) -> Iterator[str]:
    """The lines that were not there before."""
    for path in paths:
        old = set(result.before[path].splitlines())
        yield from (f"{line}\n" for line in result.after[path].splitlines() if line not in old)


def ask_systemd(oracle: Path, root: Path, corpus: Path, result: FixResult) -> int:
    """How many messages the real systemd has only after the mending, and units that it refuses only then."""
    home = Path(tempfile.mkdtemp(prefix="fix-proof-", dir="/var/tmp"))
    try:
        tops = {Path(path).relative_to(corpus).parts[0] for path in result.after}
        said: dict[str, dict[str, Any]] = {}
        for kind in ("before", "after"):
            tree = home / "tree"
            shutil.rmtree(tree, ignore_errors=True)
            for top in tops:
                shutil.copytree(corpus / top, tree / top, symlinks=True)
            for path, text in (result.before if kind == "before" else result.after).items():
                (tree / Path(path).relative_to(corpus)).write_bytes(text.encode("utf-8", "surrogateescape"))
            said[kind] = answers(oracle, root, tree)
        return compare(said["before"], said["after"])
    finally:
        shutil.rmtree(home)


def answers(oracle: Path, root: Path, tree: Path) -> dict[str, Any]:
    """What systemd says of each unit below ``tree``, by path."""
    command = [sys.executable, str(oracle), "--release", str(root), str(tree)]
    done = subprocess.run(command, capture_output=True, check=True)
    return {row["path"]: row for row in map(json.loads, done.stdout.splitlines())}


def messages(row: dict[str, Any]) -> set[str]:
    """Without those about other units: which missing one systemd names first changes from run to run."""
    return {one["message"] for one in row["messages"] if one["cls"] != "dependency"}


def compare(before: dict[str, Any], after: dict[str, Any]) -> int:
    """Prints what systemd loads differently, and what it says only after; returns how much of the latter there is."""
    more = loaded = fewer = 0
    for path, row in after.items():
        old = before[path]
        said, now = messages(old), messages(row)
        fewer += len(said - now)
        if old["loaded"] and not row["loaded"]:
            more += 1
            print(f"{path}: systemd refuses it now")
        for message in sorted(now - said) if old["loaded"] else ():
            more += 1
            print(f"{path}: systemd says only now: {message}")
        if old["loaded"] and row["loaded"] and old["props"] != row["props"]:
            loaded += 1
            for name in sorted(old["props"].keys() | row["props"].keys()):
                one, other = old["props"].get(name), row["props"].get(name)
                if one != other:
                    print(f"{path}: loaded differently: {name}: {one} -> {other}")
    print(
        f"systemd {RELEASE}: {len(after)} units; {fewer} messages gone, {more} new; {loaded} units loaded differently"
    )
    return more


if __name__ == "__main__":
    raise SystemExit(main())
