"""Units in YAML and JSON: which are found, where findings stand, and what is left alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unitlint.api import check_paths, check_text, load_unit
from unitlint.base.errors import UnitlintError
from unitlint.rules.rule_set import load_rules
from unitlint.syntax.lines import split_lines

SERVICE = "[Service]\nExecStart=/usr/bin/x\nTyp=1\n"


def said(text: str, name: str = "a.yaml") -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in check_text(text, name, profile="conform")]


def indented(text: str, by: int) -> str:
    return "".join(f"{' ' * by}{line}\n" if line else "\n" for line in text.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "write_files:\n- path: /etc/systemd/system/x.service\n  content: |\n    {}",
        "systemd:\n  units:\n  - name: x.service\n    contents: |\n     {}",
        "spec:\n  config:\n    systemd:\n      units: [{{name: x.service, contents: $}}]\n",
        "coreos:\n  units:\n  - name: x.service\n    content: |\n     {}",
        "storage:\n  files:\n  - path: /etc/systemd/system/x.service\n    contents:\n      inline: |\n       {}",
        "- copy:\n    dest: /etc/systemd/system/x.service\n    content: |\n     {}",
        "- ansible.builtin.copy:\n    content: |\n     {}    dest: '/etc/systemd/system/{{{{ name }}}}.service'\n",
        "- blockinfile:\n    path: /etc/systemd/system/x.service\n    block: |\n     {}",
        "data:\n  x.service: |\n   {}",
        "data:\n  /etc/systemd/system/x.service.d/a.conf: |-\n   {}",
    ],
)
def test_units_are_found_wherever_they_are_known_to_be(text: str) -> None:
    line = next((line for line in text.split("\n") if line.strip() == "{}" or line.strip().startswith("{}")), "")
    indent = len(line) - len(line.lstrip())
    quoted = json.dumps(SERVICE)
    whole = text.replace("$", quoted).format(indented(SERVICE, indent).lstrip() if line else "")
    found = said(whole)
    assert [code for code, _, _ in found] == ["UL101"]
    (_, number, column), lines = found[0], whole.split("\n")
    assert lines[number - 1][column - 1 :].startswith("Typ=1")


@pytest.mark.parametrize(
    ("scalar", "line", "column"),
    [
        ("|\n    [Service]\n    ExecStart=/usr/bin/x\n    Typ=1\n", 4, 5),
        ("|2-\n    [Service]\n    ExecStart=/usr/bin/x\n    Typ=1\n", 4, 5),
        (">\n    [Service]\n\n    ExecStart=/usr/bin/x\n\n    Typ=1\n", 6, 5),
        ('"[Service]\\nExecStart=/usr/bin/x\\nTyp=1\\n"\n', 1, 46),
        ('"[Service]\\n\\\n    ExecStart=/usr/bin/x\\n\\\n    Typ=1"\n', 3, 5),
        ("'[Service]\n\n    ExecStart=/usr/bin/x\n\n    Typ=1'\n", 5, 5),
        ("&a !t |\n    [Service]\n    ExecStart=/usr/bin/x\n    Typ=1\n", 4, 5),
        ("|\r\n    [Service]\r\n    ExecStart=/usr/bin/x\r\n    Typ=1\r\n", 4, 5),
    ],
)
def test_findings_stand_where_the_yaml_file_has_them(scalar: str, line: int, column: int) -> None:
    assert said(f"x.service: {scalar}") == [("UL101", line, column)]


def test_json_is_read_with_its_escapes_and_tabs() -> None:
    unit = {"name": "x.service", "contents": '# \U0001f600\t"\n' + SERVICE}
    text = json.dumps({"systemd": {"units": [unit]}}, indent="\t")
    ((code, line, column),) = said(text, "a.ign")
    assert code == "UL101"
    assert text.split("\n")[line - 1][column - 1 :].startswith("Typ=1")


def test_an_end_lies_behind_the_last_character() -> None:
    text = 'x.service: "[Service]\\nExecStart=/usr/bin/x\\nTimeoutStopSec=nope\\n"\n'
    (found,) = check_text(text, "a.yml", profile="conform")
    assert text[found.column - 1 : found.end_column - 1] == "nope"
    assert not found.fixable


def test_drop_ins_are_merged_with_the_unit_of_the_same_file() -> None:
    text = (
        "systemd:\n  units:\n  - name: x.service\n    contents: |\n      [Service]\n      ExecStart=/usr/bin/x\n"
        "      MemoryMax=1G\n    dropins:\n    - name: a.conf\n      contents: |\n"
        "        [Service]\n        MemoryHigh=2G\n"
    )
    (found,) = [one for one in check_text(text, "a.bu") if one.code == "UL303"]
    assert (found.path, found.line, found.column) == ("a.bu", 12, 20)
    assert [(one.path, one.line, one.column) for one in found.related] == [("a.bu", 7, 17)]


def test_the_same_unit_twice_is_two_units() -> None:
    one = "- copy:\n    dest: /etc/x.service\n    content: |\n      [Service]\n      ExecStart=/usr/bin/x\n"
    assert said(one + one) == []
    assert [line for _, line, _ in said(one + one + "      Typ=1\n")] == [11]


def test_placeholders_of_ansible_are_unknown() -> None:
    text = (
        "- copy:\n    dest: /etc/systemd/system/x.service\n    content: |\n      [Service]\n      ExecStart={{ c }}\n"
    )
    assert said(text + "      Nice={{ n }}\n      Nice=99\n") == [("UL104", 7, 12)]


def test_nothing_is_missing_in_a_block_of_a_file() -> None:
    block = (
        "- blockinfile:\n    path: /etc/systemd/system/x.service\n    block: |\n      [Service]\n      RestartSec=5\n"
    )
    assert check_text(block, "a.yml") == []
    assert check_text(block.replace("      [Service]\n", ""), "a.yml") == []


def test_comments_in_the_unit_suppress_findings() -> None:
    text = f"x.service: |\n{indented(SERVICE.replace('Typ', '# unitlint: ignore[UL101] for now' + chr(10) + 'Typ'), 2)}"
    assert said(text) == []
    text = f"x.service: |\n{indented(SERVICE.replace('Typ', '# unitlint: ignore[UL102]' + chr(10) + 'Type'), 2)}"
    (found,) = [one for one in check_text(text, "a.yml", extend_select=["UL014"]) if one.code == "UL014"]
    assert (found.line, found.column) == (4, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("write_files:\n- path: /etc/systemd/system/x.service\n  encoding: b64\n  content: W1\n", "is encoded (b64)"),
        ("a: [\n# [Service] x.service\n", "not YAML: "),
        ("a: \x01 [Service] x.service\n", "not YAML: "),
        ("storage:\n  files:\n  - path: /etc/x.service\n    contents: {source: 'data:,[Service]'}\n", "is at a URL"),
        (f"# [Service] x.service\n{'a' * 600_000}: 1\n", "larger than"),
        ("[" * 5000 + "# [Service] x.service\n", "nests too deeply"),
    ],
)
def test_what_cannot_be_read_is_skipped_with_a_word(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    report = check_paths(tmp_path)
    assert (report.findings, report.errors) == ((), ())
    assert words in report.skipped[0][1]


def test_other_yaml_files_are_not_even_parsed(tmp_path: Path) -> None:
    load_rules()  # so that the rule files, which are YAML, stand in the cache
    (tmp_path / "a.yaml").write_text("command: [run, x.service]\nsteps:\n- '[Network stuff]'\n", encoding="utf-8")
    (tmp_path / "b.json").write_text('{"a": "b"}', encoding="utf-8")
    code = (
        "import sys; from unitlint.api import check_paths; check_paths(sys.argv[1]);"
        "sys.exit('ruamel.yaml.main' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0


def test_what_other_programs_read_is_no_unit() -> None:
    avahi = "    <?xml version='1.0'?>\n    <service-group/>\n"
    text = f"write_files:\n- path: /etc/avahi/services/x.service\n  content: |\n{avahi}# [Service]\n"
    assert said(text) == []


TERRAFORM = """\
passwd:
  users:
  - ssh_authorized_keys: [{key}]
    name: {name}
