"""Packages that bring rules in Python: what they may do, and that nothing of theirs ends in a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import unitlint
from unitlint.base.errors import UnitlintError
from unitlint.cli.parser import main

Install = Callable[..., None]
RULE = """\
code: ACME101
name: privileged-port
severity: warning
applies-to: [socket]
message: "port {value} is reserved for the ingress"
why: Ports below 1024 belong to the ingress, which forwards to everyone else.
how-to-fix: Listen on a port from 8000 on.
options: {lowest: 1024}
"""
CHECK = """\
def privileged_port(unit, context):
    for line in unit.all("Socket", "ListenStream"):
        if line.value.isdigit() and int(line.value) < context.options["lowest"]:
            yield Hit(line)
"""
SOCKET = "[Socket]\nListenStream=80\n"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a distribution with an entry point on the search path, as pip would."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "site" / "acme_units-1.dist-info").mkdir(parents=True)
    (tmp_path / "site" / "acme_units-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-units\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    def put(
        check: str = CHECK,
        where: str = "acme_units.checks:privileged_port",
        value: str = "acme_units:RULES",
        rule: str = RULE,
    ) -> None:
        for name in [name for name in sys.modules if name.startswith("acme_units")]:
            monkeypatch.delitem(sys.modules, name)
        package = tmp_path / "site" / "acme_units"
        folder = package / "rules" / "ACME101-privileged-port"
        folder.mkdir(parents=True)
        (folder / "rule.yaml").write_text(rule)
        (folder / "bad.socket").write_text("[Socket]\n# expect: ACME101\nListenStream=80\n")
        (folder / "good.socket").write_text("[Socket]\nListenStream=8000\n")
        (package / "__init__.py").write_text(
            "from pathlib import Path\nfrom unitlint.plugin import RuleSet\n"
            f"RULES = RuleSet(Path(__file__).parent / 'rules', {{'ACME101': '{where}'}})\n"
            "def rules():\n    return RULES\n"
            "def wrong():\n    return 'rules'\n"
        )
        (package / "checks.py").write_text("from unitlint.plugin import Hit\n" + check)
        points = f"[unitlint.rules]\nacme = {value}\n"
        (tmp_path / "site" / "acme_units-1.dist-info" / "entry_points.txt").write_text(points)

    return put


@pytest.mark.parametrize("value", ["acme_units:RULES", "acme_units:rules"])
@pytest.mark.parametrize("plugins", [True, ["acme"]])
def test_a_rule_in_python(install: Install, value: str, plugins: object) -> None:
    install(value=value)
    (found,) = unitlint.check_text(SOCKET, "x.socket", plugins=plugins, select=["ACME"])
    assert (found.code, found.line, found.message) == ("ACME101", 2, "port 80 is reserved for the ingress")
    assert not unitlint.check_text(
        SOCKET, "x.socket", plugins=plugins, select=["ACME"], options={"privileged-port": {"lowest": 80}}
    )


def test_nothing_is_looked_for_unless_the_settings_say_so(install: Install) -> None:
    install(check="raise SystemError('imported')")
    unitlint.check_text(SOCKET, "x.socket")
    unitlint.check_text(SOCKET, "x.socket", plugins=False)
    assert "acme_units" not in sys.modules


def test_its_cases(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    install()
    assert main(["test-rules", "--plugin", "acme"]) == 0
    assert "ACME101-privileged-port  (1 bad, 1 good)" in capsys.readouterr().out


def test_in_several_processes(install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install()
    monkeypatch.setattr("unitlint.engine.run.WORTH_A_POOL", 1)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site"), prepend=":")
    for number in range(3):
        (tmp_path / f"{number}.socket").write_text(SOCKET)
    report = unitlint.check_paths([str(tmp_path / f"{number}.socket") for number in range(3)], jobs=2,
                                  plugins=["acme"], select=["ACME"])  # fmt: skip
    assert len(report.findings) == 3


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"value": "acme_units:gone"}, "plugin `acme` (acme_units:gone): cannot be imported: AttributeError"),
        ({"value": "acme_unit"}, "cannot be imported: ModuleNotFoundError: No module named 'acme_unit'"),
        ({"value": "acme_units:wrong"}, "gives a str, not a unitlint.plugin.RuleSet"),
        ({"where": "acme_units.checks"}, "is not a dictionary of codes"),
        ({"where": "acme_units.checks:gone"}, "rule ACME101 has no usable check"),
        ({"check": "1 / 0"}, "rule ACME101 has no usable check `acme_units.checks:privileged_port`: ZeroDivisionError"),
        ({"check": "def privileged_port(unit, context):\n    yield 1 / 0"}, "failed: ZeroDivisionError"),
        ({"check": "def privileged_port(unit, context):\n    yield 1"}, "yields int, not unitlint.plugin.Hit"),
        ({"check": "def privileged_port(unit):\n    return []"}, "failed: TypeError"),
        ({"rule": RULE.replace("ACME101", "ACME102")}, "rename it to `ACME102-privileged-port`"),
        ({"rule": RULE + "sevrity: error\n"}, "did you mean `severity`"),
    ],
)  # fmt: skip
def test_what_is_broken_is_said(install: Install, broken: dict[str, str], said: str) -> None:
    install(**broken)
    with pytest.raises(UnitlintError) as caught:
        unitlint.check_text(SOCKET, "x.socket", plugins=["acme"], select=["ACME101"])
    assert said in str(caught.value)


def test_a_plugin_that_is_not_installed(install: Install) -> None:
    install()
    with pytest.raises(UnitlintError, match="no plugin `acmee` is installed") as caught:
        unitlint.check_text(SOCKET, "x.socket", plugins=["acmee"])
    assert caught.value.hint == "did you mean `acme`?"
    with pytest.raises(UnitlintError, match="must be true, false or a list of names"):
        unitlint.check_text(SOCKET, "x.socket", plugins=3)
