"""What the tests of the language server share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.lsp.editor import Editor


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace: a service with a drop-in, its slice and a timer, under settings that ask for everything."""
    folder = tmp_path / "work space"
    folder.mkdir()
    (folder / "unitlint.toml").write_text("systemd-version = 257\n")
    (folder / "web.service").write_text(WEB)
    (folder / "web.service.d").mkdir()
    (folder / "web.service.d" / "10-memory.conf").write_text("[Service]\nMemoryMax=2G\n")
    (folder / "web.slice").write_text("[Unit]\nDescription=Slice\n\n[Slice]\nMemoryMax=4G\n")
    (folder / "report.timer").write_text(
        "[Unit]\nDescription=Report\n\n[Timer]\nOnCalendar=daily\nUnit=web.service\n\n[Install]\nWantedBy=timers.target\n"
    )
    return folder


WEB = """\
[Unit]
Description=Web

[Service]
ExecStart=/usr/bin/web
User=web
Slice=web.slice
MemoryMax=1G
RestartSec=5s
Restart=on-failure

[Install]
WantedBy=multi-user.target
"""


BROKEN = WEB.replace("Restart=on-failure", "Restart=on-fail")


@pytest.fixture
def editor(folder: Path) -> Editor:
    """An editor that has this folder open."""
    return Editor(folder)


@pytest.fixture
def editors(repository: Path) -> Path:
    """The folder of snippets."""
    return repository / "editors"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables with a `unitlint` on the PATH: that of this checkout."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "unitlint"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m unitlint "$@"\n')
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}
