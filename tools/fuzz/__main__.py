"""`python -m tools.fuzz --root DIR/257 --release 257 --corpus ../shared/corpus [--count 10000] [--seed 1]`.

DIR/257 is a root with that systemd release (needs chroot).  Prints disagreements, each shrunk to the
lines that it takes, how many there were of each kind, and three figures: of the lines that systemd speaks of the
share that unitlint finds, of those that unitlint speaks of the share that systemd does, and of all units the share
on which the two agree whether they load.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from random import Random

from tools.fuzz.judge import CRASHED, At, Verdict, is_of_the_machine, ours, systemd
from tools.fuzz.mutate import VALUES, Tree, mutant_tree
from tools.fuzz.values import read_values
from unitlint.files.classify import foreign
from unitlint.files.names import is_unit_file_name
from unitlint.syntax.reader import decode, read

BATCH = 400
OF_USERS = 1 / 8
"""The share of batches that a user's manager reads."""
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
    figures: Counter[str] = Counter()
    while done < arguments.count:
        names = random.sample(sorted(seeds), min(BATCH, arguments.count - done, len(seeds)))
        units = {name: mutant_tree(name, random.choice(seeds[name]), pool, random, values) for name in names}
        user = random.random() < OF_USERS
        theirs = systemd(arguments.root, arguments.release, units, user=user)
        mine = ours(arguments.release, units, user=user)
        for name in names:
            if difference(theirs[name], mine[name]):  # another unit of the batch may be why
                theirs |= systemd(arguments.root, arguments.release, {name: units[name]}, user=user)
            if theirs[name] is CRASHED or is_of_the_machine(units[name], theirs[name], mine[name]):
                figures["aside"] += 1
                continue
            _count(theirs[name], mine[name], figures)
            if difference(theirs[name], mine[name]):
                kinds[kind_of(theirs[name], mine[name])] += 1
                if sum(kinds.values()) <= arguments.show:
                    show(name, units[name], arguments, user=user)
        done += len(names)
    print(f"{done} mutants, {figures['aside']} of them decided by the machine, {sum(kinds.values())} disagreements")
    print(_shares(figures))
    for kind, number in kinds.most_common():
        print(f"{number:>6}  {kind}")
    return int(bool(kinds))


def _count(theirs: Verdict, mine: Verdict, figures: Counter[str]) -> None:
    figures["units"] += 1
    figures["agree"] += theirs.refused == mine.refused
    if not theirs.refused and not mine.refused:
        figures["theirs"] += len(theirs.lines)
        figures["ours"] += len(mine.lines)
        figures["both"] += len(theirs.lines & mine.lines)


def _shares(figures: Mapping[str, int]) -> str:
    found, said, verdict = (
        figures[part] / max(figures[whole], 1)
        for part, whole in (("both", "theirs"), ("both", "ours"), ("agree", "units"))
    )
    return f"found {found:.3%}, said by systemd too {said:.3%}, verdict on the unit {verdict:.3%}"


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


def _on(verdict: Verdict, place: At) -> str:
    """What was said of a line, without the values in it."""
    below, line = place
    words = next((said for said in verdict.words if f"{below}:{line}: " in said), f"{line}: a continued line")
    return _without_values(words.partition(": ")[2])


def _last(verdict: Verdict) -> str:
    return _without_values(verdict.words[-2] if len(verdict.words) > 1 else " ".join(verdict.words))


def _refusal(verdict: Verdict) -> str:
    return _without_values(next((one for one in verdict.words if "refused" in one), ""))


def _without_values(words: str) -> str:
    words = re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "…", words)
    words = re.sub(r"(ignoring|Failed to parse|dependency on|specification)[:, ].*", r"\1", words)
    return re.sub(r"(UL…? \w+|UL\S+ \w+: \w+=).*", r"\1", words)[:80]


def show(name: str, tree: Tree, arguments: argparse.Namespace, *, user: bool) -> None:
    """Prints a disagreement with every line, drop-in and link left out that it does not need."""

    def differs(smaller: Tree) -> bool:
        unit = {name: smaller}
        theirs = systemd(arguments.root, arguments.release, unit, user=user)[name]
        return difference(theirs, ours(arguments.release, unit, user=user)[name])

    for smaller in (tree._replace(drop_ins={}), tree._replace(links={}), tree._replace(drop_ins={}, links={})):
        if smaller != tree and differs(smaller):
            tree = smaller
    lines = tree.text.split("\n")
    size = max(len(lines) // 2, 1)
    while size:
        at = 0
        while at < len(lines):
            shorter = lines[:at] + lines[at + size :]
            if shorter and differs(tree._replace(text="\n".join(shorter))):
                lines = shorter
            else:
                at += size
        size //= 2
    tree = tree._replace(text="\n".join(lines))
    print(f"--- {name}{' of a user' if user else ''}")
    for path, text in (("", tree.text), *tree.drop_ins.items()):
        print(f"{path}:" if path else "", end="\n" if path else "")
        print("\n".join(f"{number:>3} {line!r}" for number, line in enumerate(text.split("\n"), 1)))
    for path, target in tree.links.items():
        print(f"{path} -> {target}")
    unit = {name: tree}
    theirs = systemd(arguments.root, arguments.release, unit, user=user)[name]
    print("  systemd: ", *theirs.words or ["silent"], sep="\n    ")
    print("  unitlint:", *ours(arguments.release, unit, user=user)[name].words or ["silent"], sep="\n    ", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
