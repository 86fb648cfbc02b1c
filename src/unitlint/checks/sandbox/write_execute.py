"""UL421: programs that make machine code at run time, where that is forbidden."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.sandbox.facts import called, exec_lines, on
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

COMPILERS = (
    "java", "node", "nodejs", "npm", "npx", "yarn", "pnpm", "deno", "bun", "dotnet", "luajit", "pypy",
    "pypy3", "mono", "julia", "pwsh", "chromium", "chrome", "google-chrome", "firefox", "wine",
)  # fmt: skip
INTERPRETING = ("-Xint", "--jitless", "-joff")
"""Arguments that switch the compiler off, for those of which it is known."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """At the command; scripts that start such a program are not looked into."""
    switch = on(unit, "MemoryDenyWriteExecute")
    for line, command in exec_lines(unit, context) if switch is not None else ():
        words = called(command)
        known = words[0] in COMPILERS
        if switch is None or not known or "+" in command.prefixes or any(one in words for one in INTERPRETING):
            continue
        span = (command.path_start, command.path_end)
        yield Hit(line, {"program": words[0]}, ((switch, "forbids it"),), span=span)
