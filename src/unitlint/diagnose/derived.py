"""What follows from the fields of an event: whose limit it was, which system call a number is."""

from __future__ import annotations

import re

from unitlint.base.whole_numbers import is_whole_number
from unitlint.diagnose.cgroups import limiting_unit
from unitlint.diagnose.texts import inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")
CONTAINERS = (
    "/kubepods",
    "/docker/",
    "/docker-",
    "/libpod-",
    "/libpod_",
    "/lxc",
    "/crio-",
    "/cri-",
    "/ecs/",
    "/nspawn",
)


def with_derived(fields: Mapping[str, str], unit: str) -> dict[str, str]:
    """The fields of an event of ``unit``, and what can be told from them."""
    values = dict(fields)
    limited = fields.get("oom_memcg", "")
    groups = f"/{unit} {limited} {fields.get('task_memcg', '')} {fields.get('group_cgroup', '')} "
    if any(part in groups for part in CONTAINERS):
        values["limited_by"] = "container"
    elif limited:
        limit_unit = limiting_unit(limited)
        if limit_unit and limit_unit == unit:
            values["limited_by"] = "itself"
        elif limit_unit and unit:
            values["limited_by"] = "above"
        values["limit_unit"] = limit_unit
    slices = [part for part in fields.get("cgroup", "").split("/") if part.endswith(".slice")]
    values["slices"] = ", ".join(reversed(slices))
    if unit and fields.get("other") == unit:
        values["itself"] = "yes"
    if fields.get("pressed"):
        values["pressed_unit"] = limiting_unit(fields["pressed"])
    if fields.get("step") == "EXEC" and fields.get("program"):
        values.setdefault("path", fields["program"])
    if fields.get("path", "").startswith("/"):
        values["inside"] = inside(fields["path"])
    if is_whole_number(fields.get("sig", "")):
        from unitlint.diagnose.pasted import SIGNALS

        number = int(fields["sig"])
        values.setdefault("signal", next((name for name, known in SIGNALS.items() if known == number), ""))
    if fields.get("syscall") and fields.get("arch"):
        from unitlint.diagnose.syscalls import call_of

        machine, call = call_of(fields["arch"], int(fields["syscall"]))
        values.update(machine=machine, call=call)
    if unit.endswith((".device", ".mount", ".swap", ".automount")):
        values["place"] = path_of(unit)
    return {name: value for name, value in values.items() if value}


def path_of(unit: str) -> str:
    """The path after which a unit is named (unit_name_path_unescape): ``/dev/disk/by-label/data``."""
    text = unit.rpartition(".")[0].replace("-", "/")
    return "/" + _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).lstrip("/")
