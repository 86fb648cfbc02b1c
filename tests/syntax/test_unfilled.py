"""Which plain files hold placeholders, and in which language they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unitlint import check_paths, check_text
from unitlint.syntax.unfilled import PLAIN, SHELL, TERRAFORM, language_of, may_hold_placeholders

UNIT = "[Service]\nUser={user}\nExecStart=/usr/bin/app\n"


@pytest.mark.parametrize(
    "user",
    [
        "__APP_USER__", "@APP_USER@", "@@APP_USER@@", "%APP_USER%", "%%APP_USER%%", "{APP_USER}", "{{ app_user }}",
        "<your-user>", "<user name>", "$APP_USER$", "[APP_USER]", "CHANGEME", "CHANGE_ME", "your_user", "YOUR_USERNAME",
        "{app_user}", "<%= app_user %>", "<%- user -%>", "<<APP_USER>>", "##APP_USER##", "#{app.user}", "[[app_user]]",
        "((app_user))", "%{_user}", "%(user)s", "$(USER)/app",
        "</path/to/user>", "</opt/user-name>",
    ],
)  # fmt: skip
def test_a_placeholder_is_an_unknown_value(user: str) -> None:
    text = UNIT.format(user=user)
    assert language_of(text.encode()) == PLAIN
    found = check_text(text, "app.service")
    assert [(one.code, one.line, one.severity) for one in found if one.line == 2] == [("UL016", 2, "info")]


@pytest.mark.parametrize(
    "value",
    [
        "app", "%i", "%H-%m", "$HOME", "${USER}", "a@b", "user@host.example", "app-%i@%H", "[::1]:80", "/srv/[a-z]*",
        "a{1,3}", "{}", "<3", "a < b > c", "__init__", "50%", "%%i", "-c 'if [ A ]; then echo; fi'", "s/@@NAME@@/x/",
        "-c 'echo $((a + b)) ${#a}; [[ -f x ]] && ((a++))'", "a << b", "#tag",
        "-c \"echo '<h2>${NAME}</h2>' > /srv/x.html\"", "'text <b>of</b> a page'", "-m '<p> $A </p>'", "</body>",
    ],
)  # fmt: skip
def test_what_units_hold_anyway(value: str) -> None:
    assert language_of(f"[Service]\nExecStart=/usr/bin/app {value}\n".encode()) == ""


def test_comments_hold_no_placeholders() -> None:
    assert language_of(b"# Written by <someone> for __NAME__\n[Service]\n; @X@\nExecStart=/bin/a\n") == ""


def test_the_profile_of_systemd_itself_knows_no_placeholders() -> None:
    text = "[Service]\nWorkingDirectory=<path>\nExecStart=/bin/a\n"
    assert "UL106" in {one.code for one in check_text(text, "app.service", profile="conform")}
    assert "UL106" not in {one.code for one in check_text(text, "app.service")}


def test_lines_of_terraform_vanish(tmp_path: Path) -> None:
    text = "[Service]\nExecStart=/bin/app \\\n%{ if x ~}\n  --a=${b} \\\n%{ endif ~}\n  --last\nMemoryMax=1X\n"
    assert language_of(text.encode()) == TERRAFORM
    assert {one.line for one in check_text(text, "app.service") if one.severity != "info"} == {7}


def test_a_file_that_terraform_renders(tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    (folder / "app.service").write_text("[Service]\nUser=${user}\nMemoryMax=${memory}\nExecStart=/usr/bin/app\n")
    before = {one.code for one in check_paths(folder).findings}
    (tmp_path / "main.tf").write_text('x = templatefile("${path.module}/units/app.service", { user = "a" })\n')
    from unitlint.files import terraform

    terraform._named_in.cache_clear()
    after = {one.code for one in check_paths(folder).findings}
    assert "UL103" in before
    assert "UL103" not in after


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    assert language_of(data) in ("", PLAIN, SHELL, TERRAFORM)


PARTS = [
    "__", "@", "%", "$(", "$", "${", "(", ")", "{", "}", "{{", "}}", "<", ">", "#", "[", "]", "((", "))", "=", "/", "-",
    "_", "A", "B1", "ab", "CHANGE", "ME", "me", "change", "REPLACE", "THIS", "YOUR", "Your", "yOUR", "your", "user",
    "name", " ", "\n", "\nUser=",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_no_placeholder_escapes_the_look_that_most_files_are_done_with(parts: list[str]) -> None:
    data = f"[Service]\nExecStart=/usr/bin/app {''.join(parts)}\n".encode()
    assert may_hold_placeholders(data) or language_of(data) == ""


@pytest.mark.parametrize(("folder", "codes"), [("templates", set()), ("units", {"UL106"})])
def test_variables_in_a_folder_of_templates(tmp_path: Path, folder: str, codes: set[str]) -> None:
    """An installer fills them in; elsewhere systemd would read them as they are."""
    (tmp_path / folder).mkdir()
    unit = tmp_path / folder / "app.service"
    unit.write_text("[Service]\nWorkingDirectory=${APP_DIR}\nExecStart=${APP_DIR}/run\n")
    assert {finding.code for finding in check_paths([unit]).findings if finding.severity == "error"} == codes


def test_capitals_and_a_slash_in_a_description_are_words() -> None:
    text = "[Unit]\nDescription=TCP/IP printer\n[Service]\nExecStart={}/bin/app\n"
    assert language_of(text.format("/usr").encode()) == ""
    assert language_of(text.format("INSTALL_DIR").encode()) == PLAIN


FOR_ENVSUBST = b"[Unit]\nConditionFileIsExecutable=${BIN_DIR}/app\n[Service]\nExecStart=${BIN_DIR}/app run\n"


@pytest.mark.parametrize(
    ("data", "language"),
    [
        (FOR_ENVSUBST, "shell"),
        (FOR_ENVSUBST + b"EnvironmentFile=-/etc/default/app\n", "shell"),
        (b"[Service]\nPIDFile=${rundir}/app.pid\nExecStart=${sbindir}/app\n", "shell"),
        (b"[Service]\nWorkingDirectory=${HOME_DIR}\nExecStart=-${HOME_DIR}/bin/run\nEnvironment=HOME_DIR=/srv\n", ""),
        (b"[Service]\nPIDFile=${RUN_DIR}/app.pid\nExecStart=${APP}/run\nEnvironmentFile=/etc/default/app\n", ""),
        (b"[Service]\nExecStart=${APP}/run\n", ""),
        (b"[Service]\nExecStart=${libexecdir}/app\n", "shell"),
        (b"[Service]\nWorkingDirectory=${APP}\nExecStart=/usr/bin/run ${APP}/data\n", ""),
    ],
)
def test_variables_that_nobody_expands_are_placeholders(data: bytes, language: str) -> None:
    assert language_of(data) == language


def test_a_placeholder_before_a_directive() -> None:
    text = "[Service]\nExecStart=/usr/bin/app\n__COMMENT_IN_CONTAINER__PrivateTmp=yes\n__init__Foo=1\n"
    found = [(finding.code, finding.line) for finding in check_text(text, "app.service") if finding.severity == "error"]
    assert found == [("UL101", 4)]
