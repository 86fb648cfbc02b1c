"""GitHub Actions: a workflow of its own, as nobody's other workflow has to change for it."""

from __future__ import annotations

import os

from unitlint.init.drafts import AlreadyThereError, CannotEditError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.init.drafts import Drafts

FOLDER = ".github/workflows"
NAME = f"{FOLDER}/unitlint.yml"
WORKFLOW = """\
name: unitlint
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  unitlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: unitlint/unitlint@{revision}
"""


def is_used(drafts: Drafts) -> bool:
    """Whether the project has a folder for GitHub's workflows."""
    return os.path.isdir(drafts.path(".github"))


def add(drafts: Drafts, revision: str) -> str:
    """The workflow; gives its name."""
    folder = drafts.path(FOLDER)
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if name.endswith((".yml", ".yaml")) and _runs_unitlint(drafts, f"{FOLDER}/{name}"):
            raise AlreadyThereError
    if drafts.exists(NAME):
        raise CannotEditError(f"{drafts.path(NAME)}: it is another workflow")
    drafts.create(NAME, WORKFLOW.format(revision=revision))
    return NAME


def _runs_unitlint(drafts: Drafts, name: str) -> bool:
    try:
        text = drafts.text(name) or ""
    except CannotEditError:
        return False
    return "unitlint check" in text or "/unitlint@" in text
