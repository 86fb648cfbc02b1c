"""Records of the journal: -o json, json-pretty, json-seq and json-sse, as Entries with their fields."""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.whole_numbers import whole_number
from unitlint.diagnose.model import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

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


def glance(text: str) -> tuple[str, str, str] | None:
    """Message, sender and MESSAGE_ID of a JSON record of the journal on one line, without reading the rest of it.

    None where it takes reading: for other records, and for texts with escapes.
    """
    message_id = _string(text, '"MESSAGE_ID"')
    message = _string(text, '"MESSAGE"')
    if not message or message_id is None:
        return None
    transport = _string(text, '"_TRANSPORT"')
    sender = "kernel" if transport == "kernel" else _string(text, '"SYSLOG_IDENTIFIER"')
    if sender is None or transport == "audit":
        return None
    return message, sender or _string(text, '"_COMM"') or "", message_id


def _string(text: str, name: str) -> str | None:
    """The text of a key; "" where there is none, None where it is no text without escapes."""
    at = text.find(name)
    if at < 0:
        return ""
    at += len(name)
    start = text.find('"', at) + 1
    if text[at : start - 1].strip(" ") != ":":
        return None
    end = text.find('"', start)
    found = text[start:end]
    return None if end < 0 or "\\" in found else found


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


def inner_message(value: Any, depth: int = 6) -> str:
    """The first ``message`` within what is no record of the journal, such as an event of Kubernetes; "" for none."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict) and isinstance(value.get("message"), str):
        return str(value["message"])
    return next((found for one in inner if depth and (found := inner_message(one, depth - 1))), "")


def entry_of(record: Mapping[str, Any], source: str, line: int) -> Entry | None:
    """A record as an Entry; None for one without a message."""
    fields = {name: value if isinstance(value, str) else _text(value) for name, value in record.items() if name in KEPT}
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
    return "" if time is None or time > 1e11 else _stamp_of(int(time))


@lru_cache(maxsize=64)
def _stamp_of(second: int) -> str:
    from datetime import datetime, timezone

    return f"{datetime.fromtimestamp(second, timezone.utc):%Y-%m-%d %H:%M:%S}"
