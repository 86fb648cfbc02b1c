"""What the check of a plain unit does without, as importing it takes longer than the check itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

UNIT = """\
[Unit]
Description=App
After=network.target

[Service]
ExecStart=/usr/bin/app --serve
User=app
Restart=on-failure
RestartSec=5s
MemoryMax=1G

[Install]
WantedBy=multi-user.target
"""
HEAVY = {"argparse", "dataclasses", "json", "pathlib", "re", "ruamel", "typing"}
SCRIPT = f"""
import sys
before = set(sys.modules)
import unitlint.__main__
unitlint.__main__.leave = lambda status: print("imported:", *sorted({HEAVY} & (set(sys.modules) - before)))
sys.argv = ["unitlint", "check", "--isolated", "app.service"]
unitlint.__main__.entry()
"""


def test_no_heavy_module_is_imported(tmp_path: Path) -> None:
    (tmp_path / "app.service").write_text(UNIT)
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-c", SCRIPT]
    for _ in ("the rules are compiled", "they are cached"):
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "imported:"
