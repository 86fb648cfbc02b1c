"""Puts the manual page and the compiled rules and events into the wheel, so that nobody who installs it parses YAML."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TARGET = "unitlint/_rules/compiled.marshal"
EVENTS = "unitlint/_events/compiled.marshal"
MAN_PAGE = "share/man/man1/unitlint.1"


class CompiledRules(BuildHookInterface):
    """Runs two modules of the checkout that make files; an editable install compiles the rules at its first run."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._folder = tempfile.mkdtemp()
        for module, target in (
            ("unitlint.rules.compile", TARGET),
            ("unitlint.diagnose.compile", EVENTS),
            ("tools.site.man", f"unitlint-{self.metadata.version}.data/data/{MAN_PAGE}"),
        ):
            made = os.path.join(self._folder, module, os.path.basename(target))
            os.makedirs(os.path.dirname(made), exist_ok=True)
            self._run(module, made)
            build_data["force_include"][made] = target

    def _run(self, module: str, made: str) -> None:
        # A front end may hand over the build requirements in sys.path alone.
        search_path = os.pathsep.join([os.path.join(self.root, "src"), self.root, *filter(None, sys.path)])
        environment = {**os.environ, "PYTHONPATH": search_path}
        command = [sys.executable, "-m", module, made]
        subprocess.run(command, check=True, env=environment, cwd=self.root)  # noqa: S603  # our own modules

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        del build_data, artifact_path
        if version != "editable":
            from shutil import rmtree

            rmtree(self._folder, ignore_errors=True)
