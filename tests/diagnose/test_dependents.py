"""What was not started because another unit failed belongs to the incident of that one."""

from __future__ import annotations

import json
from pathlib import Path

from unitlint.diagnose.model import Diagnosis
from unitlint.diagnose.run import diagnose
from unitlint.report.diagnosis import full, json_format, markdown

EVENTS = Path(__file__).parents[2] / "events"
HEAD = "Mar 02 10:01:{:02d} host systemd[1]: "


def told(folder: Path, *lines: tuple[int, str], **keywords: object) -> Diagnosis:
    """The diagnosis of messages of the manager, each with its second."""
    log = folder / "boot.log"
    log.write_text("".join(f"{HEAD.format(second)}{text}\n" for second, text in lines))
    return diagnose([str(log)], **keywords)  # type: ignore[arg-type]


def names(found: Diagnosis) -> dict[str, list[str]]:
    return {incident.unit: [shown.unit for shown in incident.dependents] for incident in found.incidents}


def test_all_that_waited_for_a_device() -> None:
    found = diagnose([str(EVENTS / "dependencies/device-timeout/with-dependents-254.log")])
    assert names(found) == {
        "dev-disk-by\\x2duuid-1234.device": [
            "systemd-fsck@dev-disk-by\\x2duuid-1234.service", "data.mount", "local-fs.target",
        ]
    }  # fmt: skip


def test_descriptions_stand_for_units_that_the_log_does_not_name(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        (1, "db.service: Failed with result 'exit-code'."),
        (1, "Failed to start Database."),
        (1, "Dependency failed for Web shop."),
    )
    assert names(found) == {"db.service": ["Web shop"]}


def test_each_failure_has_its_own(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        (1, "a.service: Failed with result 'exit-code'."),
        (1, "Dependency failed for one.service - One."),
        (1, "one.service: Job one.service/start failed with result 'dependency'."),
        (2, "b.service: Failed with result 'timeout'."),
        (2, "Dependency failed for two.service - Two."),
        (2, "Dependency failed for three.service - Three."),
        (2, "three.service: Job three.service/start failed with result 'dependency'."),
    )
    assert names(found) == {"a.service": ["one.service"], "b.service": ["two.service", "three.service"]}


def test_what_failed_long_before_is_not_blamed(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        (1, "a.service: Failed with result 'exit-code'."),
        (30, "Dependency failed for one.service - One."),
    )
    assert names(found) == {"a.service": [], "one.service": []}


def test_what_failed_in_between_but_ended_no_start_is_not_blamed(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        (1, "/etc/systemd/system/a.service:4: Unknown key name 'Foo' in section 'Service', ignoring."),
        (1, "Dependency failed for one.service - One."),
    )
    assert names(found) == {"a.service": [], "one.service": []}


def test_a_dependent_that_fails_by_itself_later_is_an_incident(tmp_path: Path) -> None:
    found = told(
        tmp_path,
        (1, "a.service: Failed with result 'exit-code'."),
        (1, "Dependency failed for one.service - One."),
        (20, "one.service: Main process exited, code=exited, status=203/EXEC"),
        (20, "one.service: Failed with result 'exit-code'."),
    )
    assert names(found) == {"a.service": ["one.service"], "one.service": []}


def test_asking_for_a_dependent_shows_what_failed(tmp_path: Path) -> None:
    lines = (
        (1, "a.service: Failed with result 'exit-code'."),
        (1, "Dependency failed for one.service - One."),
        (2, "c.service: Failed with result 'exit-code'."),
    )
    assert names(told(tmp_path, *lines, only=["one"])) == {"a.service": ["one.service"]}


def test_the_line_that_needs_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "units").mkdir()
    (tmp_path / "units/one.service").write_text("[Unit]\nWants=x.service\nBindsTo=b.service a.service\n[Service]\n")
    found = told(
        tmp_path,
        (1, "a.service: Failed with result 'exit-code'."),
        (1, "Dependency failed for one.service - One."),
        (1, "Dependency failed for two.target - Two."),
        units=[str(tmp_path / "units")],
    )
    path = str(tmp_path / "units/one.service")
    said = f"ot started because of it: one.service (BindsTo=, {path}:3), two.target"
    assert said in full.render(found)
    assert "ot started because of it: one.service" in markdown.render(found)
    assert json.loads(json_format.render(found))["incidents"][0]["dependents"] == [
        {"unit": "one.service", "directive": "BindsTo", "path": path, "line": 3},
        {"unit": "two.target", "directive": None, "path": None, "line": None},
    ]


def test_what_needs_a_device_that_did_not_appear(tmp_path: Path) -> None:
    """The mount whose What= is the device, and what needs the mount."""
    (tmp_path / "data.mount").write_text("[Mount]\nWhat=LABEL=data\nWhere=/data\n")
    (tmp_path / "app.service").write_text("[Unit]\nRequiresMountsFor=/data/app\n\n[Service]\nExecStart=/usr/bin/app\n")
    log = tmp_path / "log"
    log.write_text(
        "Mar 02 10:11:12 host systemd[1]: Timed out waiting for device /dev/disk/by-label/data.\n"
        "Mar 02 10:11:12 host systemd[1]: data.mount: Job data.mount/start failed with result 'dependency'.\n"
        "Mar 02 10:11:12 host systemd[1]: app.service: Job app.service/start failed with result 'dependency'.\n"
    )
    (incident,) = diagnose([str(log)], units=[str(tmp_path)]).incidents
    assert [(need.unit, need.directive, need.line) for need in incident.dependents] == [
        ("data.mount", "Mount.What", 2),
        ("app.service", "Unit.RequiresMountsFor", 2),
    ]
