"""Whatever a log holds, nothing breaks: bytes, formats that stop in the middle, fields of any kind."""

from __future__ import annotations

import io
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.diagnose.test_formats import FORMATS
from unitlint.base.foreign_text import UNSAFE
from unitlint.diagnose.model import Diagnosis
from unitlint.diagnose.patterns import filled
from unitlint.diagnose.run import diagnose_streams
from unitlint.diagnose.table import load_events
from unitlint.report.diagnosis import full, json_format, markdown

TEMPLATES = [template for kind in load_events() for template, _, _ in kind.patterns]
SEEDS = [data if isinstance(data, bytes) else data.encode() for data in FORMATS.values()]
HEADS = [
    "",
    "Mar 02 10:00:00 host systemd[1]: ",
    "[ 1.5] ",
    "kernel: ",
    "x ",
    "2026-03-02T10:00:00Z h (a)[7]: ",
    "\t",
    "> ",
]


def read(*logs: bytes) -> Diagnosis:
    streams = [io.BufferedReader(io.BytesIO(data)) for data in logs]  # type: ignore[arg-type]
    return diagnose_streams([(f"log{number}", lambda stream=stream: stream) for number, stream in enumerate(streams)])  # type: ignore[misc]


def check(found: Diagnosis) -> None:
    """All reports can be made, and nothing in them steers a terminal."""
    import re

    text = full.render(found, verbose=True)
    assert not re.search(UNSAFE, text.replace("\n", ""))
    assert not re.search(UNSAFE, markdown.render(found).replace("\n", ""))
    text.encode()
    json.loads(json_format.render(found))


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=2))
@example([b"\x1f\x8b\0"])
@example([b"__CURSOR=\nMESSAGE\n\xff\xff\xff\xff\xff\xff\xff\xff"])
@example([b'{"MESSAGE": [1, 2, [3]], "UNIT": {"a": 1}, "__REALTIME_TIMESTAMP": "9e99"}\n'])
def test_any_bytes(logs: list[bytes]) -> None:
    check(read(*logs))


@given(st.sampled_from(SEEDS), st.data())
@settings(max_examples=200)
def test_formats_with_something_changed(seed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 40)))
    check(read(seed[:start] + data.draw(st.binary(max_size=30)) + seed[end:]))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    ["", "0", "99999999999999999999", "\x1b[2J", "|`*"]
)


@given(st.lists(st.tuples(st.sampled_from(HEADS), st.sampled_from(TEMPLATES), TEXTS), max_size=12))
@settings(max_examples=200)
def test_any_values_in_known_messages(lines: list[tuple[str, str, str]]) -> None:
    log = ""
    for head, template, text in lines:
        names = {
            "unit": f"{text or 'a'}.service",
            "path": f"/{text}",
            "comm": text,
            "error": f"E{text}",
            "cgroup": f"/{text}",
        }
        log += f"{head}{filled(template, names)}\n"
    check(read(log.encode("utf-8", "surrogateescape")))


@given(st.dictionaries(
    st.sampled_from(["MESSAGE", "MESSAGE_ID", "UNIT", "USER_UNIT", "EXIT_STATUS", "EXIT_CODE", "N_RESTARTS", "_BOOT_ID",
                     "__REALTIME_TIMESTAMP", "SYSLOG_IDENTIFIER", "COREDUMP_UNIT", "UNIT_RESULT", "CONFIG_LINE"]),
    st.none() | st.integers() | TEXTS | st.lists(st.integers(0, 300), max_size=5) | st.sampled_from(
        [message_id for kind in load_events() for message_id in kind.message_ids]
    ),
), st.booleans())  # fmt: skip
@settings(max_examples=200)
def test_any_fields_of_the_journal(fields: dict[str, object], pretty: bool) -> None:
    record = {"MESSAGE": "web.service: Failed with result 'signal'.", "SYSLOG_IDENTIFIER": "systemd", **fields}
    check(read(json.dumps(record, indent=4 if pretty else None).encode()))
