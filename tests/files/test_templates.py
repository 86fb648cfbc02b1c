"""Templates of units: what is said of them, where, and what is left unsaid."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unitlint.api import check_paths, check_text
from unitlint.base.errors import UnitlintError
from unitlint.syntax.lines import split_lines
from unitlint.syntax.template import MOST_CHOICES, read_template
from unitlint.syntax.template_tokens import LANGUAGES, tokens


def said(text: str, name: str = "x.service.j2", profile: str = "default") -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in check_text(text, name, profile=profile)]


def service(*lines: str) -> str:
    return "\n".join(("[Service]", "ExecStart=/usr/bin/x", "Restart=always", "MemoryMax=1G", "User=x", *lines)) + "\n"


@pytest.mark.parametrize(
    ("name", "placeholder"),
    [
        ("x.service.j2", "{{ n | int }}"),
        ("x.service.jinja2", "{% if a %}1{% else %}2{% endif %}"),
        ("x.service.erb", "<%= @n -%>"),
        ("x.service.epp", "<%= $n %>"),
        ("x.service.tmpl", "{{- .N }}"),
        ("x.service.gotmpl", '{{ template "n" . }}'),
        ("x.service.in", "@N@"),
        ("x.service.in", "{{N}}"),
    ],
)
def test_values_with_placeholders_are_unknown_and_all_else_is_checked(name: str, placeholder: str) -> None:
    unknown = (f"TimeoutStopSec={placeholder}", f"  TasksMax = {placeholder}")
    found = check_text(service(*unknown, "TimeoutStartSec=nope", "Typ=simple"), name, profile="conform")
    assert [(one.name, one.line, one.column) for one in found] == [
        ("invalid-value", 8, 17),
        ("unknown-directive", 9, 1),
    ]


def test_a_directive_is_known_to_be_wrong_whatever_its_value() -> None:
    assert ("UL101", 6, 1) in said(service("RestartSecs={{ n }}"))


def test_an_unknown_value_is_there() -> None:
    bare = "[Service]\nExecStart=/usr/bin/x\nRestart=always\nUser=x\n"
    assert "UL301" in {code for code, _, _ in said(bare)}
    assert "UL301" not in {code for code, _, _ in said(bare + "MemoryMax={{ m }}\n")}


def test_nothing_is_missing_where_a_placeholder_may_bring_it() -> None:
    bare = "[Service]\nExecStart=/usr/bin/x\nRestart=always\nUser=x\n"
    assert "UL301" in {one.code for one in check_text(bare, "x.service.j2")}
    assert "UL301" not in {one.code for one in check_text(bare + "{{ limits }}\n", "x.service.j2")}
    assert "UL301" not in {one.code for one in check_text(bare + "{{ key }}={{ value }}\n", "x.service.j2")}


def test_both_branches_are_read_and_are_not_one() -> None:
    text = service("{% if a %}", "Type=simple", "{% elif b %}", "Type=exec", "{% else %}", "Type=nope", "{% endif %}")
    assert [(line, column) for _, line, column in said(text, profile="conform")] == [(11, 6)]


def test_commands_of_two_branches_are_no_several_commands() -> None:
    text = "[Service]\n{% if a %}\nExecStart=/usr/bin/a\n{% else %}\nExecStart=/usr/bin/b\n{% endif %}\n"
    assert said(text, profile="conform") == []
    of_two_blocks = text.replace("{% else %}", "{% endif %}{% if b %}")
    assert said(of_two_blocks, profile="conform") == []


def test_what_only_the_absence_of_a_branch_would_cause_is_not_said() -> None:
    text = "[Service]\nExecStart=/usr/bin/x\nUser=x\nRestart=always\n{% if m %}\nMemoryMax=1G\n{% endif %}\n"
    assert "UL301" not in {code for code, _, _ in said(text)}


def test_a_branch_at_odds_with_a_line_outside_is_said() -> None:
    text = service("{% if a %}", "MemoryHigh=2G", "{% endif %}")
    assert ("UL303", 7, 12) in said(text)


def test_blocks_within_a_continued_command() -> None:
    text = "[Service]\nExecStart=/usr/bin/x \\\n{% for h in hosts %}\n  --host h \\\n{% endfor %}\n  --y\nTyp=1\n"
    assert said(text, profile="conform") == [("UL101", 7, 1)]


def test_blocks_around_a_line_leave_its_value_known() -> None:
    found = said(service("{% if a %}Type=nope{% endif %}"), profile="conform")
    assert [(line, column) for _, line, column in found] == [(6, 16)]


def test_a_line_that_ends_in_a_block_may_go_on_below() -> None:
    command = "[Service]\nExecStart=/usr/bin/x{% for a in b %} {{ a }}{% endfor %}\n{% if c %}\n"
    assert said(command + "  --c \\\n  --d\n{% endif %}\nTyp=1\n", profile="conform") == [("UL101", 7, 1)]
    assert said(command + "Typ=1\n{% endif %}\n", profile="conform") == [("UL101", 4, 1)]


def test_words_that_sed_replaces_are_placeholders_at_the_head_of_a_path() -> None:
    text = service("RequiresMountsFor=__VAR__/lib PREFIX/lib", "WorkingDirectory=a/PREFIX")
    assert [(line, column) for _, line, column in said(text, "x.service.in", "conform")][-1:] == [(7, 18)]


def test_the_file_of_a_template_may_have_another_name_than_the_unit() -> None:
    text = "[Mount]\nWhat=x\nWhere=/etc/a-b\n"
    assert "UL241" in {code for code, _, _ in said(text, "etc-a.mount")}
    assert "UL241" not in {code for code, _, _ in said(text, "etc-a.mount.in")}


def test_a_plain_unit_with_a_name_to_be_filled_in_is_a_unit(tmp_path: Path) -> None:
    (found,) = check_text("[Service]\nExecStart=@SBINDIR@/x\n", "x.service", profile="conform")[:1]
    assert found.line == 2
    assert ".in" in found.help


def test_files_are_declared_templates_by_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy/x.service").write_text(service("TimeoutStopSec=${T}", "TasksMax=$N"), encoding="utf-8")
    assert check_paths("deploy", profile="conform").findings
    assert not check_paths("deploy", profile="conform", templates={"deploy/*.service": "envsubst"}).findings
    with pytest.raises(UnitlintError, match="must be one of") as error:
        check_paths("deploy", templates={"*": "envsubts"})
    assert "envsubst" in str(error.value.hint)


def test_a_template_and_the_unit_made_of_it_are_two(tmp_path: Path) -> None:
    (tmp_path / "x.service.in").write_text(service("Typ=1"), encoding="utf-8")
    (tmp_path / "x.service").write_text(service("Typ=1"), encoding="utf-8")
    report = check_paths(tmp_path, profile="conform")
    assert [Path(one.path).name for one in report.findings] == ["x.service", "x.service.in"]


def test_a_drop_in_that_is_a_template_changes_the_unit_that_is_one(tmp_path: Path) -> None:
    (tmp_path / "x.service.d").mkdir()
    (tmp_path / "x.service.j2").write_text(service("MemoryHigh={{ h }}"), encoding="utf-8")
    (tmp_path / "x.service.d/a.conf.j2").write_text("[Service]\nMemoryHigh=2G\n", encoding="utf-8")
    (found,) = [one for one in check_paths(tmp_path).findings if one.code == "UL303"]
    assert (Path(found.path).name, found.line) == ("a.conf.j2", 2)


_PARTS = st.sampled_from([
    "{{", "}}", "{%", "%}", "{% if a %}", "{% else %}", "{% endif %}", "{{ x }}", "{# c", "#}", "<%", "%>",
    "<%= x %>", "<% if a do |b| %>", "<% } else { %>", "<% end %>", "@A@", "@", "$A", "${A}", "{{ end }}",
    "{{ range .X }}", "\n", "\\\n", "[Service]", "[Unit]", "ExecStart=/bin/x", "MemoryMax=", "Restart=no", "=",
    "#", ";", " ", "\r\n", "\0", "\ufeff", "é", "\ue000",
])  # fmt: skip
_TEXTS = st.lists(_PARTS | st.text(max_size=3), max_size=25).map("".join)


@given(_TEXTS, st.sampled_from(LANGUAGES), st.integers(0, MOST_CHOICES))
def test_every_character_keeps_its_place(text: str, language: str, choice: int) -> None:
    template = read_template(text, language, choice)
    before, after = split_lines(text), split_lines(template.text)
    assert list(map(len, before)) == list(map(len, after))
    stretches = list(tokens(text, language))
    assert all(one.start < one.end for one in stretches)
    assert all(one.end <= other.start for one, other in pairwise(stretches))
    assert template.branches.keys() <= set(range(1, len(before) + 1))


@settings(max_examples=60, deadline=None)
@given(_TEXTS, st.sampled_from((".j2", ".erb", ".tmpl", ".in")))
def test_findings_lie_within_the_template(text: str, suffix: str) -> None:
    lines = split_lines(text) or [""]
    for one in check_text(text, f"x.service{suffix}", profile="strict"):
        assert "\ue000" not in one.message
        assert 1 <= one.line <= max(len(lines), 1)
        assert 1 <= one.column <= len(lines[one.line - 1]) + 2
