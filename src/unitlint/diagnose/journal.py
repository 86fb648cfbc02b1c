"""Records of the journal: -o json, json-pretty, json-seq, json-sse and export, as Entries with their fields."""

from __future__ import annotations

from unitlint.base.whole_numbers import whole_number
from unitlint.diagnose.model import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, BinaryIO

KEPT = frozenset(
    (
        "MESSAGE", "MESSAGE_ID", "UNIT", "USER_UNIT", "SYSLOG_IDENTIFIER", "SYSLOG_PID", "_PID", "_COMM", "_BOOT_ID",
        "_TRANSPORT", "__REALTIME_TIMESTAMP", "_SOURCE_REALTIME_TIMESTAMP", "__MONOTONIC_TIMESTAMP", "_SYSTEMD_UNIT",
        "_SYSTEMD_USER_UNIT", "EXIT_CODE", "EXIT_STATUS", "COMMAND", "EXECUTABLE", "UNIT_RESULT", "JOB_RESULT",
        "JOB_TYPE", "N_RESTARTS", "ERRNO", "CONFIG_FILE", "CONFIG_LINE", "COREDUMP_UNIT", "COREDUMP_USER_UNIT",
        "COREDUMP_PID", "COREDUMP_COMM", "COREDUMP_EXE", "COREDUMP_SIGNAL", "COREDUMP_SIGNAL_NAME", "COREDUMP_UID",
        "_AUDIT_TYPE_NAME", "_EXE", "N_DROPPED", "OBJECT_SYSTEMD_UNIT",
    )
)  # fmt: skip
SENDER_NAMES = ("program", "programname", "ident", "identifier", "appname", "SYSLOG_IDENTIFIER")
"""Keys under which Filebeat, rsyslog and Fluentd name the sender."""
LARGEST_FIELD = 1 << 20
"""Of a larger field of an export only the beginning is kept: core dumps may be whole."""


def read_json(text: str) -> Mapping[str, Any] | None:
    """The object of a JSON text; None where it is none."""
    import json

    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def passed_on(record: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Line, sender and time of a record in which a program passes on a line (Docker's json-file, Filebeat, rsyslog).

    The sender is "" where only the line may name it.  None for a record of the journal.
    """
    line = record.get("log") if isinstance(record.get("log"), str) else record.get("message")
    if "MESSAGE" in record or not isinstance(line, str):
        return None
    inner: dict[str, Any] = next(
        (record[name] for name in ("syslog", "journald") if isinstance(record.get(name), dict)), {}
    )
    senders = [where[name] for where in (record, inner) for name in SENDER_NAMES if isinstance(where.get(name), str)]
    stamp = record.get("time") or record.get("@timestamp") or record.get("timestamp") or ""
    return line.partition("\n")[0], senders[0] if senders else "", str(stamp)


def entry_of(record: Mapping[str, Any], source: str, line: int) -> Entry | None:
    """A record as an Entry; None for one without a message."""
    fields = {name: _text(value) for name, value in record.items() if name in KEPT}
    message = fields.get("MESSAGE", "")
    if not message:
        return None
    sender = fields.get("SYSLOG_IDENTIFIER") or fields.get("_COMM", "")
    if fields.get("_TRANSPORT") == "kernel":
        sender = "kernel"
    elif fields.get("_TRANSPORT") == "audit":
        sender = "audit"
        if not message.startswith(("audit", "type=")) and "_AUDIT_TYPE_NAME" in fields:
            message = (
                message if message.startswith(fields["_AUDIT_TYPE_NAME"]) else f"{fields['_AUDIT_TYPE_NAME']} {message}"
            )
    time = _seconds(fields.get("_SOURCE_REALTIME_TIMESTAMP") or fields.get("__REALTIME_TIMESTAMP"))
    stamp = _stamp(time)
    if time is None:
        time = _seconds(fields.get("__MONOTONIC_TIMESTAMP"))
    pid = fields.get("_PID") or fields.get("SYSLOG_PID", "")
    return Entry(message, sender, pid, time, stamp, fields.get("_BOOT_ID", ""), source, line, fields)


def _text(value: Any) -> str:
    """A field's text; the journal writes bytes that are not UTF-8 as a list of numbers, repeated fields as a list."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        if value and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):
            return bytes(value).decode("utf-8", "surrogateescape")
        return _text(value[0]) if value and not isinstance(value[0], list) else ""
    return "" if value is None or isinstance(value, dict) else str(value)


def _seconds(text: str | None) -> float | None:
    number = whole_number(text or "")
    return None if number is None or number >= 10**18 else number / 1e6


def _stamp(time: float | None) -> str:
    if time is None or time > 1e11:
        return ""
    from datetime import datetime, timezone

    return f"{datetime.fromtimestamp(time, timezone.utc):%Y-%m-%d %H:%M:%S}"


def export_entries(stream: BinaryIO, source: str) -> Iterator[Entry]:
    """The records of ``journalctl -o export`` (systemd.io: Journal Export Format); a broken one ends the stream.

    Lines count as a text editor would count them up to the record.
    """
    record: dict[str, str] = {}
    line = start = 1
    while True:
        data = stream.readline(LARGEST_FIELD)
        if not data.strip(b"\n"):
            entry = entry_of(record, source, start) if record else None
            if entry is not None:
                yield entry
            record = {}
            if not data:
                return
            start = line + 1
        else:
            name, equals, value = data.rstrip(b"\n").partition(b"=")
            if not equals:
                length = int.from_bytes(stream.read(8), "little")
                value = stream.read(min(length, LARGEST_FIELD))
                _skip(stream, length - len(value))
                stream.readline(2)
                line += value.count(b"\n")
            key = name.decode("ascii", "replace")
            if key in KEPT and key not in record:
                record[key] = value.decode("utf-8", "surrogateescape")
        line += 1


def _skip(stream: BinaryIO, number: int) -> None:
    while number > 0:
        block = stream.read(min(number, LARGEST_FIELD))
        if not block:
            return
        number -= len(block)
