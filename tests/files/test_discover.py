"""Discovery on trees built for the purpose."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from unitlint.base import safe_read
from unitlint.base.errors import UnitlintError
from unitlint.files import read
from unitlint.files.discover import discover
from unitlint.files.patterns import Ignored
from unitlint.files.source import Source
from unitlint.files.temporary_names import is_temporary

UNIT = "[Service]\nExecStart=/bin/true\n"


def plant(top: Path, *names: str, text: str = UNIT) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(top: Path, *exclude: str, root: str | None = None) -> dict[str, Source]:
    sources = discover([str(top)], Ignored(exclude, str(top)), root=root)
    return {os.path.relpath(source.path, top): read.filled(source) for source in sources}


def test_order_and_kinds(tmp_path: Path) -> None:
    plant(tmp_path, "b.service", "a/x.timer", "b.service.d/1.conf", "c/journald.conf", "c/sysctl.d/9.conf", "README")
    plant(tmp_path, "node_modules/x.service", ".config/systemd/user/u.service", ".#lock.service")
    sources = found(tmp_path)
    assert [(path, source.kind) for path, source in sources.items()] == [
        (".#lock.service", "skip"),
        ("b.service", "unit"),
        (".config/systemd/user/u.service", "unit"),
        ("a/x.timer", "unit"),
        ("b.service.d/1.conf", "dropin"),
        ("c/journald.conf", "conf"),
    ]
    assert sources["b.service"].data == UNIT.encode()
    assert sources[".config/systemd/user/u.service"].scope == "user"


def test_ambiguous_confs(tmp_path: Path) -> None:
    plant(tmp_path, "dbus/system.conf", text="<busconfig/>\n")
    plant(tmp_path, "roles/system.conf", text="[Manager]\nLogLevel=info\n")
    assert list(found(tmp_path)) == ["roles/system.conf"]


def test_paths_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "a.service", "sub/b.service")
    monkeypatch.chdir(tmp_path)
    assert [one.path for one in discover(["."], Ignored())] == ["a.service", "sub/b.service"]
    assert [one.path for one in discover(["sub", "./a.service"], Ignored())] == ["sub/b.service", "./a.service"]
    assert [one.path for one in discover([".", "sub", "a.service"], Ignored())] == ["a.service", "sub/b.service"]


def test_absent_path(tmp_path: Path) -> None:
    with pytest.raises(UnitlintError, match="no such file"):
        discover([str(tmp_path / "absent")], Ignored())


def test_exclude(tmp_path: Path) -> None:
    plant(tmp_path, "a.service", "old/b.service", "keep/old.service")
    assert list(found(tmp_path, "old/")) == ["a.service", "keep/old.service"]
    assert list(found(tmp_path, "/keep", "b.service")) == ["a.service"]
    named = str(tmp_path / "old/b.service")
    ignored = Ignored(["old/"], str(tmp_path))
    assert len(list(discover([named], ignored))) == 1
    (left_out,) = discover([named], ignored, force_exclude=True)
    assert (left_out.path, left_out.kind) == (named, "skip")
    assert "`exclude`" in left_out.note


def test_gitignore(tmp_path: Path) -> None:
    plant(tmp_path, "a.service", "out/b.service", "sub/c.service", "sub/d.service", "sub/out/e.service")
    (tmp_path / ".gitignore").write_text("out/\nd.service\nc.service\n")
    (tmp_path / "sub/.gitignore").write_text("!d.service\n")
    assert len(found(tmp_path)) == 5
    (tmp_path / ".git").mkdir()
    assert list(found(tmp_path)) == ["a.service", "sub/d.service"]
    assert [one.name for one in discover([str(tmp_path)], Ignored(gitignore=False))] == [
        "a.service", "b.service", "c.service", "d.service", "e.service",
    ]  # fmt: skip


def test_gitignore_above_holds_within_a_repository_only(tmp_path: Path) -> None:
    plant(tmp_path, "sub/a.service", "sub/b.service")
    (tmp_path / ".gitignore").write_text("a.service\n")
    assert list(found(tmp_path / "sub")) == ["a.service", "b.service"]
    (tmp_path / ".git").mkdir()
    assert list(found(tmp_path / "sub")) == ["b.service"]
    (tmp_path / ".gitignore").write_text("sub/\n")
    assert list(found(tmp_path / "sub")) == ["a.service", "b.service"]
    assert [source.kind for source in found(tmp_path).values()] == ["skip"]


def test_a_folder_without_units_is_told(tmp_path: Path) -> None:
    plant(tmp_path, "full/a.service", "empty/README")
    sources = discover([str(tmp_path / "full"), str(tmp_path / "empty")], Ignored((), str(tmp_path)))
    assert [(os.path.basename(source.path), source.kind) for source in sources] == [
        ("a.service", "unit"),
        ("empty", "skip"),
    ]
    assert [source.kind for source in discover([str(tmp_path)], Ignored((), str(tmp_path)))] == ["unit"]


@pytest.mark.parametrize(
    "name",
    [".a.service", "a.service~", "a.service.rpmnew", "a.service.dpkg-dist", "a.timer.bak", "a.service.pacnew",
     ".#a.service0123456789abcdef", ".ansible_tmpab12_x9za.service", "b.service.d/.#override.conf0123456789abcdef",
     "b.service.d/x.conf.rpmsave", "a.service.j2~", ".web.container"],
)  # fmt: skip
def test_backups_and_temporary_files_are_skipped(tmp_path: Path, name: str) -> None:
    plant(tmp_path, "b.service", name)
    sources = found(tmp_path)
    assert {path: source.kind for path, source in sources.items()} == {"b.service": "unit", name: "skip"}
    assert "backup or temporary" in sources[name].note


@pytest.mark.parametrize(
    "name", [".gitignore", "notes~", ".bashrc.bak", "x.conf.old", ".", "..conf", ".~", "README.orig"]
)
def test_other_backups_are_no_business_of_ours(tmp_path: Path, name: str) -> None:
    if name != ".":
        plant(tmp_path, "b.service", name)
        assert list(found(tmp_path)) == ["b.service"]
    assert not is_temporary(str(tmp_path / name))


def test_foreign_files_are_skipped_with_a_reason(tmp_path: Path) -> None:
    plant(tmp_path, "org.x.service", text="[D-BUS Service]\nName=org.x\n")
    source = found(tmp_path)["org.x.service"]
    assert source.kind == "skip"
    assert "D-Bus" in source.note


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_special_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("a.service")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("b.socket")
        os.symlink("/dev/zero", "c.service")
        plant(tmp_path, "d.service")
        sources = {one.path: read.filled(one) for one in discover(["."], Ignored())}
    assert {path: one.kind for path, one in sources.items()} == {
        "a.service": "error",
        "b.socket": "skip",
        "c.service": "error",
        "d.service": "unit",
    }
    assert "FIFO" in sources["a.service"].note
    assert [read.filled(one).kind for one in discover(["a.service"], Ignored())] == ["error"]


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe_read, "MAX_BYTES", 10)
    plant(tmp_path, "a.service")
    assert found(tmp_path)["a.service"].kind == "error"


def test_vanished_between_listing_and_reading(tmp_path: Path) -> None:
    plant(tmp_path, "a.service", "b.service", "c.service")
    sources = discover([str(tmp_path)], Ignored())
    assert next(sources).name == "a.service"
    (tmp_path / "b.service").unlink()
    kinds = [(one.name, read.filled(one).kind) for one in sources]
    assert kinds == [("b.service", "error"), ("c.service", "unit")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder(tmp_path: Path) -> None:
    plant(tmp_path, "a/x.service", "b.service")
    (tmp_path / "a").chmod(0)
    try:
        assert {path: one.kind for path, one in found(tmp_path).items()} == {"b.service": "unit", "a": "error"}
    finally:
        (tmp_path / "a").chmod(0o755)


def test_links(tmp_path: Path) -> None:
    plant(tmp_path, "real.service", "wide/elsewhere.txt")
    for name, target in {
        "alias.service": "real.service",
        "masked.service": "/dev/null",
        "gone.service": "/usr/lib/systemd/system/absent-here.service",
        "text.service": "wide/elsewhere.txt",
        "loop.service": "loop.service",
        "wants.target.wants/real.service": "../real.service",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).symlink_to(target)
    (tmp_path / "round").symlink_to(tmp_path)
    sources = found(tmp_path)
    assert {path: one.kind for path, one in sources.items()} == {
        "alias.service": "link",
        "gone.service": "link",
        "loop.service": "link",
        "masked.service": "unit",
        "real.service": "unit",
        "text.service": "unit",
        "wants.target.wants/real.service": "link",
    }
    assert sources["masked.service"].link == "/dev/null"
    assert sources["masked.service"].data == b""
    assert sources["alias.service"].link == "real.service"


def test_no_link_leads_out_of_the_root(tmp_path: Path) -> None:
    plant(tmp_path, "outside/a.service", "outside/x.service.d/1.conf", "root/etc/b.service")
    (tmp_path / "root/etc/a.service").symlink_to(tmp_path / "outside/a.service")
    (tmp_path / "root/etc/x.service.d").symlink_to(tmp_path / "outside/x.service.d")
    top = tmp_path / "root"
    assert {path: one.kind for path, one in found(top, root=str(top)).items()} == {
        "etc/a.service": "link",
        "etc/b.service": "unit",
    }
    kinds = {path: (source.kind, "leads out" in source.note) for path, source in found(top).items()}
    assert kinds["etc/x.service.d"] == ("skip", True)
    assert kinds["etc/a.service"] == ("link", True)
    followed = discover([str(top)], Ignored((), str(top)), follow_links=True)
    assert str(top / "etc/x.service.d/1.conf") in {source.path for source in followed}


def test_the_cases_of_rules_are_no_units_of_ours(tmp_path: Path) -> None:
    plant(tmp_path, "rules/ACME001-as-root/rule.yaml", "rules/ACME001-as-root/bad.service", "alerts/rule.yaml")
    plant(tmp_path, "alerts/web.service")
    sources = found(tmp_path)
    assert {path: source.kind for path, source in sources.items()} == {
        "alerts/web.service": "unit",
        "rules/ACME001-as-root": "skip",
    }
    assert set(found(tmp_path / "rules/ACME001-as-root")) == {"bad.service"}
    case = str(tmp_path / "rules/ACME001-as-root/bad.service")
    assert [one.path for one in discover([case], Ignored((), str(tmp_path)))] == [case]
    assert [one.kind for one in discover([case], Ignored((), str(tmp_path)), force_exclude=True)] == ["skip"]
