"""UL614: only the main process is killed at a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import commands, is_whole, program
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

WORK_OF_OTHERS = re.compile(
    r"ssh|cron|atd|docker|containerd|podman|crio|cri-o|kubelet|libvirt|virt|lxc|lxd|incus|nomad|agent|runner|getty|login"
    r"|dm$|telnet|rshd|shell|udevd|machine|tmux|screen|salt-minion|puppet|slurmd|supervisor|session"
)
"""Programs whose children are sessions, jobs or containers that shall outlive them."""


def check(unit: Unit, context: Context) -> Iterator[Hit]:
    """Silent with Delegate= and for programs that run the work of others."""
    mode = unit.last("Service", "KillMode")
    if mode is None or mode.value != "process" or not is_whole(unit) or unit.all("Service", "Delegate"):
        return
    if any(WORK_OF_OTHERS.search(program(command)) for _, command in commands(unit, context)):
        return
    yield Hit(mode)
