"""``python -m unitlint`` and the console script."""

from __future__ import annotations

import sys

from unitlint.errors import guarded


def entry() -> None:
    """Runs the command line and exits with its status."""
    from unitlint.cli import main

    sys.exit(guarded(main))


if __name__ == "__main__":
    entry()
