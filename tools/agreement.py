"""How far the value grammars agree with the recordings of systemd.

    python -m tools.agreement ../shared/conformance/matrix.tsv.gz [--release 257] [--parser NAME]

By class: silent, a finding that is warned or ignored, refused.  Prints each release's agreement and the parsers and
directives that are worst; with --parser or --directive every disagreement.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from unitlint.catalogue import known, lookup, parser_of
from unitlint.grammar.problem import Context
from unitlint.grammar.table import check_value

SUFFIX = {"Unit": "service", "Install": "service"}
Row = tuple[str, str, str, int, str, str]


def main() -> None:
    """Prints the figures."""
    arguments = _arguments()
    right: Counter[int] = Counter()
    total: Counter[int] = Counter()
    by_parser: dict[str, Counter[bool]] = {}
    by_directive: dict[tuple[str, int], Counter[bool]] = {}
    for section, name, value, release, outcome, parser in rows(arguments.matrix):
        if arguments.release and release != arguments.release:
            continue
        entry = lookup("unit", section, name) or {}
        unit = f"k1.{SUFFIX.get(section, section.lower())}"
        problems = check_value(parser, value, Context(release, section, name, entry, unit_name=unit))
        refused = any(one.effect == "refused" for one in problems) or (not value.isprintable() and "\udcff" in value)
        ours = "R" if refused else "w" if problems else "."
        agrees = ours == outcome[0]
        right[release] += agrees
        total[release] += 1
        by_parser.setdefault(parser, Counter())[agrees] += 1
        by_directive.setdefault((f"{section}.{name}", release), Counter())[agrees] += 1
        if not agrees and (parser == arguments.parser or f"{section}.{name}" == arguments.directive):
            print(release, f"{section}.{name}={value!r}", f"systemd {outcome!r}", f"unitlint {ours}", sep="\t")
    for release in sorted(total):
        print(f"{release}: {right[release]} of {total[release]}, {right[release] / total[release]:.3%}")
    for parser, counts in sorted(by_parser.items(), key=lambda item: -item[1][False])[: arguments.worst]:
        if counts[False]:
            print(f"{counts[False]:>7} of {counts.total():>7}  {parser}")
    for (directive, release), counts in sorted(by_directive.items(), key=lambda item: -item[1][False])[:10]:
        if counts[False]:
            print(f"  {counts[True] / counts.total():.1%}  {directive} at {release}")


def rows(matrix: Path) -> Iterator[Row]:
    """(section, directive, value, release, outcome, parser) of every case that the release knows."""
    with gzip.open(matrix, "rt", encoding="utf-8") as file:
        releases = [int(name) for name in file.readline().rstrip("\n").split("\t")[3:]]
        for line in file:
            section, name, shown, *outcomes = line.rstrip("\n").split("\t")
            value = shown.encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "surrogateescape")
            entry = lookup("unit", section, name)
            for release, outcome in zip(releases, outcomes, strict=True):
                if outcome != "-" and entry is not None and known(entry, release) and "\n" not in value:
                    yield section, name, value.strip(" \t\n\r"), release, outcome, parser_of(entry, release) or ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("matrix", type=Path)
    parser.add_argument("--release", type=int)
    parser.add_argument("--parser")
    parser.add_argument("--directive")
    parser.add_argument("--worst", type=int, default=25)
    return parser.parse_args()


if __name__ == "__main__":
    main()
