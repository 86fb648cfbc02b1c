"""A rule such as people write for themselves, and what it finds in a unit."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import unitlint

numbers = count(100)
HEAD = """\
code: {code}
name: own-rule
category: own
severity: warning
profile: default
applies-to: [all]
message: "{{directive}}={{value}}"
why: because
how-to-fix: change it
"""


def findings(folder: Path, lines: str, body: str, name: str = "x.service") -> list[tuple[int, str]]:
    code = f"XX{next(numbers)}"
    rule = folder / code / f"{code}-own-rule"
    rule.mkdir(parents=True)
    (rule / "rule.yaml").write_text(HEAD.format(code=code) + lines)
    found = unitlint.check_text(body, name, rules=[str(folder / code)], select=[code])
    return [(one.line, one.message) for one in found]
