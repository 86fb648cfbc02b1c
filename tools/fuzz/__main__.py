"""`python -m tools.fuzz --root DIR/257 --release 257 --corpus ../shared/corpus [--count 10000] [--seed 1]`.

DIR/257 is a root with that systemd release (needs chroot).  Prints every disagreement, shrunk to the
lines that it takes, and how many there were of each kind.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from pathlib import Path
from random import Random

from tools.fuzz.judge import CRASHED, Verdict, ours, systemd
from tools.fuzz.mutate import VALUES, mutant
from tools.fuzz.values import read_values
from unitlint.files.classify import foreign
from unitlint.files.names import is_unit_file_name
from unitlint.syntax.reader import decode, read

BATCH = 400
SUFFIXES = (".service", ".socket", ".timer", ".path", ".mount", ".automount", ".swap", ".slice", ".target")


def main() -> int:
    """Fuzzes; the exit status is 1 where the two disagree."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True)
    parser.add_argument("--release", required=True, type=int)
    parser.add_argument("--corpus", required=True, type=Path)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--values", type=Path, help="a file of values to try, as for tools.fuzz.values")
    parser.add_argument("--show", type=int, default=30, help="how many disagreements to shrink and print")
    arguments = parser.parse_args()
    random = Random(arguments.seed)  # to be repeatable
    seeds, pool = load(arguments.corpus)
    values = (*VALUES, *(read_values(arguments.values) if arguments.values else ()))
    kinds: Counter[str] = Counter()
    done = 0
    while done < arguments.count:
        names = random.sample(sorted(seeds), min(BATCH, arguments.count - done, len(seeds)))
        units = {name: mutant(random.choice(seeds[name]), pool, random, values) for name in names}
        theirs, mine = systemd(arguments.root, arguments.release, units), ours(arguments.release, units)
        for name in names:
            if difference(theirs[name], mine[name]):
                kinds[kind_of(theirs[name], mine[name])] += 1
                if sum(kinds.values()) <= arguments.show:
                    show(name, units[name], arguments)
        done += len(names)
    print(f"{done} mutants, {sum(kinds.values())} disagreements")
    for kind, number in kinds.most_common():
        print(f"{number:>6}  {kind}")
    return int(bool(kinds))


def load(corpus: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The units by name, and the values that they give each directive."""
    seeds: dict[str, list[str]] = defaultdict(list)
    pool: dict[str, set[str]] = defaultdict(set)
    for path in sorted(corpus.rglob("*")):
        if (
            not path.name.endswith(SUFFIXES)
            or not is_unit_file_name(path.name)
            or not path.is_file()
            or ".d" in path.suffix
        ):
            continue
        data = path.read_bytes()
        if foreign(data) or len(data) > 20_000:
            continue
        seeds[path.name].append(decode(data))
        for assignment in read(data, path.name).assignments:
            if "\n" not in assignment.value and assignment.directive[:1].isalpha():
                pool[assignment.directive].add(assignment.value)
    return dict(seeds), {name: sorted(values)[:50] for name, values in pool.items()}


def difference(theirs: Verdict, mine: Verdict) -> bool:
    """True where the two do not speak of the same lines, or do not agree on refusing the unit."""
    if theirs is CRASHED:
        return False
    if theirs.refused != mine.refused:
        return True
    return not theirs.refused and (theirs.lines != mine.lines or theirs.noted != mine.noted)


def kind_of(theirs: Verdict, mine: Verdict) -> str:
    """A disagreement in a word, for counting."""
    if theirs.refused != mine.refused:
        return (
            f"only systemd refuses: {_last(theirs)}" if theirs.refused else f"only unitlint refuses: {_refusal(mine)}"
        )
    missed, more = theirs.lines - mine.lines, mine.lines - theirs.lines
    if not missed and not more:
        said = theirs if theirs.noted else mine
        return f"only {'systemd' if theirs.noted else 'unitlint'} speaks of the unit: {_without_values(said.words[0])}"
    if missed:
        return f"only systemd speaks: {_on(theirs, min(missed))}"
    return f"only unitlint speaks: {_on(mine, min(more))}"


def _on(verdict: Verdict, line: int) -> str:
    """What was said of a line, without the values in it."""
    words = next((one for one in verdict.words if one.startswith(f"{line}: ")), f"{line}: a continued line")
    return _without_values(words.partition(": ")[2])


def _last(verdict: Verdict) -> str:
    return _without_values(verdict.words[-2] if len(verdict.words) > 1 else " ".join(verdict.words))


def _refusal(verdict: Verdict) -> str:
    return _without_values(next((one for one in verdict.words if "refused" in one), ""))


def _without_values(words: str) -> str:
    words = re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "…", words)
    words = re.sub(r"(ignoring|Failed to parse|dependency on|specification)[:, ].*", r"\1", words)
    return re.sub(r"(UL…? \w+|UL\S+ \w+: \w+=).*", r"\1", words)[:80]


def show(name: str, text: str, arguments: argparse.Namespace) -> None:
    """Prints a disagreement with every line left out that it does not need."""

    def differs(lines: list[str]) -> bool:
        unit = {name: "\n".join(lines)}
        theirs = systemd(arguments.root, arguments.release, unit)[name]
        return difference(theirs, ours(arguments.release, unit)[name])

    lines = text.split("\n")
    size = max(len(lines) // 2, 1)
    while size:
        at = 0
        while at < len(lines):
            shorter = lines[:at] + lines[at + size :]
            if shorter and differs(shorter):
                lines = shorter
            else:
                at += size
        size //= 2
    unit = {name: "\n".join(lines)}
    print(f"--- {name}")
    print("\n".join(f"{number:>3} {line!r}" for number, line in enumerate(lines, 1)))
    print("  systemd: ", *systemd(arguments.root, arguments.release, unit)[name].words or ["silent"], sep="\n    ")
    print("  unitlint:", *ours(arguments.release, unit)[name].words or ["silent"], sep="\n    ", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
