"""Commands and outputs in the documentation: read from the pages, run as a reader would, compared.

A page is followed from top to bottom in one folder that holds a copy of `examples/`.  In a block called ``console`` a
line ``$ command`` is run by bash, and the lines below it are what it prints; ``...`` stands for lines left out.  Where
no output is shown, only the exit status counts: 0 or 1.  Comments above a block, unseen on the page, say more:

- ``<!-- file: web.service -->``: the block is the content of this file
- ``<!-- in: examples -->``: its commands run in this folder, which is made where there is none
- ``<!-- status: 2 -->``: its commands end with this status
- ``<!-- prepare: mkdir build -->``: run this first
- ``<!-- run by: tests/x.py::test_y -->``: not here, but in this test, or by this file
- ``<!-- by hand: why -->``: too long or too much for a test, which only asks ``--help`` whether there are such options
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tools.site import REPOSITORY
from unitlint.base.records import NamedTuple

_BLOCK = re.compile(
    r"(?P<notes>(?:^[ ]*<!-- \w[\w ]*: [^\n]* -->\n\s*?)*)"
    r"^(?P<indent>[ ]*)(?P<fence>`{3,})(?P<language>\w+)[^\n]*\n(?P<body>.*?)^(?P=indent)(?P=fence)$",
    re.DOTALL | re.MULTILINE,
)
_NOTE = re.compile(r"<!-- (\w[\w ]*): (.*?) -->")
NOTES = frozenset(("file", "in", "status", "prepare", "run by", "by hand"))
ELLIPSIS = "..."


class Command(NamedTuple):
    """A command of a block, and what the page says that it prints."""

    text: str
    printed: str


class Block(NamedTuple):
    """A fenced block of a page, with what the comments above it say."""

    language: str
    body: str
    notes: Mapping[str, str]
    line: int
    start: int
    """Where its body begins in the page."""


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in order; raises ValueError for a comment of an unknown kind."""
    for found in _BLOCK.finditer(page):
        notes = dict(_NOTE.findall(found["notes"]))
        if not notes.keys() <= NOTES:
            raise ValueError(f"unknown: {', '.join(notes.keys() - NOTES)}")
        body = re.sub(rf"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
        line = page.count("\n", 0, found.start("fence")) + 1
        yield Block(found["language"], body, notes, line, found.start("body"))


def commands(block: Block) -> list[Command]:
    """The commands of a console block; raises ValueError where it does not begin with one."""
    found: list[Command] = []
    if not block.body.startswith("$ "):
        raise ValueError(f"line {block.line}: a console block begins with `$ command`")
    for text in re.split(r"^\$ ", block.body, flags=re.MULTILINE)[1:]:
        command, printed = re.fullmatch(r"((?:[^\n]*\\\n)*[^\n]*)\n?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        found.append(Command(command, printed))
    return found


def fits(printed: str, shown: str) -> bool:
    """Whether a command printed what the page shows, where a line ``...`` stands for any lines."""
    lines = shown.rstrip("\n").split("\n")
    pattern = "".join(r"(?:.*\n)*?" if line == ELLIPSIS else re.escape(line.rstrip()) + r"[ ]*\n" for line in lines)
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None


def prepare(folder: Path, examples: Path) -> dict[str, str]:
    """Makes the folder that a page is followed in; gives the environment of its commands.

    They print what they have at once, as on a terminal, where errors and output stand in the order in which they come.
    """
    shutil.copytree(examples, folder / "page" / "examples")
    programs = folder / "bin"
    programs.mkdir()
    for name, words in (("unitlint", "-m unitlint"), ("pytest", "-m pytest"), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI", "PYTEST_", "FORCE_"))
    }
    own = {"PATH": f"{programs}{os.pathsep}{kept['PATH']}", "HOME": str(folder), "COLUMNS": "100", "NO_COLOR": "1"}
    return {**kept, **own, "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}


def follow(page: str, folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[Block, Command, int, str]]:
    """Runs a page's commands in order, in ``folder``; gives each with its exit status and what it printed."""
    for block in blocks(page):
        here = folder / block.notes.get("in", "")
        here.mkdir(parents=True, exist_ok=True)
        if "prepare" in block.notes:
            subprocess.run(["bash", "-ec", block.notes["prepare"]], cwd=here, env=dict(environment), check=True)
        if "file" in block.notes:
            file = folder / block.notes["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.body, encoding="utf-8")
        if block.language != "console" or "run by" in block.notes:
            continue
        for command in commands(block):
            text = command.text
            if "by hand" in block.notes:
                text, here = f"{re.split(' --|  #', text)[0]} --help", REPOSITORY
            done = subprocess.run(
                ["bash", "-c", text], cwd=here, env=dict(environment), check=False, encoding="utf-8",
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            yield block, command, done.returncode, done.stdout


def complaint(block: Block, command: Command, status: int, printed: str) -> str | None:
    """What is wrong with a command or with what the page says of it; None where it is as shown."""
    wanted = [int(block.notes["status"])] if "status" in block.notes else [0, 1]
    if status not in wanted:
        return f"line {block.line}: $ {command.text}\nended with {status}:\n{printed}"
    if "by hand" in block.notes:
        missing = [word for word in re.findall(r"(?<= )--[\w-]+", command.text) if word not in printed]
        return f"line {block.line}: there is no {', '.join(missing)}" if missing else None
    if command.printed.strip() and not fits(printed, command.printed):
        return f"line {block.line}: $ {command.text}\nprinted:\n{printed}\nand not:\n{command.printed}"
    return None


def rewritten(page: str, block: Block, command: Command, printed: str) -> str:
    """The page with what was really printed below a command."""
    before = f"$ {command.text}\n{command.printed}"
    at = page.index(before, block.start)
    blank = "\n" if command.printed.endswith("\n\n") and not printed.endswith("\n\n") else ""
    lines = "\n".join(line.rstrip() for line in printed.splitlines())
    return page[:at] + f"$ {command.text}\n{lines}\n{blank}" + page[at + len(before) :]
