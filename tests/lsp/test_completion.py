"""What is offered while one writes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lsp.editor import Editor

COMPLETION = "textDocument/completion"


def items(editor: Editor, where: Path | str, marked: str, language: str = "systemd") -> dict[str, dict[str, Any]]:
    """The items at the mark, by their label."""
    found = editor.at_mark(COMPLETION, where, marked, language)
    assert found["isIncomplete"] is False
    return {one["label"]: one for one in found["items"]}


def inserted(editor: Editor, where: Path, marked: str, label: str) -> str:
    """The text after the item of this label was chosen."""
    item = items(editor, where, marked)[label]
    return editor.applied(where.as_uri(), [item["textEdit"]])


@pytest.mark.parametrize(
    ("name", "sections"),
    [
        ("x.service", ["[Unit]", "[Service]", "[Install]"]),
        ("x.timer", ["[Unit]", "[Timer]", "[Install]"]),
        ("x.target", ["[Unit]", "[Install]"]),
        ("x.container", ["[Unit]", "[Container]", "[Quadlet]", "[Service]", "[Install]"]),
        ("x.network", ["[Unit]", "[Network]", "[Quadlet]", "[Service]", "[Install]"]),
        ("x.service.d/override.conf", ["[Unit]", "[Service]", "[Install]"]),
        ("x.service.d/.#override.conf0123456789abcdef", ["[Unit]", "[Service]", "[Install]"]),
        (".#x.timer0123456789abcdef", ["[Unit]", "[Timer]", "[Install]"]),
        ("timer.d/all.conf", ["[Unit]", "[Timer]", "[Install]"]),
        ("x.socket.j2", ["[Unit]", "[Socket]", "[Install]"]),
        ("systemd/journald.conf", ["[Journal]"]),
    ],
)
def test_the_sections_of_the_type(editor: Editor, folder: Path, name: str, sections: list[str]) -> None:
    assert list(items(editor, folder / name, "[‸")) == sections
    editor.close((folder / name).as_uri())
    assert list(items(editor, folder / name, "‸")) == sections


def test_a_section_is_closed_once(editor: Editor, folder: Path) -> None:
    assert inserted(editor, folder / "a.service", "[Se‸", "[Service]") == "[Service]"
    editor.close((folder / "a.service").as_uri())
    assert inserted(editor, folder / "a.service", "[Se‸]\nType=simple\n", "[Service]") == "[Service]\nType=simple\n"


def test_directives_of_the_section_with_type_and_since(editor: Editor, folder: Path) -> None:
    found = items(editor, folder / "a.service", "[Service]\nMem‸\n")
    assert found["MemoryMax="]["detail"] == "size, percent, infinity · since 231"
    assert "OnCalendar=" not in found
    assert "WantedBy=" not in found


def test_a_directive_keeps_the_equals_sign_that_is_there(editor: Editor, folder: Path) -> None:
    assert inserted(editor, folder / "a.service", "[Service]\nTy‸\n", "Type=") == "[Service]\nType=\n"
    editor.close((folder / "a.service").as_uri())
    assert inserted(editor, folder / "a.service", "[Service]\nTy‸pe=x\n", "Type=") == "[Service]\nType=x\n"


def test_only_directives_of_the_targeted_release(editor: Editor, folder: Path) -> None:
    (folder / "unitlint.toml").write_text("systemd-version = 247\n")
    found = items(editor, folder / "a.service", "[Service]\n‸\n")
    assert "RestartSteps=" not in found
    (folder / "unitlint.toml").write_text("systemd-version = '247, 257'\n")
    editor.close((folder / "a.service").as_uri())
    found = items(editor, folder / "a.service", "[Service]\n‸\n")
    assert "not in 247" in found["RestartSteps="]["detail"]


def test_what_is_replaced_comes_last_and_says_by_what(editor: Editor, folder: Path) -> None:
    found = items(editor, folder / "a.service", "[Service]\n‸\n")
    assert "replaced by MemoryMax=" in found["MemoryLimit="]["detail"]
    assert found["MemoryLimit="]["tags"] == [1]
    assert found["MemoryLimit="]["sortText"] > found["WorkingDirectory="]["sortText"]


def test_an_item_is_documented_when_it_is_looked_at(editor: Editor, folder: Path) -> None:
    item = items(editor, folder / "a.service", "[Service]\n‸\n")["Restart="]
    text = editor.ask("completionItem/resolve", item)["documentation"]["value"]
    assert "on-failure" in text
    assert "systemd.service(5)" in text


@pytest.mark.parametrize(
    ("marked", "some"),
    [
        ("[Service]\nRestart=‸\n", ["on-failure", "always", "no"]),
        ("[Service]\nPrivateTmp=‸\n", ["yes", "no", "disconnected"]),
        ("[Service]\nNoNewPrivileges=‸\n", ["yes", "no"]),
        ("[Service]\nMemoryMax=‸\n", ["infinity", "512M", "50%"]),
        ("[Service]\nMemoryMax=512‸\n", ["K", "M", "G", "%"]),
        ("[Service]\nRestartSec=5‸\n", ["ms", "s", "min", "h"]),
        ("[Service]\nTimeoutStopSec=1h 30‸\n", ["min"]),
        ("[Service]\nKillSignal=‸\n", ["SIGTERM", "SIGHUP"]),
        ("[Service]\nCapabilityBoundingSet=CAP_CHOWN ‸\n", ["CAP_NET_BIND_SERVICE"]),
        ("[Service]\nCapabilityBoundingSet=~‸\n", ["CAP_SYS_ADMIN"]),
        ("[Service]\nSystemCallFilter=‸\n", ["@system-service"]),
        ("[Service]\nRestrictAddressFamilies=‸\n", ["AF_UNIX", "none"]),
        ("[Service]\nRestrictNamespaces=‸\n", ["yes", "user"]),
        ("[Service]\nStandardOutput=‸\n", ["journal", "file:", "append:"]),
        ("[Service]\nSyslogFacility=‸\n", ["local0"]),
        ("[Service]\nUMask=‸\n", ["0077"]),
        ("[Unit]\nConditionVirtualization=‸\n", ["container", "kvm"]),
        ("[Unit]\nConditionArchitecture=‸\n", ["arm64"]),
        ("[Unit]\nDocumentation=‸\n", ["man:", "https://"]),
    ],
)
def test_values_of_each_family(editor: Editor, folder: Path, marked: str, some: list[str]) -> None:
    found = items(editor, folder / "a.service", marked)
    assert [label for label in some if label not in found] == []


def test_calendar_examples(editor: Editor, folder: Path) -> None:
    found = items(editor, folder / "a.timer", "[Timer]\nOnCalendar=‸\n")
    assert found["daily"]["detail"] == "*-*-* 00:00:00"
    assert "Mon..Fri 10:00" in found


@pytest.mark.parametrize(
    ("marked", "some"),
    [
        ("[Service]\nLimitNICE=‸\n", "infinity"),
        ("[Service]\nKillMode=‸\n", "none"),
        ("[Socket]\nDelegate=‸\n", "yes"),
        ("[Service]\nIOReadBandwidthMax=‸\n", "infinity"),
    ],
)
def test_what_systemd_objects_to_is_not_offered(editor: Editor, folder: Path, marked: str, some: str) -> None:
    assert some not in items(editor, folder / ("a.socket" if "[Socket]" in marked else "a.service"), marked)


def test_a_word_of_a_list_is_replaced_alone(editor: Editor, folder: Path) -> None:
    marked = "[Service]\nSystemCallFilter=~@mo‸ @swap\n"
    assert inserted(editor, folder / "a.service", marked, "@mount") == "[Service]\nSystemCallFilter=~@mount @swap\n"


def test_a_single_value_is_replaced_as_a_whole(editor: Editor, folder: Path) -> None:
    text = inserted(editor, folder / "a.service", "[Service]\nRestart=on‸-fail\n", "on-failure")
    assert text == "[Service]\nRestart=on-failure\n"


def test_a_unit_of_measure_stands_behind_the_number(editor: Editor, folder: Path) -> None:
    assert inserted(editor, folder / "a.service", "[Service]\nMemoryMax=512‸\n", "M") == "[Service]\nMemoryMax=512M\n"


def test_specifiers_with_their_values(editor: Editor, folder: Path) -> None:
    marked = "[Service]\nExecStart=/usr/bin/x --name %‸\n"
    found = items(editor, folder / "web@.service", marked)
    assert found["%n"]["detail"].startswith("the full unit name: web@")
    assert found["%S"]["detail"] == "the state directory root: /var/lib"
    assert found["%m"]["detail"] == "the machine ID"


def test_no_specifiers_where_there_are_none_and_after_two_percent_signs(editor: Editor, folder: Path) -> None:
    assert "%n" not in items(editor, folder / "a.service", "[Service]\nRestart=%‸\n")
    editor.close((folder / "a.service").as_uri())
    assert "%n" not in items(editor, folder / "a.service", "[Service]\nExecStart=/bin/x 100%%‸\n")


def test_names_of_units(editor: Editor, folder: Path) -> None:
    found = items(editor, folder / "a.service", "[Unit]\nAfter=network.target we‸\n")
    assert found["web.service"]["detail"] == "in the workspace"
    assert found["network-online.target"]["detail"] == "of systemd"
    editor.close((folder / "a.service").as_uri())
    slices = items(editor, folder / "a.service", "[Service]\nSlice=‸\n")
    assert "web.slice" in slices
    assert "web.service" not in slices


def test_names_of_quadlets(editor: Editor, folder: Path) -> None:
    (folder / "data.volume").write_text("[Volume]\n")
    (folder / "net.network").write_text("[Network]\n")
    assert "net.network" in items(editor, folder / "a.container", "[Container]\nNetwork=‸\n", "quadlet")
    editor.close((folder / "a.container").as_uri())
    assert "data.volume" in items(editor, folder / "a.container", "[Container]\nVolume=‸\n", "quadlet")
    editor.close((folder / "a.container").as_uri())
    found = items(editor, folder / "a.container", "[Container]\n‸\n", "quadlet")
    assert "Image=" in found
    assert "ExecStart=" not in found


def test_a_new_unit_is_offered_once_its_file_is_there(editor: Editor, folder: Path) -> None:
    assert "new.service" not in items(editor, folder / "a.service", "[Unit]\nAfter=‸\n")
    (folder / "new.service").write_text("[Service]\nExecStart=/usr/bin/new\n")
    editor.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": (folder / "new.service").as_uri(), "type": 1}]})
    editor.close((folder / "a.service").as_uri())
    assert "new.service" in items(editor, folder / "a.service", "[Unit]\nAfter=‸\n")


def test_users_of_the_root_tree(editor: Editor, folder: Path) -> None:
    root = folder / "image"
    (root / "etc").mkdir(parents=True)
    (root / "etc" / "passwd").write_text("web:x:801:801::/:/usr/sbin/nologin\n")
    (root / "etc" / "group").write_text("web:x:801:\ncerts:x:802:\n")
    assert items(editor, folder / "a.service", "[Service]\nUser=‸\n") == {}
    editor.close((folder / "a.service").as_uri())
    (folder / "unitlint.toml").write_text(f"root = '{root}'\n")
    assert items(editor, folder / "a.service", "[Service]\nUser=‸\n")["web"]["detail"] == "user 801"
    editor.close((folder / "a.service").as_uri())
    assert list(items(editor, folder / "a.service", "[Service]\nSupplementaryGroups=‸\n")) == ["web", "certs"]


@pytest.mark.parametrize(
    "marked",
    [
        "# Restart=‸\n",
        "[Service]\n; Rest‸\n",
        "[Service]\nExecStart=/bin/x \\\n# Restart=‸\n  y\n",
        "[Service]\nExecStart=/bin/x \\\n  Rest‸\n",
        "[Nonsense]\nRest‸\n",
        "[Service]\nNonsense=‸\n",
    ],
)
def test_nothing_in_comments_continuations_and_unknown_places(editor: Editor, folder: Path, marked: str) -> None:
    assert items(editor, folder / "a.service", marked) == {}


def test_a_value_over_several_lines(editor: Editor, folder: Path) -> None:
    marked = "[Service]\nCapabilityBoundingSet=CAP_CHOWN \\\n# comment\n  CAP_NET‸\n"
    assert "CAP_NET_RAW" in items(editor, folder / "a.service", marked)


def test_templates(editor: Editor, folder: Path) -> None:
    marked = "[Service]\n{% if x %}\nRest‸\n{% endif %}\n"
    assert "Restart=" in items(editor, folder / "a.service.j2", marked, "jinja")
    editor.close((folder / "a.service.j2").as_uri())
    assert items(editor, folder / "a.service.j2", "[Service]\nRestart={{ po‸licy }}\n", "jinja") == {}


@pytest.mark.parametrize(
    ("uri", "language", "text", "directive"),
    [
        ("untitled:Untitled-1", "systemd", "[Service]\n‸", "ExecStart="),
        ("untitled:Untitled-1", "systemd", "[Timer]\n‸", "OnCalendar="),
        ("untitled:Untitled-1", "systemd.socket", "[Socket]\n‸", "ListenStream="),
        ("untitled:Untitled-1", "systemd-timer", "[Timer]\n‸", "OnCalendar="),
        ("untitled:Untitled-1", "quadlet", "[Container]\n‸", "Image="),
        ("untitled:Untitled-1", "ini", "[Path]\n‸", "PathExists="),
        ("untitled:Untitled-1", "systemd", "[Journal]\n‸", "Storage="),
        ("untitled:web.mount", "plaintext", "[Mount]\n‸", "Where="),
    ],
)
def test_buffers_without_a_file(editor: Editor, uri: str, language: str, text: str, directive: str) -> None:
    assert directive in items(editor, uri, text, language)


def test_networkd_s_network_files_are_none_of_ours(editor: Editor, folder: Path) -> None:
    assert items(editor, folder / "eth.network", "[Match]\nName=eth0\n[Network]\n‸", "systemd") == {}
    assert editor.published((folder / "eth.network").as_uri()) == []


def test_a_timer_is_checked_as_one_by_its_language(editor: Editor) -> None:
    uri = editor.open("untitled:Untitled-1", "[Timer]\nOnCalendar=dayly\n", "systemd")
    assert "UL103" in editor.codes(uri)
    other = editor.open("untitled:notes", "[Timer]\nOnCalendar=dayly\n", "markdown")
    assert editor.published(other) == []
