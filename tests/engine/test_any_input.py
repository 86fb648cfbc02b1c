"""No input makes unitlint crash or hang, whatever the rules."""

from __future__ import annotations

import json
import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import unitlint
from tests.growth import assert_linear
from unitlint.engine.report import Report
from unitlint.report import concise, full, json_format

EXAMPLES = Path(__file__).parents[2] / "examples"
UNITS = sorted(
    path for path in EXAMPLES.rglob("*") if path.is_file() and path.suffix in {".service", ".timer", ".socket", ".conf"}
)
NAMES = st.sampled_from(
    ["x.service", "x@.service", "x.socket", "x.timer", "x.mount", "x.slice", "x.service.d/y.conf", "journald.conf"]
)
SLOW = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check_and_render(data: bytes, name: str) -> None:
    findings = unitlint.check_text(data, name, profile="strict", systemd_version="247..262")
    report = Report(tuple(findings), 1, 1, sources={name: data.decode("utf-8", "surrogateescape")})
    full.render(report).encode("utf-8", "backslashreplace")
    concise.render(report)
    assert len(json.loads(json_format.render(report))["findings"]) == len(findings)
    lines = data.count(b"\n") + data.count(b"\r") + data.count(b"\0") + 1
    for found in findings:
        assert 1 <= found.line <= found.end_line <= lines
        assert found.column >= 1
        assert found.end_column >= 1


@given(st.binary(max_size=300), NAMES)
@SLOW
def test_any_bytes(data: bytes, name: str) -> None:
    check_and_render(data, name)


@given(st.text("[]=\\#;%\"'$: \t\n\r\0\ufeffServiceUnitExecStart/=10KMsé", max_size=200), NAMES)
@SLOW
def test_text_that_nearly_is_a_unit(text: str, name: str) -> None:
    check_and_render(text.encode("utf-8", "surrogateescape"), name)


@given(st.sampled_from(UNITS), st.data())
@SLOW
def test_mutants_of_real_units(path: Path, data: st.DataObject) -> None:
    lines = path.read_bytes().split(b"\n")
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.integers(0, len(lines) - 1))
        name, equals, value = lines[number].partition(b"=")
        junk = data.draw(
            st.binary(max_size=12) | st.sampled_from([b"", b"%", b"\\", b'"', b"infinity", b"-1", b"1e99"])
        )
        at = data.draw(st.integers(0, len(value)))
        lines[number] = name + equals + value[:at] + junk + value[at:]
    kind = "x.service" if path.suffix == ".conf" else path.name
    check_and_render(b"\n".join(lines), kind)


def test_a_line_of_50_megabytes_is_a_finding_and_takes_no_time() -> None:
    findings = unitlint.check_text(b"[Service]\nExecStart=/bin/true " + b"x" * 50_000_000, "x.service")
    assert "UL006" in {found.code for found in findings}
    line = b"[Service]\nExecStart=/bin/true "
    assert_linear(lambda size: unitlint.check_text(line + b"x" * size, "x.service"), 5_000_000)


def test_every_bad_file_is_named_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "good.service").write_text("[Service]\nExecStart=/bin/true\nFrobnicate=1\n")
    (tmp_path / "latin.service").write_bytes(b"[Service]\nExecStart=/bin/true\nDescription=caf\xe9\n")
    os.mkfifo(tmp_path / "pipe.service")
    (tmp_path / "loop.service").symlink_to("loop.service")
    (tmp_path / "folder.service").mkdir()
    report = unitlint.check_paths([tmp_path])
    assert {Path(found.path).name for found in report.findings} >= {"good.service", "latin.service"}
    assert any("pipe.service" in error for error in report.errors)


def test_many_drop_ins_of_one_unit(tmp_path: Path) -> None:
    for number in (500, 2000):
        folder = tmp_path / str(number) / "x.service.d"
        folder.mkdir(parents=True)
        (folder.parent / "x.service").write_text("[Service]\nExecStart=/bin/true\n")
        for file in range(number):
            (folder / f"{file:05}.conf").write_text("[Service]\nNice=5\n")
    assert unitlint.check_paths([tmp_path / "2000"]).files == 2001
    assert_linear(lambda number: unitlint.check_paths([tmp_path / str(number)]), 500)
