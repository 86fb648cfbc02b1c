"""The findings of two checkouts on the same files, side by side: for a change that must not change any.

``python -m tools.same_findings OTHER_CHECKOUT ../shared`` checks the corpus and the field units at three releases in
every profile with both checkouts, and prints each finding that only one of them makes. Exit status 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

RELEASES = (247, 252, 262)
PROFILES = ("conform", "default", "strict")
SETS = ("corpus", "field/units")


def findings(checkout: Path, folder: Path, release: int, profile: str) -> Counter[str]:
    """Every finding of ``unitlint check FOLDER``, as the JSON of one finding, with the number of times it is made."""
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--output-format", "json"]
    command += ["--systemd-version", str(release), "--profile", profile, str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONHASHSEED": "0"}
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=folder)
    if found.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)}\n{found.stderr}")
    report = json.loads(found.stdout)
    return Counter(json.dumps(finding, sort_keys=True) for finding in report["findings"])


def differences(before: Counter[str], after: Counter[str]) -> Iterator[str]:
    """A line for each finding that only one side makes."""
    for sign, only in (("-", before - after), ("+", after - before)):
        for text, times in sorted(only.items()):
            finding = json.loads(text)
            place = f"{finding['path']}:{finding['line']}:{finding['column']}"
            yield f"  {sign} {place}: {finding['code']} {finding['message']}" + (
                f" ({times} times)" if times > 1 else ""
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("other", type=Path, help="a checkout of the state before")
    parser.add_argument("shared", type=Path)
    parser.add_argument("--most", type=int, default=20, help="differences to print of each run")
    chosen = parser.parse_args()
    here = Path(__file__).parents[1]
    differ = 0
    for name in SETS:
        for release in RELEASES:
            for profile in PROFILES:
                folder = (chosen.shared / name).resolve()
                before, after = (findings(checkout, folder, release, profile) for checkout in (chosen.other, here))
                lines = list(differences(before, after))
                differ += len(lines)
                counts = f"{before.total()} before, {after.total()} after, {len(lines)} differ"
                print(f"{name} at {release}, {profile}: {counts}")
                print("\n".join(lines[: chosen.most]), end="\n" if lines else "", flush=True)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
