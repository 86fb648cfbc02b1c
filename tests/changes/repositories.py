"""Git repositories for tests."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def environment() -> dict[str, str]:
    """A git that knows who commits and heeds no settings of this machine."""
    names = ("AUTHOR", "COMMITTER")
    who = {f"GIT_{name}_NAME": "tests" for name in names} | {f"GIT_{name}_EMAIL": "tests@example.org" for name in names}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str) -> str:
    """Runs git; raises where it fails."""
    done = subprocess.run(["git", *words], cwd=folder, env=environment(), capture_output=True, text=True, check=True)
    return done.stdout


def commit_all(folder: Path, message: str = "All") -> None:
    """Everything into a commit, in a new repository where there is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--allow-empty", f"--message={message}")
