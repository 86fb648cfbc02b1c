"""The findings on a corpus, to be read and judged rule by rule, and what came of it in the rule folders.

    python -m tools.corpus_findings ../shared/corpus ../shared/field/units [--rule UL703] [--at-most 15]
    python -m tools.corpus_findings ../shared/corpus ../shared/field/units --record judged.tsv

Without --record each finding is printed with its line and the lines around it; of a rule with more of them than
--at-most a fixed sample. judged.tsv has a line a rule: code, how many were read, how many were right and worth it.
With it the line `corpus:` of every rule.yaml is written anew; of rules that it does not name only the number of
findings. Fuzz seeds, which are wrong on purpose, do not count.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

from unitlint.api import check_paths
from unitlint.base.finding import Finding

RULES = Path(__file__).parent.parent / "rules"
AROUND = 3
SEED = 14
_LINE = re.compile(r"^corpus: \{findings: \d+, judged: (\d+), right: (\d+)\}$", re.MULTILINE)


def main() -> int:
    """Prints the findings, or records the figures."""
    arguments = _arguments()
    found = [
        finding
        for folder in arguments.folders
        for finding in check_paths([folder], respect_gitignore=False).findings
        if f"{folder}/fuzz/" not in finding.path
    ]
    if arguments.record:
        record(Counter(finding.code for finding in found), arguments.record)
        return 0
    by_code: dict[str, list[Finding]] = {}
    for finding in found:
        if arguments.rule in (None, finding.code) and arguments.severity in (None, finding.severity):
            by_code.setdefault(finding.code, []).append(finding)
    for code, findings in sorted(by_code.items()):
        print(f"===== {code} {findings[0].name}: {len(findings)} findings")
        many = len(findings) > arguments.at_most
        for finding in random.Random(SEED).sample(findings, arguments.at_most) if many else findings:
            show(finding)
    return 0


def show(finding: Finding) -> None:
    """The finding, and what stands around it."""
    print(f"-- {finding.path}:{finding.line} {finding.severity}: {finding.message}")
    lines = Path(finding.path).read_text(encoding="utf-8", errors="replace").splitlines()
    for number in range(max(1, finding.line - AROUND), min(len(lines), finding.line + AROUND) + 1):
        print(f"   {'>' if number == finding.line else ' '} {lines[number - 1][:160]}")


def record(counts: Counter[str], judged: Path) -> None:
    """Writes the figures into the rule folders."""
    figures = {code: (read, right) for code, read, right in map(str.split, judged.read_text().splitlines())}
    for path in sorted(RULES.glob("*/*/rule.yaml")):
        code = path.parent.name.partition("-")[0]
        text = path.read_text(encoding="utf-8")
        before = _LINE.search(text)
        number = counts[code]
        old = (int(before[1]), int(before[2])) if before else (0, 0)
        read, right = map(int, figures[code]) if code in figures else old
        if code not in figures and read > number:
            read, right = number, min(right, number)
        line = f"corpus: {{findings: {number}, judged: {read}, right: {right}}}"
        text = _LINE.sub(line, text) if before else f"{text.rstrip()}\n{line}\n"
        path.write_text(text, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--rule", help="only this rule")
    parser.add_argument("--severity", choices=("error", "warning", "info"), help="only findings of this severity")
    parser.add_argument("--at-most", type=int, default=15, help="so many of each rule (default: 15)")
    parser.add_argument("--record", type=Path, help="file with the figures: code, read, right")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
