"""Puts the compiled rules into the wheel, so that an installed unitlint never parses YAML to start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "unitlint/_rules/compiled.marshal"


class CompiledRules(BuildHookInterface):
    """Runs `python -m unitlint.rules.compile` on the checkout; an editable install compiles at its first run."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = tempfile.mkdtemp()
        compiled = os.path.join(self._folder, "compiled.marshal")
        # A front end may hand over the build requirements in sys.path alone.
        search_path = os.pathsep.join([os.path.join(self.root, "src"), *filter(None, sys.path)])
        environment = {**os.environ, "PYTHONPATH": search_path}
        subprocess.run(  # noqa: S603  # our own module
            [sys.executable, "-m", "unitlint.rules.compile", compiled], check=True, env=environment, cwd=self.root
        )
        build_data["force_include"][compiled] = TARGET

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        del build_data, artifact_path
        if version != "editable":
            from shutil import rmtree

            rmtree(self._folder, ignore_errors=True)
