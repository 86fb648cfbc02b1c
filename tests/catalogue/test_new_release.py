"""A made-up release after the newest, added as docs/new-release.md says: nothing but the data changes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.build_catalogue import REPOSITORY
from unitlint.catalogue import NEWEST

NEXT = NEWEST + 1
UNIT = "[Service]\nExecStart=/bin/true\nShopHours=maybe\nPrivateDevices=maybe\nRestartMode=sideways\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package whose catalogue knows one release more."""
    folder = tmp_path_factory.mktemp("next")
    shutil.copytree(
        REPOSITORY / "src" / "unitlint", folder / "src" / "unitlint", ignore=shutil.ignore_patterns("*.pyc")
    )
    shutil.copytree(REPOSITORY / "rules", folder / "rules", symlinks=True)
    shutil.copytree(REPOSITORY / "data", folder / "data")
    change(folder / "data" / "releases.toml", f"newest = {NEWEST}", f"newest = {NEXT}")
    service = folder / "data" / "directives" / "service.toml"
    line = f'ShopHours = {{since = {NEXT}, parser = "config_parse_bool", type = "bool"}}\n'
    change(service, "[group.directives]\n", f"[group.directives]\n{line}")
    restart = re.search(r"^RestartMode = .*$", service.read_text(), re.MULTILINE)
    assert restart is not None
    changed = restart[0].replace('"normal"', '"normal", "sideways"')
    changed = changed.replace("enum_since = {", f"enum_since = {{sideways = {NEXT}, ")
    change(service, restart[0], changed)
    command = [sys.executable, "-m", "tools.build_catalogue", "--data", str(folder / "data")]
    subprocess.run([*command, "--into", str(folder / "src" / "unitlint")], cwd=REPOSITORY, check=True)
    return folder


def change(path: Path, old: str, new: str) -> None:
    """The text of a file with its first ``old`` replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def codes(package: Path, release: int | None) -> set[tuple[str, int]]:
    """Code and line of each finding in UNIT by the conform profile."""
    (package / "a.service").write_text(UNIT, encoding="utf-8")
    chosen = [] if release is None else ["--systemd-version", str(release)]
    command = [sys.executable, "-m", "unitlint", "check", "--isolated", "--profile", "conform", *chosen]
    done = subprocess.run(
        [*command, "--output-format", "concise", "a.service"],
        cwd=package, env={"PYTHONPATH": str(package / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return {(code, int(line)) for line, code in re.findall(r":(\d+):\d+:.*?\b(UL\d+)", done.stdout)}


def test_what_is_new_is_known_at_the_new_release_only(package: Path) -> None:
    assert codes(package, NEXT) == {("UL103", 3), ("UL103", 4)}
    assert codes(package, NEWEST) == {("UL110", 3), ("UL103", 4), ("UL103", 5)}


def test_the_new_release_is_the_default(package: Path) -> None:
    assert codes(package, None) == codes(package, NEXT)


def test_the_rules_hold_at_the_new_release(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "unitlint", "test-rules", "rules"],
        cwd=package, env={"PYTHONPATH": str(package / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
