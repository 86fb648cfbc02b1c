"""How far unitlint agrees with the recordings of systemd: by release, by value grammar and by kind, worst first.

    python -m tools.agreement ../shared [--release 257] [--only matrix] [--list]
        [--grammar NAME] [--directive NAME]

matrix   every directive with every value of a pool, a unit each
corpus   real units and drop-ins, by file and line
vectors  small trees: values after merging, messages, refused or not
With --list, or with a grammar's or a directive's name, every disagreement is printed.  The exit status is 1 where an
agreement lies below what is required.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from pathlib import Path

from tools.agreement import corpus, matrix, vectors
from unitlint.catalogue import MEASURED

REQUIRED = 0.999
REQUIRED_OF_A_DIRECTIVE = 0.95


def main() -> int:
    """Prints the figures."""
    arguments = _arguments()
    releases = [arguments.release] if arguments.release else list(MEASURED)
    reached = True
    if arguments.only in (None, "matrix"):
        for name in matrix.RECORDINGS:
            reached &= print_matrix(os.path.join(arguments.shared, "conformance", name), releases, arguments)
    if arguments.only in (None, "corpus"):
        reached &= print_corpus(os.path.join(arguments.shared, "corpus"), releases, arguments)
    if arguments.only in (None, "vectors"):
        reached &= print_vectors(Path(arguments.shared, "vectors", "syntax.json"))
    return 0 if reached else 1


def print_matrix(path: str, releases: list[int], arguments: argparse.Namespace) -> bool:
    """The agreement of the whole product on directive by value; True where it is as high as required."""
    rows = list(matrix.cases(path))
    releases = [release for release in rows[0].outcomes if release in releases]
    by_grammar: dict[str, Counter[bool]] = {}
    by_directive: dict[tuple[str, int], Counter[bool]] = {}
    reached = True
    for release in releases:
        start = time.perf_counter()
        wrong = aside = 0
        asked = [case for case in rows if matrix.was_asked(case, release)]
        for one in matrix.compare(asked, release):
            agrees = one.theirs == one.ours
            if not agrees and matrix.set_aside(one.case.outcomes[release]):
                aside += 1
                continue
            directive = f"{one.case.section}.{one.case.directive}"
            by_grammar.setdefault(one.parser, Counter())[agrees] += 1
            by_directive.setdefault((directive, release), Counter())[agrees] += 1
            wrong += not agrees
            if not agrees and (arguments.list or one.parser == arguments.grammar or directive == arguments.directive):
                print(_disagreement(one, release))
        share = 1 - (wrong + aside) / len(asked)
        reached &= share >= REQUIRED
        took = time.perf_counter() - start
        print(
            f"matrix {release}: {wrong} of {len(asked)} cases disagree and {aside} more that depend on other units,"
            f" {share:.3%} agree ({took:.0f} s)",
            flush=True,
        )
    if releases:
        print("By value grammar:")
    for grammar, counts in sorted(by_grammar.items(), key=_share)[: arguments.worst]:
        print(f"  {_share((grammar, counts)):8.3%} of {counts.total():>7}  {grammar}")
    if releases:
        print("By directive:")
    for (directive, release), counts in sorted(by_directive.items(), key=_share)[: arguments.worst]:
        share = _share((directive, counts))
        reached &= share >= REQUIRED_OF_A_DIRECTIVE
        if counts[False]:
            print(f"  {share:8.3%} of {counts.total():>7}  {directive} at {release}")
    return reached


def print_corpus(path: str, releases: list[int], arguments: argparse.Namespace) -> bool:
    """The agreement on real units; True where it is as high as required, both ways."""
    sources = list(corpus.sources_of(path))
    kinds: Counter[str] = Counter()
    reached = True
    for release in releases:
        if not os.path.exists(os.path.join(path, f"ORACLE-{release}.tsv")):
            continue
        found = corpus.agreement(path, sources, release)
        spoken_of = found.lines + found.units
        missed, extra = len(found.missed), len(found.extra)
        reached &= max(missed, extra) <= (1 - REQUIRED) * spoken_of
        print(
            f"corpus {release}: of {spoken_of} places that systemd speaks of {missed} missed"
            f" ({1 - missed / spoken_of:.2%}), {extra} more found ({1 - extra / spoken_of:.2%})",
            flush=True,
        )
        for title, rows in (("missed", found.missed), ("extra", found.extra)):
            kinds.update(f"{title}: {kind}" for kind, _ in rows)
            for kind, place in rows if arguments.list else ():
                print(f"  {title}\t{place}\t{kind}")
    for kind, count in kinds.most_common(arguments.worst):
        print(f"  {count:>4}  {kind}")
    return reached


def print_vectors(path: Path) -> bool:
    """The vectors that disagree; True where there are none."""
    verdicts = list(vectors.compare(path))
    wrong = [(name, what) for name, what in verdicts if what]
    print(f"vectors: {len(verdicts) - len(wrong)} of {len(verdicts)} agree")
    for name, what in wrong:
        print(f"  {name}: {what}")
    return not wrong


def _share(item: tuple[object, Counter[bool]]) -> float:
    counts = item[1]
    return counts[True] / counts.total()


def _disagreement(one: matrix.Compared, release: int) -> str:
    case = one.case
    said = "; ".join(f"{found.code} {found.effect}: {found.message}" for found in one.findings) or "silent"
    value = case.value.decode("utf-8", "backslashreplace")
    return f"  {release} {case.directive}={value!r}\tsystemd {case.outcomes[release]!r}\tunitlint {one.ours}: {said}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", help="the folder that holds conformance/, corpus/ and vectors/")
    parser.add_argument("--release", type=int, choices=MEASURED)
    parser.add_argument("--only", choices=["matrix", "corpus", "vectors"])
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--grammar", help="list the disagreements of one of systemd's parsers")
    parser.add_argument("--directive", help="list the disagreements of one directive, as Section.Name")
    parser.add_argument("--worst", type=int, default=25, help="how many rows of each table to print")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
