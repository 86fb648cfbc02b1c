"""`validate:` of real Ansible modules: faulty units are refused and sound ones installed, under whatever names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from ruamel.yaml import YAML

import unitlint
from tools.site.console import blocks

PLAYBOOK = which("ansible-playbook", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
pytestmark = pytest.mark.skipif(
    PLAYBOOK is None, reason="ansible-core is not installed; `tox -e plugin-ansible` has it"
)

GOOD = "[Unit]\nDescription=App\n\n[Service]\nExecStart=/usr/bin/app\nUser=app\nMemoryMax=1G\nRestart=on-failure\n"
BAD = GOOD.replace("MemoryMax", "MemorMax")
TEMPLATE = GOOD.replace("1G", "{{ limit }}")
QUADLET = "[Unit]\nDescription=Web\n\n[Container]\nImage=docker.io/library/nginx:1.27\n"
CONF = "[Journal]\nStorage=persistent\nSystemMaxUse=1G\n"


@pytest.fixture
def hosts(tmp_path: Path) -> Path:
    """A folder with an inventory, a `unitlint` for the host's PATH, and the folder that stands for the host's /etc."""
    shim = tmp_path / "bin" / "unitlint"
    shim.parent.mkdir()
    source = Path(unitlint.__file__).parents[1]
    shim.write_text(f'#!/bin/sh\nPYTHONPATH="{source}" exec "{sys.executable}" -m unitlint "$@"\n')
    shim.chmod(0o755)
    (tmp_path / "inventory").write_text("[web]\nlocalhost ansible_connection=local\n")
    (tmp_path / "etc").mkdir()
    return tmp_path


def play(hosts: Path, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Runs the tasks one after the other, whatever fails, and gives back what each of them returned."""
    for number, task in enumerate(tasks):
        task |= {"register": f"result_{number}", "ignore_errors": True}
    names = ", ".join(f"result_{number}" for number in range(len(tasks)))
    results = hosts / "results.json"
    tasks.append({"ansible.builtin.copy": {"content": f"{{{{ [{names}] | to_json }}}}", "dest": str(results)}})
    playbook = hosts / "playbook.json"
    playbook.write_text(json.dumps([{"hosts": "web", "gather_facts": False, "tasks": tasks}]))
    assert PLAYBOOK is not None
    environment = {
        **os.environ,
        "HOME": str(hosts),
        "PATH": f"{hosts / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_PYTHON_INTERPRETER": sys.executable,
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        [PLAYBOOK, "-i", str(hosts / "inventory"), str(playbook)],
        cwd=hosts, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert results.exists(), done.stdout + done.stderr
    found: list[dict[str, Any]] = json.loads(results.read_text())
    return found


def test_units_of_every_module(hosts: Path) -> None:
    """Each task is tried with a faulty text, which leaves the host as it was, and with a sound one."""
    etc = hosts / "etc"
    (hosts / "app.service.j2").write_text(TEMPLATE)
    (hosts / "bad.service.j2").write_text(TEMPLATE.replace("MemoryMax", "MemorMax"))
    (hosts / "parts").mkdir()
    (hosts / "parts" / "1").write_text(GOOD)
    (hosts / "bad-parts").mkdir()
    (hosts / "bad-parts" / "1").write_text(BAD)
    named, unnamed = "unitlint check --as app.service %s", "unitlint check %s"

    def copy(content: str, dest: str, validate: str) -> dict[str, Any]:
        return {"ansible.builtin.copy": {"content": content, "dest": str(etc / dest), "validate": validate}}

    def template(src: str, dest: str, validate: str, limit: str = "1G") -> dict[str, Any]:
        words = {"src": str(hosts / src), "dest": str(etc / dest), "validate": validate}
        return {"ansible.builtin.template": words, "vars": {"limit": limit}}

    def assemble(src: str, dest: str) -> dict[str, Any]:
        return {"ansible.builtin.assemble": {"src": str(hosts / src), "dest": str(etc / dest), "validate": named}}

    (etc / "x").mkdir()
    (etc / "line.service").write_text(GOOD)
    line = {"path": str(etc / "line.service"), "insertafter": "MemoryMax", "validate": named}
    conf = f"unitlint check --as {etc}/systemd/journald.conf %s"
    pairs = [
        (copy(BAD, "1.service", named), copy(GOOD, "1.service", named)),
        (copy(BAD, "2.service", unnamed), copy(GOOD, "2.service", unnamed)),
        (template("bad.service.j2", "3.service", named), template("app.service.j2", "3.service", named)),
        (template("app.service.j2", "4.service", unnamed, "1GB"), template("app.service.j2", "4.service", unnamed)),
        (assemble("bad-parts", "5.service"), assemble("parts", "5.service")),
        (
            {"ansible.builtin.lineinfile": {**line, "line": "MemoryHih=1G"}},
            {"ansible.builtin.lineinfile": {**line, "line": "MemoryHigh=768M"}},
        ),
        (
            copy(QUADLET.replace("Image=", "Imag="), "web.container", "unitlint check --as web.container %s"),
            copy(QUADLET, "web.container", "unitlint check --as web.container %s"),
        ),
        (copy(CONF.replace("1G", "1GB"), "journald.conf", conf), copy(CONF, "journald.conf", conf)),
        (copy(CONF.replace("1G", "1GB"), "x/journald.conf", unnamed), copy(CONF, "x/journald.conf", unnamed)),
    ]
    results = play(hosts, [task for pair in pairs for task in pair])
    for number, (refused, installed) in enumerate(zip(results[::2], results[1::2], strict=True)):
        assert refused["failed"] is True, (number, refused)
        assert refused["msg"].startswith("failed to validate"), (number, refused)
        assert refused.get("exit_status") == 1 or "rc:1 " in refused["msg"], (number, refused)
        if "stdout" in refused:  # which not every module hands on
            assert "UL1" in refused["stdout"]
            assert "UL9" not in refused["stdout"], "nothing about a mode or a folder that are not to stay"
        assert (installed["failed"], installed["changed"]) == (False, True), (number, installed)
    assert (etc / "1.service").read_text() == GOOD
    assert (etc / "4.service").read_text() == GOOD


def test_what_is_no_unit_never_looks_like_one(hosts: Path) -> None:
    """sleep.conf is not known by its section, and Ansible tells nothing of its name: exit status 2, not 0."""
    text = "[Sleep]\nAllowSuspend=no\n"
    words = {"content": text, "dest": str(hosts / "etc" / "sleep.conf"), "validate": "unitlint check %s"}
    (refused,) = play(hosts, [{"ansible.builtin.copy": words}])
    assert (refused["failed"], refused["exit_status"]) == (True, 2)
    assert "nothing was checked" in refused["stderr"]


def test_the_playbook_of_the_page(hosts: Path, repository: Path) -> None:
    """With /etc elsewhere, and without what takes root: pip and the handler."""
    page = (repository / "docs" / "ansible.md").read_text(encoding="utf-8")
    (block,) = [block for block in blocks(page) if block.language == "yaml"]
    ((shown),) = YAML(typ="safe").load(block.body.replace("/etc/systemd", str(hosts / "etc")))
    (hosts / "app.service.j2").write_text(GOOD)
    tasks = [task for task in shown["tasks"] if "validate" in json.dumps(task)]
    assert len(tasks) == 2
    for task in tasks:
        del task["notify"]
    (hosts / "etc" / "system" / "app.service.d").mkdir(parents=True)
    bad = json.loads(json.dumps(tasks[1]).replace("768M", "2G"))
    unit, limits, refused = play(hosts, [*tasks, bad])
    assert (unit["failed"], limits["failed"]) == (False, False), (unit, limits)
    assert refused["exit_status"] == 1
    assert "MemoryHigh=2G" in refused["stdout"]
    assert "768M" in (hosts / "etc" / "system" / "app.service.d" / "limits.conf").read_text()
