"""What a diagnosis looks like: for people, for programs, for a ticket."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from unitlint.diagnose.model import Diagnosis
from unitlint.diagnose.run import diagnose, diagnose_streams
from unitlint.report.diagnosis import full, json_format, markdown
from unitlint.report.diagnosis.json_schema import json_schema
from unitlint.report.diagnosis.markdown import code_block, with_code
from unitlint.testing import assert_no_incidents

LOG = (
    "Mar 02 10:00:00 host (web)[7]: web.service: Failed at step EXEC spawning /opt/web: No such file or directory\n"
    "Mar 02 10:00:00 host systemd[1]: web.service: Main process exited, code=exited, status=203/EXEC\n"
    "Mar 02 10:00:00 host systemd[1]: web.service: Failed with result 'exit-code'.\n"
    "Mar 02 10:00:05 host systemd[1]: web.service: Scheduled restart job, restart counter is at 1.\n"
)
UNIT = "[Service]\nExecStart=/opt/web\nUser=web\nRestart=on-fail\n"


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diagnosis:
    monkeypatch.chdir(tmp_path)
    Path("web.service").write_text(UNIT)
    Path("a.log").write_text(LOG)
    return diagnose(["a.log"], units=["web.service"])


def test_for_people(found: Diagnosis) -> None:
    assert full.render(found) == (
        "web.service: the command could not be executed [exec-failed]\n"
        "  once, Mar 02 10:00:00; caused by a setting of the unit (confidence: high)\n"
        "  /opt/web does not exist, or the interpreter that it names does not\n"
        "  a.log:1: (web): web.service: Failed at step EXEC spawning /opt/web: No such file or directory\n"
        " --> web.service:2:1\n"
        "  |\n"
        "1 | [Service]\n"
        "2 | ExecStart=/opt/web\n"
        "  | ^^^^^^^^^^^^^^^^^^\n"
        "3 | User=web\n"
        "4 | Restart=on-fail\n"
        "  |\n"
        "help: write the path where web is installed (`command -v web`), or install it\n"
        "help: if the file is there: look at its first line (`#!`), which may name an interpreter that is missing or "
        "end in a carriage return, and at RootDirectory= and ProtectHome=, which may hide it\n"
        "note: also seen: the unit failed, restarted\n"
        "\n"
        "Found 1 incident in 4 lines.\n"
    )


def test_the_timeline(found: Diagnosis) -> None:
    lines = full.render(found, verbose=True).splitlines()
    start = lines.index("timeline:")
    assert [line.split()[3] for line in lines[start + 1 : start + 5]] == [
        "exec-failed", "exec-failed", "unit-result", "restart-scheduled",
    ]  # fmt: skip


def test_a_long_timeline_leaves_out_its_middle() -> None:
    log = "".join(LOG.replace("10:00", f"{10 + n // 60}:{n % 60:02d}") for n in range(60)).encode()
    text = full.render(diagnose_streams([("log", lambda: io.BufferedReader(io.BytesIO(log)))]), verbose=True)  # type: ignore[arg-type]
    assert "    … 140 more\n" in text


def test_nothing_found() -> None:
    empty = diagnose_streams([])
    assert full.render(empty) == "No incidents in 0 lines of 0 logs.\n"
    assert not empty


def fits(value: Any, schema: dict[str, Any], where: str = "") -> list[str]:
    """What of a value does not fit a schema, of the words that ours uses."""
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: {value!r}"]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{where}: {value!r}"]
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list,
             "null": type(None)}  # fmt: skip
    wanted = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(isinstance(value, types[name]) for name in wanted):  # type: ignore[arg-type]
        return [f"{where}: {value!r} is no {wanted}"]
    if isinstance(value, list):
        return [one for number, item in enumerate(value) for one in fits(item, schema["items"], f"{where}[{number}]")]
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        more = schema.get("additionalProperties", True)
        wrong = [f"{where}: no {name}" for name in schema.get("required", ()) if name not in value]
        for name, inner in value.items():
            if name not in properties and more is False:
                wrong.append(f"{where}: has {name}")
            wrong += fits(
                inner,
                properties.get(name) or (more if isinstance(more, dict) else {"type": wanted_of(inner)}),
                f"{where}.{name}",
            )
        return wrong
    return []


def wanted_of(value: Any) -> str:
    return {str: "string", dict: "object", list: "array", bool: "boolean", int: "integer"}.get(type(value), "null")


def test_for_programs(found: Diagnosis) -> None:
    whole = json.loads(json_format.render(found))
    assert fits(whole, json_schema()) == []
    (incident,) = whole["incidents"]
    assert (whole["version"], incident["unit"], incident["event"]) == (1, "web.service", "exec-failed")
    assert (incident["caused-by"], incident["confidence"], incident["count"]) == ("unit", "high", 1)
    assert incident["directives"][0] == {
        "unit": "web.service", "section": "Service", "directive": "ExecStart", "value": "/opt/web",
        "path": "web.service", "line": 2, "note": None,
    }  # fmt: skip
    assert incident["fields"]["program"] == "/opt/web"
    assert incident["first"]["line"] == incident["evidence"]["line"] == 1
    assert [event["event"] for event in incident["timeline"]][-1] == "restart-scheduled"


def test_the_schema_refuses_other_things(found: Diagnosis) -> None:
    whole = json.loads(json_format.render(found))
    whole["incidents"][0]["caused-by"] = "me"
    del whole["incidents"][0]["event"]
    whole["version"] = 2
    assert len(fits(whole, json_schema())) == 3


def test_for_a_ticket(found: Diagnosis) -> None:
    text = markdown.render(found)
    assert text.startswith(
        "# Diagnosis\n\nFound 1 incident in 4 lines.\n\n## web.service: the command could not be executed\n"
    )
    assert "```text\na.log:1: Mar 02 10:00:00 (web): web.service: Failed at step EXEC" in text
    assert "| \\[Service\\] ExecStart=/opt/web | web.service:2 |" in text


def test_nothing_of_a_log_formats_the_ticket() -> None:
    log = b"a|b`*<x>.service: Failed at step EXEC spawning /`/b``|: No such file or directory\n"
    text = markdown.render(diagnose_streams([("log", lambda: io.BufferedReader(io.BytesIO(log)))]))  # type: ignore[arg-type]
    assert "## a\\|b\\`\\*\\<x\\>.service" in text
    assert "\n```text\n" in text
    assert list(code_block(["a ``` b"])) == ["````text", "a ``` b", "````"]


def test_control_characters_are_spelt_out() -> None:
    log = "web\x1b]0;x\x07.service: Failed at step EXEC spawning /o\u202ept: No\x9b such file\n".encode()
    found = diagnose_streams([("l\x1b[2Jog", lambda: io.BufferedReader(io.BytesIO(log)))])  # type: ignore[arg-type]
    for text in (full.render(found, verbose=True), markdown.render(found)):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\\u202e" in text


def test_the_assertion_for_tests(tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text(UNIT)
    assert_no_incidents("Mar 02 10:00:00 host systemd[1]: Started web.service - Web.\n")
    with pytest.raises(
        AssertionError, match=r"the log contains incidents\nweb.service: the command could not be executed"
    ):
        assert_no_incidents(LOG, units=tmp_path)
    assert_no_incidents(LOG.encode(), only="db")
    (tmp_path / "a.log").write_text(LOG)
    with pytest.raises(AssertionError, match=r"web.service:2:1"):
        assert_no_incidents(tmp_path / "a.log", units=[tmp_path / "web.service"], only=["web"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("run `journalctl -u a_b`, *then* look", "run `journalctl -u a_b`, \\*then\\* look"),
        ("an odd ` one", "an odd \\` one"),
        ("nothing `` between", "nothing \\`\\` between"),
        ("`x\x1b[2J`", "`x\\x1b[2J`"),
    ],
)
def test_commands_in_advice_are_code(text: str, shown: str) -> None:
    assert with_code(text) == shown


def test_an_answer_may_have_a_title_of_its_own() -> None:
    log = "Mar 02 10:00:00 host systemd[1]: web.service: Reload operation timed out. Stopping.\n"
    found = diagnose_streams([("log", lambda: io.BufferedReader(io.BytesIO(log.encode())))])
    assert full.render(found).startswith("web.service: the reload took too long [start-timeout]\n")


def test_what_names_no_unit_is_told_of_the_profile() -> None:
    log = (
        'Mar 02 10:11:12 host kernel: audit: type=1400 audit(1710238133.968:62): apparmor="DENIED" operation="open" '
        'profile="snap.shop.web" name="/srv/a" pid=812 comm="cat"\n'
    )
    found = diagnose_streams([("log", lambda: io.BufferedReader(io.BytesIO(log.encode())))])
    assert full.render(found).startswith("snap.shop.web (no unit named): AppArmor refused an access")
