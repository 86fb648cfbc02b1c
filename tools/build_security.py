"""The tables behind ``unitlint security``, as modules: what is assessed, and the groups of system calls by release.

Part of ``python -m tools.build_catalogue``, which reads data/security.toml and data/system-calls.toml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def assessments_module(rows: list[dict[str, Any]]) -> str:
    """A tuple a row, the heaviest first; see ``score.kinds`` for what stands where."""
    lines = ["ROWS = ("]
    for row in sorted(rows, key=lambda row: (-row["weight"], row["id"])):
        parameter = row.get("parameter")
        made = (
            row["id"],
            row["field"],
            row["weight"],
            row["range"],
            row["assess"],
            tuple(parameter) if isinstance(parameter, list) else parameter,
            tuple(row["directives"]),
            row.get("since", 0),
            tuple(row.get("backported", ())),
            not row.get("early_boot", True),
        )
        lines.append(f"{made!r},")
    return "\n".join([*lines, ")", ""])


def syscalls_module(calls: dict[str, Any]) -> str:
    """Of each group and processor the releases at which it changed: ``'name': ((since, 'members…'), …)``."""
    lines = ["GROUPS = {", *_steps(calls["groups"]), "}", "ABSENT = {", *_steps(calls["absent"]), "}", ""]
    return "\n".join(lines)


def groups(table: dict[str, dict[str, str]], oldest: int) -> Iterator[dict[str, Any]]:
    """Each group with its members at the newest release, and the release that brought it, 0 for the oldest."""
    for name, changes in sorted(table.items()):
        held: list[str] = []
        for _, text in by_release(changes):
            held = changed(held, text)
        first = min(map(int, changes))
        yield {"name": name, "members": held, "since": first if first > oldest else 0}


def _steps(groups: dict[str, dict[str, str]]) -> Iterator[str]:
    for name, changes in sorted(groups.items()):
        held: list[str] = []
        steps = []
        for release, text in by_release(changes):
            held = changed(held, text)
            steps.append((release, " ".join(held)))
        yield f"{name!r}: {tuple(steps)!r},"


def by_release(table: dict[str, str]) -> list[tuple[int, str]]:
    """The texts of a table with releases as keys, the oldest release first."""
    return sorted((int(release), text) for release, text in table.items())


def changed(held: list[str], text: str) -> list[str]:
    """A list of names after a change such as ``+one -another``, or a whole list."""
    words = text.split()
    if not all(word[0] in "+-" for word in words):
        return words
    gone = {word[1:] for word in words if word[0] == "-"}
    return sorted({*held, *(word[1:] for word in words if word[0] == "+")} - gone)
