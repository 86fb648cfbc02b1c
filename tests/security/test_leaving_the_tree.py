"""Links lead nowhere that was not asked for: nothing outside a checkout or root directory is read, shown or written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.security.hostile import FIXABLE, MARK, UNIT, Run, outside, repository, run, write

COMMANDS = (("check", "-v"), ("check", "--fix", "--unsafe-fixes"), ("check", "--diff"), ("check", "--add-ignore"),
            ("security",), ("init", "--yes"))  # fmt: skip
LINKS = {
    "env.service": "-> /proc/self/environ",
    "host.service": "-> {outside}/systemd/system/host.service",
    "relative.service": "-> ../outside/app.service",
    "units/app.service.d": "-> {outside}/app.service.d",
    "units/web.service.d/10-x.conf": "-> {outside}/app.service.d/10-secret.conf",
    "units/web.container": "-> {outside}/containers/systemd/web.container",
    "units/chain.service": "-> ../host.service",
    "values.yaml": "-> {outside}/secret.env",
    "journald.conf": "-> {outside}/secret.env",
    "folder": "-> {outside}",
    ".gitignore": "-> {outside}/secret.env",
}
SOUND = {"units/app.service": UNIT, "units/web.service": UNIT, "units/twin.service.d": "-> app.service.d.real"}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    return outside(tmp_path / "outside")


@pytest.fixture
def checkout(tmp_path: Path, elsewhere: Path) -> Path:
    links = {name: target.format(outside=elsewhere) for name, target in LINKS.items()}
    return repository(tmp_path / "checkout", {**SOUND, **links})


def started(tmp_path: Path, folder: Path, *words: str) -> Run:
    found = run(*words, cwd=folder, log=tmp_path / "audit", environment={"SECRET_TOKEN": MARK})
    assert MARK not in found.out + found.err
    assert "Traceback" not in found.err
    assert "internal error" not in found.err
    return found


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_links_in_a_checkout_do_not_leave_it(
    checkout: Path, elsewhere: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    found = started(tmp_path, checkout, *words)
    assert found.touched_below(elsewhere) == []
    assert "/proc/self/environ" not in found.read
    assert (elsewhere / "systemd/system/host.service").read_text() == FIXABLE


@pytest.mark.parametrize("name", [name for name in LINKS if name != ".gitignore"])
@pytest.mark.parametrize("words", [("check", "--fix"), ("security",), ("harden", "--write"), ("show",)], ids=" ".join)
def test_nor_do_those_that_are_named(
    checkout: Path, elsewhere: Path, tmp_path: Path, words: tuple[str, ...], name: str
) -> None:
    found = started(tmp_path, checkout, *words, name)
    assert found.touched_below(elsewhere) == []
    assert found.status == 2 or words == ("security",)


def test_a_word_says_what_was_not_followed(checkout: Path, tmp_path: Path) -> None:
    found = started(tmp_path, checkout, "check", "-v")
    for name in ("env.service", "host.service", "units/app.service.d", "units/web.service.d/10-x.conf"):
        assert f"skipped {name}: a link that leads out" in found.err
    assert "env.service was not checked: a link that leads out" in started(
        tmp_path, checkout, "check", "env.service", "units/app.service"
    ).err  # fmt: skip


def test_they_are_followed_when_that_is_asked_for(checkout: Path, elsewhere: Path, tmp_path: Path) -> None:
    words = ("check", "--follow-links", "--output-format", "concise", "units/app.service")
    found = run(*words, cwd=checkout, log=tmp_path / "audit")
    assert str(elsewhere / "app.service.d/10-secret.conf") in found.read
    (checkout / "unitlint.toml").write_text("follow-links = true\n")
    assert "unknown setting `follow-links`" in started(tmp_path, checkout, "check").err


def test_links_within_the_checkout_are_followed(tmp_path: Path) -> None:
    files = {"shared/limits.conf": "[Service]\nRestart=on-fail\n", "units/a.service": UNIT.replace("on-fail", "no"),
             "units/a.service.d/limits.conf": "-> ../../shared/limits.conf"}  # fmt: skip
    checkout = repository(tmp_path / "checkout", files)
    found = started(tmp_path, checkout, "check", "--output-format", "concise", "units")
    assert "units/a.service.d/limits.conf:2:9" in found.out


def test_outside_of_repositories_a_named_file_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path / "opt", {"app.service": UNIT})
    write(tmp_path / "etc/systemd/system", {"app.service": f"-> {tmp_path}/opt/app.service"})
    found = started(tmp_path, tmp_path, "check", "--output-format", "concise", "etc/systemd/system/app.service")
    assert "on-fail" in found.out


@pytest.fixture
def unpacked(tmp_path: Path, elsewhere: Path) -> Path:
    """A folder that is no repository, with links that lead out of it, and one that stays within."""
    files = {"units/web.service": UNIT, "units/more": f"-> {elsewhere}", "units/host.service.d": "-> ../../outside",
             "units/env.service": "-> /proc/self/environ", "same": "-> units", "chain": "-> units/more"}  # fmt: skip
    return write(tmp_path / "unpacked", files)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("folder", ["unpacked", "unpacked/units", "link", "link/same"])
def test_links_below_a_named_folder_do_not_leave_it(
    unpacked: Path, elsewhere: Path, tmp_path: Path, folder: str, words: tuple[str, ...]
) -> None:
    (tmp_path / "link").symlink_to(unpacked)
    found = started(tmp_path, tmp_path, *words, folder)
    assert found.touched_below(elsewhere) == []
    assert "/proc/self/environ" not in found.read
    assert str(unpacked / "units/web.service") in found.read or "Found 1 unit." in found.out


def test_a_linked_folder_is_told_and_can_be_named(unpacked: Path, elsewhere: Path, tmp_path: Path) -> None:
    """A folder that the person names is what is checked, whichever links are in its path."""
    said = started(tmp_path, tmp_path, "check", "-v", "unpacked").err
    for name in ("units/more", "chain"):
        assert f"skipped unpacked/{name}: a link to a directory outside of what is checked" in said
    assert "same" not in said, "what it leads to is checked"
    for name in ("units/more", "chain/systemd"):
        found = run("check", f"unpacked/{name}", cwd=tmp_path, log=tmp_path / "audit")
        assert str(elsewhere / "systemd/system/host.service") in found.read


IMAGES = {
    "lib": {"lib": "-> {outside}"},
    "etc/systemd": {"etc/systemd": "-> {outside}/systemd"},
    "etc": {"etc": "-> {outside}"},
    "relative": {"etc/systemd": "-> ../../outside/systemd"},
    "containers": {"etc/containers": "-> {outside}/containers"},
    "system": {"usr/lib/systemd/system": "-> {outside}/systemd/system"},
    "file": {"etc/systemd/system/host.service": "-> {outside}/systemd/system/host.service"},
    "drop-ins": {"etc/systemd/system/own.service.d": "-> {outside}/app.service.d"},
    "chain": {"lib": "-> usr/lib", "usr/lib": "-> {outside}"},
    "users": {"etc/passwd": "-> {outside}/secret.env", "usr/lib/os-release": "-> {outside}/secret.env"},
}


@pytest.fixture(params=sorted(IMAGES))
def image(request: pytest.FixtureRequest, tmp_path: Path, elsewhere: Path) -> Path:
    """A root directory with one unit of its own, and a link out."""
    links = {name: target.format(outside=elsewhere) for name, target in IMAGES[request.param].items()}
    return write(tmp_path / "img", {"run/systemd/system/own.service": UNIT, **links})


@pytest.mark.parametrize("words", [("check", "-v"), ("check", "--fix", "--unsafe-fixes"), ("security",)], ids=" ".join)
def test_links_in_an_image_do_not_leave_it(
    image: Path, elsewhere: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    found = started(tmp_path, tmp_path, *words, "--root", "img")
    assert found.touched_below(elsewhere) == []
    assert "own.service" in found.out
    assert (elsewhere / "systemd/system/host.service").read_text() == FIXABLE


def test_nor_do_paths_that_are_named(image: Path, elsewhere: Path, tmp_path: Path) -> None:
    named = [str(path.relative_to(tmp_path)) for path in sorted(image.rglob("*")) if path.is_symlink()]
    inner = [f"img/{name}/host.service" for name in ("etc/systemd/system", "usr/lib/systemd/system")]
    inner = [name for name in inner if (tmp_path / name).exists()]
    for path in (*named, *inner):
        found = started(tmp_path, tmp_path, "check", "--fix", "--follow-links", "--root", "img", path)
        assert found.touched_below(elsewhere) == []
        started(tmp_path, tmp_path, "harden", "--write", "--root", "img", path)
    assert sorted(elsewhere.rglob("50-hardening.conf")) == []
    assert (elsewhere / "systemd/system/host.service").read_text() == FIXABLE


def test_an_absolute_link_in_an_image_leads_through_the_image(tmp_path: Path) -> None:
    files = {"lib": "-> /usr/lib", "usr/lib/systemd/system/own.service": UNIT, "etc/systemd": "-> /opt/units",
             "opt/units/system/other.service": UNIT}  # fmt: skip
    write(tmp_path / "img", files)
    found = started(tmp_path, tmp_path, "check", "--root", "img", "--output-format", "concise")
    assert "img/usr/lib/systemd/system/own.service" in found.out
    assert "img/opt/units/system/other.service" in found.out
    assert found.read_of(Path("/usr/lib/systemd"), Path("/opt/units")) == []
    (unit,) = started(tmp_path, tmp_path, "check", "--root", "img", "img/lib/systemd/system/own.service", "-q",
                      "--output-format", "concise").out.splitlines()[:1]  # fmt: skip
    assert unit.startswith("img/usr/lib/systemd/system/own.service")


@pytest.mark.parametrize("link", ["app.service.d", ".github", "pyproject.toml"])
def test_init_and_harden_write_nothing_through_links(tmp_path: Path, link: str) -> None:
    elsewhere = write(tmp_path / "outside", {"folder/keep": "", "pyproject.toml": "[tool]\n"})
    target = elsewhere / ("pyproject.toml" if link == "pyproject.toml" else "folder")
    checkout = repository(tmp_path / "checkout", {"app.service": UNIT, link: f"-> {target}"})
    init = ("init", "--yes", "--settings", "--github", ".")
    for words in (("harden", "--write", "--isolated", "app.service"), init):
        found = started(tmp_path, checkout, *words)
        assert [path for path in found.written if path.startswith(str(elsewhere))] == []
    assert sorted(path.name for path in elsewhere.rglob("*")) == ["folder", "keep", "pyproject.toml"]
    assert (elsewhere / "pyproject.toml").read_text() == "[tool]\n"


@pytest.mark.parametrize("words", [("--output-file", "report.txt"), ("--write-baseline", "report.txt")], ids=" ".join)
def test_reports_are_not_written_through_links_out_of_the_checkout(tmp_path: Path, words: tuple[str, ...]) -> None:
    write(tmp_path / "outside", {"profile": "mine"})
    checkout = repository(tmp_path / "checkout", {"app.service": UNIT, "report.txt": "-> ../outside/profile"})
    found = started(tmp_path, checkout, "check", *words)
    assert found.status == 2
    assert "leads out of its repository" in found.err
    assert (tmp_path / "outside/profile").read_text() == "mine"


@pytest.mark.parametrize("words", [("--into", "rules"), ()], ids=["named", "of the settings"])
def test_new_rules_are_not_written_through_links_out_of_the_checkout(tmp_path: Path, words: tuple[str, ...]) -> None:
    elsewhere = write(tmp_path / "outside", {"keep": ""})
    checkout = repository(tmp_path / "checkout", {"rules": f"-> {elsewhere}", "unitlint.toml": 'rules = ["rules"]\n'})
    found = started(tmp_path, checkout, "new-rule", "no-owner", *words)
    assert found.status == 2
    assert [path.name for path in elsewhere.rglob("*")] == ["keep"]
