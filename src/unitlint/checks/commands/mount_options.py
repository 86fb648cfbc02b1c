"""Options of mounts that the kernel refuses, and options of /etc/fstab that have no effect in a mount unit."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.base.late_patterns import late_pattern
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.syntax.document import Assignment

_AUTOMOUNT = "Write an .automount unit with the same Where=, and enable that one in place of the mount."
FSTAB_ONLY = {
    "x-systemd.automount": _AUTOMOUNT,
    "x-systemd.idle-timeout": "Write TimeoutIdleSec= in the [Automount] section of an .automount unit.",
    "x-systemd.requires": "Write Requires= and After= in [Unit].",
    "x-systemd.wants": "Write Wants= and After= in [Unit].",
    "x-systemd.after": "Write After= in [Unit].",
    "x-systemd.before": "Write Before= in [Unit].",
    "x-systemd.wanted-by": "Write WantedBy= in [Install].",
    "x-systemd.required-by": "Write RequiredBy= in [Install].",
    "x-systemd.requires-mounts-for": "Write RequiresMountsFor= in [Unit].",
    "x-systemd.wants-mounts-for": "Write WantsMountsFor= in [Unit].",
    "x-systemd.mount-timeout": "Write TimeoutSec= in [Mount].",
    "x-systemd.device-timeout": "Write JobRunningTimeoutSec= in a drop-in of the .device unit.",
    "x-systemd.makefs": "Use systemd-makefs@.service, or keep this mount in /etc/fstab.",
    "x-systemd.growfs": "Use systemd-growfs@.service, or keep this mount in /etc/fstab.",
    "x-systemd.rw-only": "Write ReadWriteOnly=yes in [Mount].",
    "comment=systemd.automount": _AUTOMOUNT,
}
"""Options that systemd-fstab-generator turns into settings, with what does the same in units."""
_SIZE = late_pattern(r"(?:0[xX][0-9a-fA-F]+|[0-9]+)[kKmMgGtTpPeE]?|[0-9]+%{1,2}")
"""What the kernel reads as the size of a tmpfs (mm/shmem.c: shmem_parse_one)."""


def of_fstab(unit: Unit, _context: Context) -> Iterator[Hit]:
    """Each option that only systemd-fstab-generator(8) reads."""
    for line, option, start in _options(unit):
        name = option if option.startswith("comment=") else option.partition("=")[0]
        if name in FSTAB_ONLY:
            yield Hit(line, {"option": name}, span=(start, start + len(option)), suggestion=FSTAB_ONLY[name])


def refused(unit: Unit, _context: Context) -> Iterator[Hit]:
    """The size of a tmpfs, also that of TemporaryFileSystem=, and an overlay without one of its directories."""
    kind = unit.value("Mount", "Type")
    found = list(_options(unit)) if kind in ("tmpfs", "overlay") else []
    for line in unit.all("Service", "TemporaryFileSystem"):
        path, colon, options = line.value.partition(":")
        if colon and " " not in line.value:
            found += _split(line, options, len(path) + 1)
    for line, option, start in found:
        name, equals, size = option.partition("=")
        if kind != "overlay" and name == "size" and equals and not _SIZE.fullmatch(size) and not _is_open(size):
            reason = f"the kernel does not read `{size}` as a size"
            advice = "Write a number with one of the letters k, m, g and t, such as size=512m, or a percentage."
            yield Hit(line, {"reason": reason}, span=(start, start + len(option)), suggestion=advice)
    given = {option.partition("=")[0] for _, option, _ in found}
    if kind == "overlay" and found and not any(_is_open(option) for _, option, _ in found):
        line = found[0][0]
        if "upperdir" in given and "workdir" not in given:
            yield Hit(line, {"reason": "an overlay with upperdir= needs workdir="}, suggestion=_WORK_DIRECTORY)


_WORK_DIRECTORY = "Add workdir= with an empty directory on the same file system as upperdir=."


def _options(unit: Unit) -> Iterator[tuple[Assignment, str, int]]:
    line = unit.last("Mount", "Options")
    return iter(()) if line is None else _split(line, line.value, 0)


def _split(line: Assignment, options: str, start: int) -> Iterator[tuple[Assignment, str, int]]:
    """Each option with its place in the value."""
    for option in options.split(","):
        yield line, option.strip(), start + len(option) - len(option.lstrip())
        start += len(option) + 1


def _is_open(text: str) -> bool:
    """Whether a specifier stands in it that is not known here; ``%`` alone is a percentage."""
    return "%" in text.rstrip("%") or "$" in text
