"""--diff-base asks git, and nothing in a repository makes git run a program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changes.repositories import commit_all, git
from tests.security.hostile import UNIT, run


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a changed unit in its working tree."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    (folder / "app.service").write_text(UNIT.replace("on-fail", "always"))
    commit_all(folder)
    (folder / "app.service").write_text(UNIT)
    return folder


def check(checkout: Path, *words: str, cwd: Path | None = None) -> str:
    """What a check against HEAD says."""
    found = run("check", "--diff-base", "HEAD", *words, cwd=cwd or checkout, log=checkout.parent / "audit")
    return found.out + found.err


def program(folder: Path) -> tuple[Path, str]:
    """A program that leaves a mark, and the mark."""
    mark = folder / "it-ran"
    path = folder / "program"
    path.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    path.chmod(0o755)
    return mark, str(path)


@pytest.mark.parametrize(
    "setting", ["core.fsmonitor", "core.pager", "diff.external", "diff.unit.textconv", "diff.unit.command",
                "filter.unit.clean", "filter.unit.process", "filter.unit.smudge", "core.sshCommand"],
)  # fmt: skip
def test_what_its_settings_name_does_not_run(checkout: Path, tmp_path: Path, setting: str) -> None:
    mark, path = program(tmp_path)
    git(checkout, "config", setting, path)
    git(checkout, "config", "filter.unit.required", "true")
    (checkout / ".gitattributes").write_text("*.service diff=unit filter=unit\n")
    assert "Restart" in check(checkout)
    assert not mark.exists()


def test_hooks_do_not_run(checkout: Path, tmp_path: Path) -> None:
    mark, path = program(tmp_path)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for hook in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout"):
        (hooks / hook).symlink_to(path)
    git(checkout, "config", "core.hooksPath", str(hooks))
    assert "Restart" in check(checkout)
    assert not mark.exists()


def test_a_bare_repository_that_was_committed_is_none(checkout: Path, tmp_path: Path) -> None:
    mark, path = program(tmp_path)
    inner = checkout / "units"
    git(tmp_path, "init", "--quiet", "--bare", str(inner))
    with (inner / "config").open("a") as config:
        config.write(f"[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = {path}\n")
    (inner / "evil.service").write_text(UNIT)
    assert "evil.service" in check(checkout, "units/evil.service")
    assert "cannot use bare repository" in check(checkout, ".", cwd=inner)
    assert not mark.exists()


def test_a_partial_clone_fetches_nothing(checkout: Path, tmp_path: Path) -> None:
    mark, path = program(tmp_path)
    git(checkout, "config", "core.repositoryFormatVersion", "1")
    git(checkout, "config", "extensions.partialClone", "origin")
    git(checkout, "config", "remote.origin.promisor", "true")
    git(checkout, "config", "remote.origin.url", f"ext::{path}")
    git(checkout, "config", "protocol.ext.allow", "always")
    blob = git(checkout, "rev-parse", "HEAD:app.service").strip()
    (checkout / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert "`git diff` failed" in check(checkout)
    assert not mark.exists()


def test_what_the_settings_of_a_submodule_name_does_not_run(checkout: Path, tmp_path: Path) -> None:
    mark, path = program(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "sub.service").write_text(UNIT.replace("on-fail", "always"))
    (other / ".gitattributes").write_text("*.service diff=unit filter=unit\n")
    commit_all(other)
    git(checkout, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    commit_all(checkout)
    for setting in ("core.fsmonitor", "diff.external", "diff.unit.textconv", "filter.unit.clean"):
        git(checkout / "sub", "config", setting, path)
    (checkout / "sub" / "sub.service").write_text(UNIT)
    assert "sub/sub.service" in check(checkout)
    assert not mark.exists()
