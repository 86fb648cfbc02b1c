"""`systemctl status` and `coredumpctl info` as people paste them, as the messages that they sum up."""

from __future__ import annotations

import re

from unitlint.catalogue import UNIT_TYPES
from unitlint.diagnose.model import LONGEST_COMM, Entry
from unitlint.diagnose.times import seconds_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNALS = {
    "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "TRAP": 5, "ABRT": 6, "BUS": 7, "FPE": 8, "KILL": 9, "USR1": 10,
    "SEGV": 11, "USR2": 12, "PIPE": 13, "ALRM": 14, "TERM": 15, "STKFLT": 16, "CHLD": 17, "XCPU": 24, "XFSZ": 25,
    "SYS": 31,
}  # fmt: skip
"""signal(7), on all architectures but MIPS, Alpha, SPARC and PA-RISC."""

BULLET = re.compile(
    rf"\s*(?:[●○\u00d7↻↺*✖]|x|[ÃĂ]\S?|â\S{{1,2}})\s+(\S+\.(?:{'|'.join(UNIT_TYPES)}))(?: - .*|\s*)$"
    rf"|\s{{0,4}}(\S+\.(?:{'|'.join(UNIT_TYPES)})) - .*$"
)
"""The first line of a status; a terminal without UTF-8 may lose the bullet, or show it as the
characters of another encoding."""
LISTED = re.compile(
    rf"\s*(?:[●\u00d7*]\s+)?(\S+\.(?:{'|'.join(UNIT_TYPES)}))\s+(?:loaded|not-found|error)\s+failed\s+\S+"
)
"""A row of `systemctl --failed` and `systemctl list-units`."""
DUMPED = re.compile(
    r"(\w{3} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+) +(\d+) +(\d+) +\d+ +(?:SIG[A-Z0-9]+|\d+) +\S+ +(/\S+)(?: |$)"
)
"""A row of `coredumpctl list`."""
_EXITED = re.compile(
    r"\(code=(exited|killed|dumped)(?:,\s*|\s+)(?:status=(\d+)(?:/(\S+?))?|signal=(?:SIG)?([A-Z0-9]+))\)"
)
_RESULT = re.compile(r"\(Result: ([a-z-]+)\)")
_COMMAND = re.compile(r"(?:^| )(Exec[A-Za-z]+)=")
_WHICH = {
    "ExecStart": "Main", "ExecMount": "Mount", "ExecUnmount": "Mount", "ExecRemount": "Mount",
    "ExecActivate": "Swap", "ExecDeactivate": "Swap",
}  # fmt: skip
"""What the manager calls the process of a command."""
_JOB = re.compile(r"Job for (\S+) failed")
_CORE_KEYS = ("PID", "UID", "Signal", "Timestamp", "Unit", "User Unit", "Executable", "Command Line", "Message")


class Pasted:
    """Reads what stands below a bullet or among the keys of a core dump, line by line."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._unit = ""
        self._is_well = False
        """Whether the status says that the unit runs, or ended without a failure."""
        self._core: dict[str, str] = {}

    def begins(self, line: str) -> bool:
        """Whether the line names the unit that a status is of."""
        found = BULLET.match(line)
        if found:
            self._unit = found[1] or found[2]
            self._is_well = False
        return found is not None

    def told(self, line: str) -> None:
        """What `systemctl start` prints may be followed by a status that has lost its first line."""
        found = _JOB.match(line)
        if found is not None:
            self._unit = found[1]
            self._is_well = False

    def listed(self, line: str, number: int) -> Entry | None:
        """What a row of `systemctl --failed` tells of its unit, or one of `coredumpctl list` of a process."""
        dumped = DUMPED.match(line)
        if dumped is not None:
            stamp, pid, uid, exe = dumped.groups()
            message = f"Process {pid} ({exe.rpartition('/')[2][:LONGEST_COMM]}) of user {uid} dumped core."
            return Entry(message, "systemd-coredump", "", seconds_of(stamp), stamp, source=self._source, line=number)
        found = LISTED.match(line)
        if found is None:
            return None
        message = f"{found[1]}: Unit entered failed state."
        return Entry(message, "systemd", source=self._source, line=number, fields={"shown": line.strip()})

    def entries(self, line: str, number: int) -> Iterator[Entry]:
        """The messages that a line of a status or of a core dump's description sums up."""
        key, colon, value = line.strip().partition(": ")
        if not colon:
            return
        value = value.strip()
        if key in _CORE_KEYS:
            yield from self._of_core(key, value, number)
        if not self._unit:
            return
        if key == "Active":
            self._is_well = value.startswith(("active", "inactive")) and not _failing_result(value)
        if self._is_well and key != "Active" and " ExecReload=" not in f" {value}":
            return
        for message in _messages(self._unit, key, value):
            yield Entry(message, "systemd", source=self._source, line=number, fields={"shown": line.strip()})

    def _of_core(self, key: str, value: str, number: int) -> Iterator[Entry]:
        if key == "PID":
            self._core = {}
        self._core[key] = value
        if key == "Message" and "dumped core" in value:
            fields = {
                "MESSAGE_ID": "fc2e22bc6ee647b6b90729ab34a250b1",
                "COREDUMP_UNIT": self._core.get("Unit", ""),
                "COREDUMP_EXE": self._core.get("Executable", ""),
                "COREDUMP_SIGNAL": self._core.get("Signal", "").partition(" ")[0],
            }
            if "User Unit" in self._core:
                fields["COREDUMP_USER_UNIT"] = self._core["User Unit"]
            stamp = self._core.get("Timestamp", "").partition(" (")[0]
            yield Entry(value, "systemd-coredump", stamp=stamp, source=self._source, line=number, fields=fields)


def _messages(unit: str, key: str, value: str) -> Iterator[str]:
    """What the manager said when it came to what a line of `systemctl status` tells."""
    if key in ("Main PID", "Process", "Control PID", "Mounting", "Control"):
        found = _EXITED.search(value)
        if found is None or (found[1] == "exited" and found[2] == "0"):
            return
        name = found[3] or found[4] or ""
        status = found[2] or str(SIGNALS.get(name, 0))
        which = "Main" if key == "Main PID" else "Control"
        command = _COMMAND.search(value)
        if which == "Control" and command is not None:
            which = _WHICH.get(command[1], which)
        yield f"{unit}: {which} process exited, code={found[1]}, status={status}/{name or 'n/a'}"
    elif key == "Active":
        result = _failing_result(value)
        if value.startswith("active (running)") and not result:
            yield f"{unit}: is running."
        if result:
            yield f"{unit}: Failed with result '{result}'."
    elif key == "Loaded" and value.startswith("bad-setting"):
        yield f"{unit}: Unit configuration has fatal error, unit will not be started."


def _failing_result(value: str) -> str:
    """The result that a line ``Active: failed (Result: exit-code)`` tells, if it is that of a failure."""
    found = _RESULT.search(value)
    return found[1] if found and found[1] not in ("success", "exec-condition") else ""
