"""What others wrote steers neither a terminal nor a CI server, wherever it is shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.security.hostile import run
from unitlint.base.foreign_text import safe, safe_in_diff, safe_lines, safe_path
from unitlint.fix.diff import unified

COMMANDS = ("::error::owned", "  ::set-output name=a::b", "##vso[task.setvariable variable=a]b", "##[error]owned",
            "##teamcity[x]", "x ##vso[task.complete]")  # fmt: skip
STEERING = ("\x1b[31mred", "\x1b]0;title\x07", "\x9b31m", "a\rb", "\u202eevil", "\x08\x08", "\u2028::error::x")
OURS = re.compile(
    r"::(error|warning|notice) (file|title)=[^:]*::|::group::|::endgroup::$|##vso\[task\.logissue [^\]]*\]"
)
"""The commands that unitlint itself writes, at the begin of a line."""


def assert_harmless(text: str) -> None:
    """No control character, no command that is not ours."""
    assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", text) == []
    for line in text.split("\n"):
        rest = line[len(own.group()) :] if (own := OURS.match(line)) else line
        assert not line.lstrip().startswith("::") or own, line
        assert not re.search(r"##\w*\[", rest), line


NAMES = (
    "::error::a.service", "  ::warning::b.service", "c\x1b[31m.service", "d\n::error::x.service", "e\u202e.service",
    "##vso[task.complete]f.service", "\udcff.service", "g\x9b.service", "::x.service.d/::y.conf", "h.container",
    "-x.service",
)  # fmt: skip
WORDS = (*COMMANDS, *(word for word in STEERING if "\r" not in word and "\u2028" not in word))
UNIT = "\n".join([
    "::error::owned", "[Unit]", *(f"Documentation={word}" for word in WORDS), "[##vso[x]]", "::set-env name=a::b=c",
    "[Service]", "ExecStart=/usr/bin/app", "DynamicUsr=yes", "::error::k=v", "Restart=##[x]",
    *(f"User={word}" for word in WORDS), *(f"{word}=1" for word in WORDS), "  ::error::x", "Typ=simple", "  ::error::x",
    "",
])  # fmt: skip
YAML = """#cloud-config
write_files:
  - path: /etc/systemd/system/y.service
    content: |
      [Service]
      ExecStart=/usr/bin/app
    a: &x
      ::error::owned: &x 1
    "##[error]owned": &x 1
"""
RULE = """code: ACME001
name: no-owner
category: own
severity: error
confidence: high
profile: default
applies-to: [service]
message: "::error::owned \\e[31m ##vso[task.complete]"
why: |
  ::error::owned ##[x]
  ::warning::owned
how-to-fix: |
  ::error::owned
references: ["::error::x", "\\e[1m"]
match:
  all:
    - Service.ExecStart: &x {set: true}
    - Service.ExecStart: &x {set: true}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    (folder / ".git").mkdir(parents=True)
    for name in NAMES:
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        text = "[Container]\nImage=\x1b[1m\n::error::x=1\n" if name.endswith(".container") else UNIT
        with open(os.fsencode(path), "w", encoding="utf-8") as file:
            file.write(text)
    (folder / "rules" / "ACME001-no-owner").mkdir(parents=True)
    (folder / "rules" / "ACME001-no-owner" / "rule.yaml").write_text(RULE)
    (folder / "user-data.yaml").write_text(YAML)
    (folder / "unitlint.toml").write_text('rules = ["rules"]\n')
    return folder


FORMATS = (
    "full",
    "concise",
    "json",
    "json-lines",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "sarif",
    "azure",
)
RUNS = (
    *(("check", "-v", "--output-format", name) for name in FORMATS), ("check", "--statistics"), ("check", "--diff"),
    ("check", "--fix", "--unsafe-fixes"), ("check", "--add-ignore"), ("check", "--write-baseline", "::b.json"),
    ("rule", "ACME001", "--config", "unitlint.toml"), ("rule", "--all", "--config", "unitlint.toml"),
    ("rule", "ACME001", "--config", "unitlint.toml", "--output-format", "json"),
    ("rule", "ACME001", "--config", "unitlint.toml", "--output-format", "markdown"),
    *(("security", "--output-format", name) for name in ("text", "json", "markdown", "sarif")), ("init", "--diff"),
    ("harden", "./::error::a.service"), ("show", "./::error::a.service"),
    ("new-rule", "no-group", "--into", "\x1b[31m\n::error::rules"),
    ("show", "--output-format", "json", "./::error::a.service"), ("check", "--show-files"),
    ("check", "--output-format", "junit", "--statistics-by", "file", "--statistics"),
)  # fmt: skip
MISTAKES = (
    ("check", "::no\n::error::such.service"), ("check", "--\n::error::x"),
    ("check", "--select", "\x1b[31m\n::error::x"), ("show", "./c\x1b[31m.service"),
)  # fmt: skip


