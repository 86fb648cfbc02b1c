"""`unitlint lsp`."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """The options of `unitlint lsp`."""
    parser.add_argument(
        "--stdio",
        action="store_true",
        help="accepted for editors that pass it; standard input and output are always used",
    )


def main(_arguments: Namespace) -> int:
    """Serves one editor; returns 0 where it said goodbye as the protocol wants it."""
    from unitlint.lsp.server import serve

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever prints from now on must not get between the messages.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        return serve(sys.stdin.buffer, answers)
    except KeyboardInterrupt:
        return 130
