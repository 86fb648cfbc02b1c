"""Messages picked at random, as people see them: to judge how unitlint speaks.

``python -m tools.random_messages ../shared/corpus ../shared/field/units --seed 5`` checks the folders under the profile
``strict``, picks 40 rules at random among those that find something, and prints one finding of each with its help.
``--evenly`` picks among all findings instead, where frequent rules come up often.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from unitlint.api import check_paths
from unitlint.base.finding import Finding
from unitlint.report.terminal import safe


def picked(findings: Sequence[Finding], seed: int, count: int, *, evenly: bool = False) -> list[Finding]:
    """``count`` findings, the same ones for the same seed: of different rules, or with ``evenly`` any."""
    chance = random.Random(seed)
    ordered = sorted(findings, key=lambda finding: (finding.code, finding.path, finding.line, finding.column))
    if evenly:
        return chance.sample(ordered, min(count, len(ordered)))
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in ordered:
        by_rule[finding.code].append(finding)
    codes = chance.sample(sorted(by_rule), min(count, len(by_rule)))
    return [chance.choice(by_rule[code]) for code in codes]


def shown(finding: Finding) -> Iterator[str]:
    """A finding in the two lines of it that hold sentences."""
    yield f"{finding.code} {finding.severity}: {safe(finding.message)}"
    if finding.help:
        yield f"  help: {safe(' '.join(finding.help.split()))}"


def main() -> None:
    """Checks the folders and prints what was picked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--evenly", action="store_true")
    chosen = parser.parse_args()
    findings = check_paths(chosen.folders, profile="strict", respect_gitignore=False).findings
    for finding in picked(findings, chosen.seed, chosen.count, evenly=chosen.evenly):
        print("\n".join(shown(finding)))


if __name__ == "__main__":
    main()