systemd:
  units:
  - name: kubelet.service
    contents: |
      [Service]
      ExecStart=/usr/bin/kubelet --hostname-override=${{domain_name}}
"""


def test_a_variable_outside_the_units_is_one_of_terraform_within_them() -> None:
    def codes(name: str) -> set[str]:
        return {finding.code for finding in check_text(TERRAFORM.format(key="abc", name=name), "worker.yaml")}

    assert "UL522" in codes("core")
    assert "UL522" not in codes("${user_name}")


def test_an_empty_text_is_no_unit() -> None:
    units = "systemd:\n  units:\n  - name: x.service\n    contents: {}\n    mask: true\n# [Service]\n"
    assert said(units.format("")) == said(units.format('""')) == said(units.format("|")) == []


def test_a_message_names_the_file_and_not_its_made_up_path() -> None:
    one = (
        "- copy:\n    dest: {}/systemd/system/x.service\n    content: |\n      [Service]\n      ExecStart=/usr/bin/x\n"
    )
    found = check_text(one.format("/etc") + one.format("/usr/lib"), "a.yaml")
    assert all("a.yaml/" not in one.message for one in found)


def test_a_mark_of_byte_order_shifts_nothing() -> None:
    assert said("\ufeffx.service: |\n  [Service]\n  ExecStart=/usr/bin/x\n  Typ=1\n") == [("UL101", 4, 3)]


@pytest.mark.parametrize("name", ["shop-api.service", "shop-worker.service", "shop.slice"])
def test_what_is_said_is_the_same_as_of_the_file(repository: Path, name: str) -> None:
    unit = (repository / "examples" / "units" / name).read_text(encoding="utf-8")
    plain = {(one.code, one.line, one.column, one.message) for one in check_text(unit, name, profile="strict")}
    literal = f"write_files:\n- path: /etc/systemd/system/{name}\n  content: |\n{indented(unit, 4)}"
    found = check_text(literal, "user-data", profile="strict")
    assert {(one.code, one.line - 3, one.column - 4, one.message) for one in found} == plain
    quoted = json.dumps({"systemd": {"units": [{"name": name, "contents": unit}]}})
    found = check_text(quoted, "a.ign", profile="strict")
    assert {(one.code, one.message) for one in found} == {(code, message) for code, _, _, message in plain}


def test_a_text_under_the_name_of_a_unit_needs_a_section() -> None:
    assert said("x.service: |\n  This unit is\n  described [Service] elsewhere.\n") == []


def test_aliases_that_go_round_end() -> None:
    assert said("a: &a\n  b: *a\n  x.service: |\n    [Service]\n    ExecStart=/usr/bin/x\n    Typ=1\n") == [
        ("UL101", 6, 5)
    ]


def test_a_unit_in_a_file_is_loaded_by_its_name(tmp_path: Path) -> None:
    text = f"data:\n  x.service: |\n{indented(SERVICE, 4)}  y.service: |\n{indented(SERVICE, 4)}"
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    assert load_unit(tmp_path / "a.yaml/y.service").name == "y.service"
    with pytest.raises(UnitlintError, match="several units") as error:
        load_unit(tmp_path / "a.yaml")
    assert error.value.hint is not None
    assert error.value.hint.endswith("a.yaml/x.service")
    with pytest.raises(UnitlintError, match="no such unit"):
        load_unit(tmp_path / "a.yaml/z.service")


def test_comments_are_not_written_into_other_files(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(f"x.service: |\n{indented(SERVICE, 4)}", encoding="utf-8")
    before = file.read_bytes()
    for options in (["--add-ignore"], ["--fix", "--unsafe-fixes"]):
        command = [sys.executable, "-m", "unitlint", "check", "--isolated", *options, str(file)]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        assert run.returncode == 1
        assert "Traceback" not in run.stderr
        assert file.read_bytes() == before


_PARTS = st.sampled_from([
    "write_files:\n", "systemd:\n", "units:\n", "- ", "  ", "    ", "path: ", "name: ", "content: ", "contents: ",
    "|\n", ">\n", "x.service", "/etc/systemd/system/x.service.d/a.conf", ": ", "[Service]", "Typ=1", "\n", "copy:\n",
    "dest: ", '"', "'", "\\n", "{{ x }}", "blockinfile:\n", "block: ", "&a ", "*a", "!t ", "\t", "{", "}", ",", "\r\n",
    "é", "\0", "\ufeff", "---\n", "x.service: |\n    [Service]\n    Nice=99\n", 'x.service: "[Service]\\nNice=99"\n',
    "x.service: >2\n     [Unit]\n\n    A=1\n",
])  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(_PARTS | st.text(max_size=3), max_size=20).map("".join), st.sampled_from(("a.yaml", "a.ign")))
def test_findings_lie_within_the_file(text: str, name: str) -> None:
    lines = split_lines(text) or [""]
    for one in check_text(text, name, profile="strict"):
        assert one.path == name
        assert 1 <= one.line <= len(lines)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1
        assert (one.line, one.column) <= (one.end_line, one.end_column)
        assert one.end_line <= len(lines)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_taken(data: bytes) -> None:
    check_text(b"x.service: |\n  [Service]\n  Nice=99\n" + data, "a.yaml")
    check_text(data + b" [Service] x.service", "a.json")
    check_text(b"[Service]\n" + data, "x.service.j2")


def test_large_data_and_what_is_no_file_is_let_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").write_text(f"x.service: [Service] {'x' * 2000}", encoding="utf-8")
    monkeypatch.setattr("unitlint.files.hosts.MOST_BYTES", 1000)
    assert [path for path, _ in check_paths(tmp_path).skipped] == [str(tmp_path)]
    os.mkfifo(tmp_path / "b.yaml")
    (tmp_path / "c.yaml").symlink_to("nowhere.yaml")
    report = check_paths(tmp_path)
    assert (report.findings, report.errors) == ((), ())
    assert [path.rpartition("/")[2] for path, _ in report.skipped] == ["b.yaml"]
