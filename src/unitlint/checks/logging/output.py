"""UL805: output that fills the disk (systemd.exec(5), StandardOutput=)."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.checks.lifecycle.facts import is_lasting
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

FILES = {"file:": "begins the file anew at every start, over what is there", "append:": "goes on for ever"}
SYSTEM_PATHS = ("/dev/", "/proc/", "/sys/", "/run/")


def to_file(unit: Unit, context: Context) -> Iterator[Hit]:
    """UL805: a lasting service's output to a file, which no journal bounds and no rotation reaches."""
    if not is_lasting(unit, context):
        return
    for directive in ("StandardOutput", "StandardError"):
        line = unit.last("Service", directive)
        form = next((form for form in FILES if line is not None and line.value.startswith(form)), None)
        if line is None or form is None or line.value[len(form) :].startswith(SYSTEM_PATHS):
            continue
        yield Hit(line, {"path": line.value[len(form) :], "how": FILES[form]})
