"""UL622: ExecStop= and ExecReload= that go by the name of a process."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands
from unitlint.checks.lifecycle.kill_command import killer_words
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

BY_NAME = ("pkill", "killall")
NARROWING = ("-P", "--parent", "-F", "--pidfile", "-s", "--session", "-g", "--pgroup", "--cgroup")


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent where pkill is told to look only below a process or into a pid file."""
    for directive in ("ExecStop", "ExecReload"):
        for line, command in commands(unit, context, directive):
            words = killer_words(command)
            if not words or words[0].rpartition("/")[2] not in BY_NAME:
                continue
            if words[0].endswith("pkill") and any(word.partition("=")[0] in NARROWING for word in words[1:]):
                continue
            yield Hit(line, {"program": words[0].rpartition("/")[2]})
