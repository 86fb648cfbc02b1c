"""`python -m tools.fuzz.values --roots DIR --values FILE [--release 257] [--random 20000] [--out FILE]`.

Asks the real systemd of each root in DIR (needs chroot) what it says of directives with values, a unit each, and
compares.  One directive stands for all that one of systemd's functions parses.  With --random, values are made up of
pieces of those in FILE; with --out, the outcomes are written down as a recording.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from tools.agreement.matrix import BASES, SERVICE, STARTED, Case, compare
from tools.fuzz.judge import HOST_SPECIFIERS, OF_THE_MACHINE, systemd
from tools.fuzz.mutate import Tree
from unitlint.catalogue import MEASURED, directives_of, known, lookup, parser_of

BATCH = 1000
SECTIONS = tuple(BASES)
ODD = (" ", "  ", "\t", ",", ":", ";", "=", "-", "+", "!", "~", "@", "|", "%", "%i", "%%", "\\", '"', "'", "/", "//",
       ".", "..", "/.", "0", "00", "x", "K", "é", "$A", "*", "?", "#", "\x01", "_", "\\x41", "\\n")  # fmt: skip
Asked = tuple[str, str, str]


def main() -> int:
    """Asks and compares; the exit status is 1 where the two disagree."""
    arguments = _arguments()
    values = read_values(arguments.values)
    releases = [arguments.release] if arguments.release else list(MEASURED)
    asked = list(_asked(values, releases, arguments))
    recorded: dict[Asked, dict[int, str]] = {one: {} for one in asked}
    differ: Counter[str] = Counter()
    aside = 0
    for release in releases:
        for start in range(0, len(asked), BATCH):
            part = asked[start : start + BATCH]
            outcomes = ask(arguments.roots / str(release), release, part)
            cases = [
                Case(section, directive, value.encode("utf-8", "surrogateescape"), {release: outcome})
                for (section, directive, value), outcome in zip(part, outcomes, strict=True)
            ]
            for one, found in zip(part, compare(cases, release), strict=True):
                recorded[one][release] = found.theirs
                if found.theirs != found.ours and _is_of_the_machine(one[2], outcomes[part.index(one)]):
                    aside += 1
                elif found.theirs != found.ours:
                    differ[found.parser] += 1
                    said = "; ".join(f"{finding.code} {finding.message}" for finding in found.findings)
                    print(
                        release, f"{one[0]}.{one[1]}={one[2]!r}", outcomes[part.index(one)], found.ours, said, sep="\t"
                    )
    number = len(asked) * len(releases)
    share = 1 - differ.total() / (number - aside)
    print(f"{number} cases, {differ.total()} disagreements and {aside} that depend on the machine: {share:.4%} agree")
    for parser, count in differ.most_common():
        print(f"{count:>6}  {parser}")
    if arguments.out:
        write(arguments.out, recorded, releases)
    return int(bool(differ))


def _is_of_the_machine(value: str, outcome: str) -> bool:
    return HOST_SPECIFIERS.search(value) is not None or any(part in outcome for part in OF_THE_MACHINE)


def read_values(path: Path) -> list[str]:
    """The values of a file, one a line with Python's escapes; lines that begin with ## are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    values = [line.encode("latin-1", "backslashreplace").decode("unicode_escape") for line in lines if line[:2] != "##"]
    return list(dict.fromkeys(value for value in values if "\n" not in value))


def ask(root: Path, release: int, asked: Iterable[Asked]) -> list[str]:
    """What systemd says of each: ``.``, ``w`` or ``R`` and its words."""
    units: dict[str, str] = {}
    places: list[tuple[str, int]] = []
    for number, (section, directive, value) in enumerate(asked):
        suffix, text = BASES[section]
        name, text = f"k{number}.{suffix}", text.format(name=f"k{number}")
        units[name] = f"{text}{directive}={value}\n"
        places.append((name, text.count("\n") + 1))
        if suffix in STARTED:
            units[f"k{number}{STARTED[suffix]}"] = SERVICE
    verdicts = systemd(str(root), release, {name: Tree(text) for name, text in units.items()})
    outcomes = []
    for name, line in places:
        verdict = verdicts[name]
        spoken = verdict.refused or verdict.noted or any(at >= line for _, at in verdict.lines)
        outcomes.append(("R" if verdict.refused else "w" if spoken else ".") + " " + "; ".join(verdict.words)[:200])
    return outcomes


def _asked(values: list[str], releases: list[int], arguments: argparse.Namespace) -> Iterator[Asked]:
    chosen = list(_directives(releases, arguments.directive))
    random = Random(arguments.seed)  # to be repeatable
    if not arguments.random:
        every = [(section, directive, value) for section, directive in chosen for value in values]
        yield from random.sample(every, min(arguments.sample or len(every), len(every)))
        return
    made: set[Asked] = set()
    while len(made) < arguments.random:
        section, directive = random.choice(chosen)
        made.add((section, directive, _mutated(_seed(section, directive, values, random), values, random)))
    yield from sorted(made)


def _directives(releases: list[int], only: str | None) -> Iterator[tuple[str, str]]:
    """One directive for each function and section that some release parses with it."""
    seen: set[tuple[object, ...]] = set()
    for section in SECTIONS:
        for directive in directives_of("unit", section):
            if only is not None and only != f"{section}.{directive}":
                continue
            entry = lookup("unit", section, directive) or {}
            parsers = [parser_of(entry, release) for release in releases if known(entry, release)]
            key = (section in ("Socket", "Mount", "Swap", "Slice"), *parsers)
            shared = key[0] and lookup("unit", "Service", directive) is not None
            if len(key) > 1 and key not in seen and not shared:
                seen.add(key)
                yield section, directive


def _seed(section: str, directive: str, values: list[str], random: Random) -> str:
    entry = lookup("unit", section, directive) or {}
    words = [str(word) for word in (*(entry.get("enum") or ()), *(entry.get("keywords") or ()))]
    return random.choice(words) if words and random.random() < 0.4 else random.choice(values)


def _mutated(value: str, values: list[str], random: Random) -> str:
    for _ in range(random.randint(0, 2)):
        at = random.randint(0, len(value))
        change = random.randrange(5)
        if change == 0:
            value = value[:at] + random.choice(ODD) + value[at:]
        elif change == 1:
            value = value[:at] + value[at + random.randint(1, 2) :]
        elif change == 2:
            value = value + random.choice(ODD) + random.choice(values)
        elif change == 3:
            value = random.choice(ODD) + value
        else:
            value = value[:at] + random.choice(values)
    return value


def write(path: Path, recorded: dict[Asked, dict[int, str]], releases: list[int]) -> None:
    """A gzipped table: section, directive, value, then one letter a release."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") as file:
        for (section, directive, value), outcomes in recorded.items():
            shown = value.encode("utf-8", "surrogateescape").decode("latin-1").encode("unicode_escape").decode()
            letters = "".join(outcomes[release] for release in releases)
            file.write(f"{section}\t{directive}\t{shown}\t{letters}\n".encode())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--roots", required=True, type=Path)
    parser.add_argument("--values", required=True, type=Path)
    parser.add_argument("--release", type=int, choices=MEASURED)
    parser.add_argument("--directive", help="only this one, as Section.Name")
    parser.add_argument("--sample", type=int, help="ask only so many of the cases")
    parser.add_argument("--random", type=int, default=0, help="make up so many values instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
