"""The parts that can be set up, which of them a project uses, and what comes of each."""

from __future__ import annotations

from collections.abc import Callable

from unitlint.base.records import NamedTuple
from unitlint.base.version import __version__
from unitlint.init import github_actions, gitlab_ci, pre_commit_config, pytest_option, settings, tox_env
from unitlint.init.drafts import AlreadyThereError, CannotEditError, Drafts

REVISION = f"v{__version__}"


class ProjectPart(NamedTuple):
    """``title`` is for people; ``is_used`` tells whether the project has what the part belongs to."""

    name: str
    title: str
    is_used: Callable[[Drafts], bool]
    add: Callable[[Drafts], str]


class PlannedPart(NamedTuple):
    """What comes of a part: ``planned``, ``there``, ``unused`` or ``cannot``, with the reason and the lines to be added
    by hand."""

    part: ProjectPart
    state: str
    reason: str = ""
    by_hand: str = ""


def parts(releases: str) -> tuple[ProjectPart, ...]:
    """All of them, in the order in which they are told."""
    requirement = tox_env.REQUIREMENT
    return (
        ProjectPart("settings", "settings", lambda _: True, lambda drafts: settings.add(drafts, releases)),
        ProjectPart(
            "pre-commit", "pre-commit hook",
            lambda drafts: drafts.exists(pre_commit_config.NAME),
            lambda drafts: pre_commit_config.add(drafts, REVISION),
        ),
        ProjectPart("tox", "tox environment", lambda drafts: tox_env.file_of(drafts) is not None, tox_env.add),
        ProjectPart(
            "pytest", "pytest option", lambda drafts: pytest_option.place_of(drafts) is not None, pytest_option.add
        ),
        ProjectPart(
            "github", "GitHub Actions workflow",
            github_actions.is_used,
            lambda drafts: github_actions.add(drafts, REVISION),
        ),
        ProjectPart(
            "gitlab", "GitLab CI job",
            lambda drafts: drafts.exists(gitlab_ci.NAME),
            lambda drafts: gitlab_ci.add(drafts, requirement),
        ),
    )  # fmt: skip


def planned(drafts: Drafts, part: ProjectPart, *, wanted: bool | None) -> PlannedPart:
    """Puts one part into the drafts; without a word on whether it is ``wanted``, it is if the project uses it."""
    try:
        if wanted is False or (wanted is None and not part.is_used(drafts)):
            return PlannedPart(part, "unused")
        return PlannedPart(part, "planned", part.add(drafts))
    except AlreadyThereError:
        return PlannedPart(part, "there")
    except CannotEditError as error:
        return PlannedPart(part, "cannot", str(error), error.by_hand)