@pytest.mark.parametrize("words", [*RUNS, *MISTAKES], ids=lambda words: ascii(" ".join(words)))
def test_no_output_steers_anything(checkout: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    found = run(*words, cwd=checkout, log=tmp_path / "audit")
    assert found.out or found.err
    assert found.status == 2 if words in MISTAKES else found.status < 2, "it was done, or there is nothing to see"
    assert "internal error" not in found.err
    assert_harmless(found.out)
    assert_harmless(found.err)


@pytest.mark.parametrize(
    "text",
    ['ignore = ["\\n::error::x"]\n', '"\\u001b[31m" = 1\n', 'baseline = "\\n::error::x"\n', 'rules = ["##vso[x]"]\n',
     '[rule."::error::x"]\na = 1\n', 'systemd-version = "\\n::error::x"\n', 'profile = "\\u001b[1m"\n'],
)  # fmt: skip
def test_words_of_settings_are_escaped(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/a\n")
    (tmp_path / "unitlint.toml").write_text(text)
    found = run("check", cwd=tmp_path, log=tmp_path / "audit")
    assert found.status == 2
    assert_harmless(found.out + found.err)


def test_logs_and_policies_are_escaped(tmp_path: Path) -> None:
    lines = [
        f"Nov 28 10:00:00 host systemd[1]: x.service: Failed at step EXEC spawning {word}: {word}" for word in WORDS
    ]
    (tmp_path / "a.log").write_text("\n".join([*lines, *WORDS]))
    (tmp_path / "policy.json").write_text(
        '{"\\u001b[31m": {"weight": 1}, "::error::x": {"description_bad": "\\u001b"}}'
    )
    (tmp_path / "a.service").write_text("[Service]\nExecStart=/a\n")
    for words in (("diagnose", "a.log"), ("diagnose", "--output-format", "markdown", "a.log"),
                  ("security", "--policy", "policy.json")):  # fmt: skip
        found = run(*words, cwd=tmp_path, log=tmp_path / "audit")
        assert "internal error" not in found.err
        assert_harmless(found.out + found.err)


TEXT = st.lists(st.sampled_from([*COMMANDS, *STEERING, "#", ":", "[", " ", "\n", "vso", "\t", "ordinary"])).map("".join)


@given(TEXT | st.text())
@example("\t::error::owned")
def test_everything_is_spelt_out(text: str) -> None:
    assert_harmless(safe(text))
    assert_harmless(safe_lines(text))
    assert_harmless(safe_path(text))
    assert safe(safe(text)) == safe(text)
    assert "\n" not in safe(text)


@given(TEXT, TEXT)
def test_a_diff_steers_nothing(before: str, after: str) -> None:
    shown = unified("x.service", before, after)
    assert_harmless(shown.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "line", [" ordinary", "+::error::x", " a\tb", "-x\r", " #[x]", " Listen=[::]:80", " \ufeff[Unit]"]
)
def test_a_diff_stays_a_patch(line: str) -> None:
    assert safe_in_diff(line) == line


def test_ordinary_text_stays() -> None:
    for text in ("Listen=[::]:80", "a::b", "# x", "## heading [x]", "größe 日本", "100%", "C:\\x"):
        assert safe(text) == text


def test_a_name_that_is_a_command_is_shown_as_a_path(tmp_path: Path) -> None:
    (tmp_path / "::warning::x.service").write_text("[Service]\nExecStart=/a\nRestart=on-fail\n")
    command = [sys.executable, "-m", "unitlint", "check", "--output-format", "concise", "-q"]
    out = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert out
    assert all(line.startswith("./::warning::x.service:") for line in out.splitlines())
