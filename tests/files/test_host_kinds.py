"""A new kind of file that holds units is a row of a table and a module."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from unitlint.api import check_overlay, check_paths, check_text, load_unit
from unitlint.files import host_kinds
from unitlint.files.embedded import CannotSearchError, Embedded
from unitlint.files.host_kinds import HostKind, host_kind_of

TEXT = """\
# a script that writes units
cat > /etc/systemd/system/web.service <<END
  [Service]
  ExecStart=/usr/bin/web
  Nice=loud
END
cat > /etc/systemd/system/web.service.d/a.conf <<END
  [Service]
  MemoryMax=much
END
"""
HERE = re.compile(r"^cat > (\S+) <<END\n(.*?)^END$", re.DOTALL | re.MULTILINE)


def may_hold_units(data: bytes) -> bool:
    return b"<<END" in data


def find_embedded(path: str, text: str) -> Iterator[Embedded]:
    if text.count("<<END") != text.count("\nEND"):
        raise CannotSearchError("not a script: an END is missing")
    for found in HERE.finditer(text):
        unit = re.sub(r"^  ", "", found[2], flags=re.MULTILINE)
        yield Embedded(found[1], unit, *found.span(2))


def offsets(text: str, embedded: Embedded) -> list[int]:
    """Each line of the unit stands two columns further right."""
    found: list[int] = []
    at = embedded.start
    for line in embedded.text.splitlines(keepends=True):
        found += range(at + 2, at + 2 + len(line))
        at += 2 + len(line)
    return [*found, at]


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("acme_scripts")
    for function in (may_hold_units, find_embedded, offsets):
        setattr(module, function.__name__, function)
    monkeypatch.setitem(sys.modules, "acme_scripts", module)
    row = HostKind("acme_scripts", endings=(".sh",), names=("Unitfile",), in_folders=(("units.d", ".txt"),))
    monkeypatch.setattr(host_kinds, "HOST_KINDS", (*host_kinds.HOST_KINDS, row))


@pytest.mark.usefixtures("scripts")
def test_one_row_and_one_module_are_all(tmp_path: Path) -> None:
    script = tmp_path / "install.sh"
    script.write_text(TEXT)
    expected = [(str(script), 5, 8, "UL103"), (str(script), 9, 13, "UL103")]
    for report in (
        check_paths(tmp_path, select=["UL103"]),
        check_paths(script, select=["UL103"]),
        check_overlay({script: TEXT}, select=["UL103"]),
    ):
        assert [(one.path, one.line, one.column, one.code) for one in report.findings] == expected
        assert (report.files, report.units, report.errors) == (1, 1, ())
    assert [one.line for one in check_text(TEXT, "install.sh", select=["UL103"])] == [5, 9]
    assert load_unit(script / "web.service").value("Service", "ExecStart") == "/usr/bin/web"


@pytest.mark.usefixtures("scripts")
def test_what_cannot_be_searched_is_skipped_with_a_reason(tmp_path: Path) -> None:
    script = tmp_path / "install.sh"
    script.write_text("cat > x.service <<END\n")
    report = check_paths(tmp_path)
    assert report.skipped == ((str(script), "not searched for units: not a script: an END is missing"),)


@pytest.mark.usefixtures("scripts")
def test_names_of_kinds() -> None:
    def module_of(path: str) -> str | None:
        kind = host_kind_of(path)
        return None if kind is None else kind.module

    assert {module_of(path) for path in ("a.sh", "x/Unitfile", "units.d/a.txt")} == {"acme_scripts"}
    assert {module_of(path) for path in ("a.sh.d", "x/MyUnitfile", "units/a.txt", "units.d/a.md")} == {None}
    yaml = ("a.yml", "x/b.json", "user-data", "etc/cloud.cfg", "etc/cloud.cfg.d/90.cfg")
    assert {module_of(path) for path in yaml} == {"unitlint.files.yaml_units"}
    assert {module_of(path) for path in ("my-user-data", "a.cfg", "conf.d/90.cfg")} == {None}
