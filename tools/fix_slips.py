"""Makes slips of the pen in real units and asks whether --fix takes them back.

    python tools/fix_slips.py CORPUS [--number 2000] [--seed 1]

In each unit one directive's name, or one word of a fixed choice, gets a letter too many, too few, wrong or exchanged
with its neighbour. A safe fix must give the file that was there before; what it makes wrong is printed.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

import unitlint
from unitlint.files.gather import discovered
from unitlint.fix.apply import apply
from unitlint.settings.model import Settings
from unitlint.syntax.document import Assignment
from unitlint.syntax.reader import read

CHOICES = frozenset((
    "Type", "Restart", "KillMode", "ProtectSystem", "ProtectHome", "NotifyAccess", "OOMPolicy", "DevicePolicy",
    "StandardOutput", "KillSignal", "IOSchedulingClass", "RuntimeDirectoryPreserve", "WantedBy", "After",
))  # fmt: skip
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def main() -> int:
    """Prints how many slips were taken back, left to a person, or made worse; the status tells of the last."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--number", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    sources = discovered([str(arguments.corpus)], Settings(respect_gitignore=False))
    paths = sorted(one.path for one in sources if one.kind == "unit" and "fuzz" not in one.path)
    outcomes: Counter[str] = Counter()
    while sum(outcomes.values()) < arguments.number:
        path = Path(chance.choice(paths))
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        lines = accepted_lines(text, path.name)
        if lines:
            outcomes[outcome(text, path.name, chance.choice(lines), chance)] += 1
    for name in ("names", "values"):
        print(name, {key.partition(" ")[2]: count for key, count in sorted(outcomes.items()) if key.startswith(name)})
    return int(any("wrong" in name for name in outcomes))


def accepted_lines(text: str, name: str) -> list[Assignment]:
    """The assignments of one line that a slip can be made in: nothing is to be mended there yet."""
    mended = {one.line for one in unitlint.check_text(text, name) if one.fix is not None}
    found = read(text, name).assignments
    return [one for one in found if one.value and one.line == one.end_line and one.line not in mended]


def outcome(text: str, name: str, line: Assignment, chance: random.Random) -> str:
    """What becomes of one slip: ``names taken back``, ``values left alone``, … or ``wrong``."""
    kind = "values" if line.directive in CHOICES and chance.random() < 0.6 else "names"
    good = line.value if kind == "values" else line.directive
    bad = slip(good, chance)
    rows = text.split("\n")
    head, equals, tail = rows[line.line - 1].partition("=")
    row = head + equals + tail.replace(good, bad) if kind == "values" else head.replace(good, bad) + equals + tail
    broken = "\n".join([*rows[: line.line - 1], row, *rows[line.line :]])
    before = fixes(text, name)
    new = [one for one in unitlint.check_text(broken, name) if one.fixable and (one.code, one.message) not in before]
    if broken == text or not any(one.line == line.line for one in new):
        return f"{kind} left alone"
    mended = apply(broken, new).text
    if mended == text:
        return f"{kind} taken back"
    print(f"{name}:{line.line}: {good} -> {bad}: {[(one.code, one.fix and one.fix.says) for one in new]}")
    return f"{kind} made wrong"


def fixes(text: str, name: str) -> set[tuple[str, str]]:
    """What was to be mended before there was a slip."""
    return {(one.code, one.message) for one in unitlint.check_text(text, name) if one.fixable}


def slip(word: str, chance: random.Random) -> str:
    """The word with one slip of the pen."""
    at = chance.randrange(len(word))
    kind = chance.randrange(5)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + chance.choice(LETTERS) + word[at:]
    if kind == 2:
        return word[:at] + chance.choice(LETTERS) + word[at + 1 :]
    if kind == 3:
        return word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    return word.swapcase() if chance.random() < 0.3 else word[:at] + word[at] + word[at:]


if __name__ == "__main__":
    raise SystemExit(main())
