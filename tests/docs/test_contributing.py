"""CONTRIBUTING.md followed word by word, in a copy of the checkout: a rule with conditions, and one in Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.site.console import Block, blocks

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "CONTRIBUTING.md"
CODE = "UL630"
"""The code of the page; the next free one may be another by now."""
NAME = "watchdog-below-a-second"
HEADER = """\
from __future__ import annotations

from collections.abc import Iterator

from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit


"""


def steps(language: str) -> list[Block]:
    """The blocks of this language that this module runs."""
    found = blocks(PAGE.read_text(encoding="utf-8"))
    here = "tests/docs/test_contributing.py"
    return [block for block in found if block.language == language and block.notes.get("run by") == here]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what a rule is made of."""
    for folder in ("src", "rules"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def unitlint(checkout: Path, *arguments: str) -> str:
    """What a command prints, and how it ends."""
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src"), "XDG_CACHE_HOME": str(checkout / "cache")}
    command = [sys.executable, "-m", "unitlint", *arguments]
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}exit status {done.returncode}\n"


def begin(checkout: Path) -> tuple[str, Path]:
    """Step 1: the code that the new rule got, and its folder."""
    command, _, printed = steps("console")[0].body.removeprefix("$ unitlint ").partition("\n")
    said = unitlint(checkout, *command.split())
    code = re.search(r"UL\d{3}", said)
    assert code, said
    assert said == printed.replace(CODE, code[0]) + "exit status 0\n"
    return code[0], checkout / "rules" / "lifecycle" / f"{code[0]}-{NAME}"


def test_a_new_rule_with_conditions(checkout: Path) -> None:
    code, folder = begin(checkout)
    (bad,), (rule,) = steps("ini"), steps("yaml")
    (folder / "bad.service").write_text(bad.body.replace(CODE, code))
    (folder / "good.service").write_text("[Service]\nExecStart=/usr/bin/web\nWatchdogSec=1\n")
    (folder / "rule.yaml").write_text(rule.body.replace(CODE, code))
    command, _, printed = steps("console")[1].body.removeprefix("$ unitlint ").partition("\n")
    said = unitlint(checkout, *command.replace(CODE, code).split())
    assert said == printed.replace(CODE, code) + "exit status 0\n"
    shown = unitlint(checkout, "check", "--isolated", str(folder / "bad.service"))
    assert f"{code}" in shown
    assert "WatchdogSec=100ms kills the service" in shown


def test_what_new_rule_writes_is_a_rule(checkout: Path) -> None:
    _, folder = begin(checkout)
    assert "all passed" in unitlint(checkout, "test-rules", str(folder))


def test_a_new_rule_in_python(checkout: Path) -> None:
    code, folder = begin(checkout)
    (predicate,) = steps("python")
    module = checkout / "src/unitlint/checks/lifecycle/policies.py"
    module.write_text(HEADER + predicate.body)
    (folder / "bad.service").write_text(f"[Service]\nExecStart=/usr/bin/web\n# expect: {code}\nOOMPolicy=continue\n")
    (folder / "good.service").write_text("[Service]\nExecStart=/usr/bin/web\nOOMPolicy=stop\n")
    rule = steps("yaml")[0].body.replace(CODE, code).partition("match:")[0]
    rule = re.sub(r"^message: .*$", 'message: "OOMPolicy={policy}"', rule, flags=re.MULTILINE)
    rule += "directives: [Service.OOMPolicy]\ncheck: lifecycle.policies:keeps_running\n"
    (folder / "rule.yaml").write_text(rule)
    said = unitlint(checkout, "test-rules", str(folder))
    assert "all passed" in said, said
    (folder / "rule.yaml").write_text(rule.replace("keeps_running", "keeps_runing"))
    said = unitlint(checkout, "test-rules", str(folder))
    assert "src/unitlint/checks/lifecycle/policies.py has no `keeps_runing`" in said
    assert "did you mean `keeps_running`?" in said
    assert "exit status 2" in said
    (folder / "rule.yaml").write_text(rule.replace("lifecycle.policies", "lifecycle.polices"))
    assert "there is no src/unitlint/checks/lifecycle/polices.py" in unitlint(checkout, "test-rules", str(folder))
    (folder / "rule.yaml").write_text(rule.replace("lifecycle.policies:", "lifecycle/policies:"))
    assert "is not module:function" in unitlint(checkout, "test-rules", str(folder))
