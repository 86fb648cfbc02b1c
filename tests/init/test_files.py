"""Each kind of file that init edits: what is added, and that nothing else changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from unitlint.init import github_actions, gitlab_ci, ini_file, pre_commit_config, toml_file, tox_env
from unitlint.init.drafts import AlreadyThereError, CannotEditError, only_added, with_block
from unitlint.init.plan import REVISION

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TABLE = {"systemd-version": "252..257"}


def hook(text: str) -> str:
    return pre_commit_config.with_hook(text, "v1")


def job(text: str) -> str:
    return gitlab_ci.with_job(text, "unitlint")


def settings(text: str) -> str:
    return toml_file.with_table(text, ("tool", "unitlint"), TABLE)


def option(text: str) -> str:
    return toml_file.with_key(text, ("tool", "pytest", "ini_options"), "unitlint", value=True)


PRE_COMMIT = """\
# our hooks
default_stages: [pre-commit]  # not on push
repos:
  - repo: https://example.org/a
    rev: "1"  # pinned
    hooks:
      - id: a
        args: [--x,
               --y]
      # - id: b

  # the last one
  - repo: local
    hooks:
      - id: c
        entry: |
          first
          second
        # about c

# the end
ci:
  autofix: false
"""


def test_the_hook_goes_below_the_last_repository() -> None:
    after = hook(PRE_COMMIT)
    new = "\n  - repo: https://github.com/unitlint/unitlint\n    rev: v1\n    hooks:\n      - id: unitlint\n"
    assert after == PRE_COMMIT.replace("        # about c\n", "        # about c\n" + new)


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("repos:\n- repo: a\n  hooks:\n  - id: b\n", "- repo: X\n  rev: v1\n  hooks:\n  - id: unitlint\n"),
        (
            "repos:\n-   repo: a\n    hooks:\n    -   id: b",
            "-   repo: X\n    rev: v1\n    hooks:\n    -   id: unitlint\n",
        ),
        ("repos:\n  - repo: a\n    hooks: [{id: b}]\n", "  - repo: X\n    rev: v1\n    hooks:\n      - id: unitlint\n"),
        (
            "repos:\n    - repo: meta\n      hooks:\n",
            "    - repo: X\n      rev: v1\n      hooks:\n        - id: unitlint\n",
        ),
        (
            "repos:\n  -\n    repo: a\n    hooks:\n      -\n        id: b\n",
            "  - repo: X\n    rev: v1\n    hooks:\n      - id: unitlint\n",
        ),
        ("repos:\n  - &a {repo: a, hooks: []}\n", "  - repo: X\n    rev: v1\n    hooks:\n      - id: unitlint\n"),
    ],
)
def test_the_hook_is_written_as_the_others_are(before: str, added: str) -> None:
    after = hook(before)
    data = YAML(typ="safe").load(after)
    assert data["repos"][-1]["hooks"] == [{"id": "unitlint"}]
    assert only_added(before, after)
    new = after.removeprefix(before.removesuffix("\n") + "\n")
    assert new == added.replace("X", pre_commit_config.REPOSITORY)


@pytest.mark.parametrize(
    "text",
    [
        "repos:\n- repo: https://github.com/unitlint/unitlint\n  rev: v0\n  hooks: []\n",
        "repos:\n- repo: git@example.org:mirror/unitlint.git\n  rev: v0\n  hooks:\n  - id: unitlint-all\n",
        "repos:\n- repo: local\n  hooks:\n  - id: unitlint\n",
    ],
)
def test_the_hook_is_there(text: str) -> None:
    with pytest.raises(AlreadyThereError):
        hook(text)


@pytest.mark.parametrize(
    ("change", "text", "reason"),
    [
        (hook, "", "it is empty"),
        (hook, "# nothing\n", "it is empty"),
        (hook, "repos: [\n", "it is not YAML: line 2"),
        (hook, "- a\n", "not a mapping"),
        (hook, "repos: []\n", "no list `repos:` with an entry"),
        (hook, "repos:\n", "no list `repos:` with an entry"),
        (hook, "{repos: [{repo: a}]}\n", "not a mapping with each key"),
        (hook, "a: 1\n---\nb: 2\n", "it is not YAML"),
        (job, "spec:\n  inputs: {}\n---\na:\n  script: b\n", "it is not YAML"),
        (job, "unitlint:\n  script: other\n", "another job `unitlint`"),
        (job, "a: 1\n...\n", "a job cannot be added"),
        (settings, "[tool\n", "it is not TOML"),
        (settings, "tool = {a = 1}\n", "no room for [tool.unitlint]"),
        (option, "[tool.pytest]\nini_options = 1\n", "no table [tool.pytest.ini_options]"),
        (tox_env.with_environment, "[tox]\nkey\n", "it is not an ini file"),
        (tox_env.with_environment, "key = 1\n", "it is not an ini file"),
    ],
)
def test_what_cannot_be_edited(change: Callable[[str], str], text: str, reason: str) -> None:
    with pytest.raises(CannotEditError) as caught:
        change(text)
    assert reason in str(caught.value)


def test_the_job_runs_in_a_stage_that_is_there() -> None:
    assert "\n  stage: test\n" in job("a:\n  script: !reference [.x, y]\n")
    assert "\n  stage: lint\n" in job("stages: [build, lint]\n")
    assert "\n  stage: build\n" in job("stages:\n  - build  # first\n")
    with pytest.raises(AlreadyThereError):
        job("lint:\n  script: unitlint check\n")


def test_the_option_goes_below_the_others_not_below_the_next_comment() -> None:
    before = '[tool.pytest.ini_options]\naddopts = "-ra"  # all\n\n# about ruff\n[tool.ruff]\nline-length = 100\n'
    assert option(before) == before.replace("# all\n", "# all\nunitlint = true\n")
    with pytest.raises(AlreadyThereError):
        option(option(before))


def test_the_environment_of_tox() -> None:
    before = "[tox]\nenv_list =\n    py  # all\n    lint\n; the end"
    after = tox_env.with_environment(before)
    assert after.startswith(before + "\n\n[testenv:unitlint]\n")
    assert ini_file.sections_of(after)["testenv:unitlint"]["commands"] == "unitlint check {posargs}"
    for text in (after, "[testenv:lint]\ncommands =\n    ruff\n    unitlint check units\n"):
        with pytest.raises(AlreadyThereError):
            tox_env.with_environment(text)


LINES = st.sampled_from(
    ["# c", "#", "", "a = 1", "b = 'x'  # y", "[tool.ruff]", "[project]", "[tool.pytest.ini_options]", "[[tool.x]]",
     "k = [", "  1, # z", "]", "[tool]", "x.y = 2", "\ttab = 3", "é = 1", "[testenv]", "deps =", "  z", "; d",
     "Rem = 4", "repos:", "- repo: a", "  hooks:", "  - id: b", "  - repo: c", "ci: {}", "key: |", "  text", "&a : *a",
     "---", "stages: [a]"]
)  # fmt: skip


@given(
    st.lists(LINES, max_size=10),
    st.sampled_from([hook, job, settings, option, tox_env.with_environment]),
    st.booleans(),
)
def test_any_file(lines: list[str], change: Callable[[str], str], ended: bool) -> None:
    """What can be edited keeps every line, means the same but for what is new, and is not edited twice."""
    text = "\n".join(lines) + ("\n" if ended and lines else "")
    try:
        after = change(text)
    except (CannotEditError, AlreadyThereError):
        return
    assert only_added(text, after)
    assert after.endswith("\n")
    with pytest.raises(AlreadyThereError):
        change(after)
    if change in (settings, option):
        values = tomllib.loads(after)
        if change is settings:
            assert values["tool"].pop("unitlint") == TABLE
        else:
            assert values["tool"]["pytest"]["ini_options"].pop("unitlint") is True
        old = tomllib.loads(text)
        assert {**values, "tool": values["tool"] or None} == {**old, "tool": old.get("tool") or None}


@given(st.text(alphabet="a#\n =", max_size=20))
def test_blocks_at_the_end(text: str) -> None:
    after = with_block(text, "[x]\n")
    assert after.endswith("[x]\n")
    assert only_added(text, after)


def test_lost_lines_are_noticed() -> None:
    assert only_added("a\nb", "a\nx\nb\n")
    assert not only_added("a\nb\n", "b\na\n")
    assert not only_added("a\n# c\n", "a\n")


def test_the_documentation_shows_what_is_written(repository: Path) -> None:
    names = ("integrations", "pre-commit", "ci")
    page = "".join((repository / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in names)
    assert f"```ini\n{tox_env.with_environment('')}```" in page
    assert f"```yaml\n{gitlab_ci.JOB.format(stage='test', requirement=tox_env.REQUIREMENT)}```" in page
    assert f"```yaml\n{github_actions.WORKFLOW.format(revision=REVISION)}```" in page
    assert f"```yaml\nrepos:\n{pre_commit_config.entry(REVISION)}```" in page
