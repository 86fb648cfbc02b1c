"""GitLab CI: a job in `.gitlab-ci.yml`, with its report for merge requests."""

from __future__ import annotations

from unitlint.init.drafts import AlreadyThereError, CannotEditError, with_block
from unitlint.init.yaml_file import get, mapping_of, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.init.drafts import Drafts

NAME = ".gitlab-ci.yml"
JOB = """\
unitlint:
  stage: {stage}
  image: python:3-slim
  script:
    - pip install "{requirement}"
    - unitlint check --output-format full --output-format gitlab --output-file unitlint.json
  artifacts:
    when: always
    reports:
      codequality: unitlint.json
"""


def add(drafts: Drafts, requirement: str) -> str:
    """The job into the file, or a file with nothing else; gives its name."""
    if not drafts.exists(NAME):
        drafts.create(NAME, JOB.format(stage="test", requirement=requirement))
    else:
        drafts.edit(NAME, lambda text: with_job(text, requirement))
    return NAME


def with_job(text: str, requirement: str) -> str:
    """The text with the job at its end, in a stage that it has; raises AlreadyThereError where unitlint runs."""
    root = mapping_of(text)
    if "unitlint check" in text:
        raise AlreadyThereError
    job = JOB.format(stage=_stage(get(root, "stages")), requirement=requirement)
    if get(root, "unitlint") is not None:
        raise CannotEditError("it has another job `unitlint`", job)
    after = with_block(text, job)
    if not _is_added(root, after, job):
        raise CannotEditError("a job cannot be added at its end", job)
    return after


def _stage(stages: Any) -> str:
    """``test``, which is there unless others are named; then that of linters, or the first."""
    from ruamel.yaml.nodes import SequenceNode

    names = [str(one.value) for one in stages.value] if isinstance(stages, SequenceNode) else []
    return next((name for name in ("test", "lint") if name in names), names[0] if names else "test")


def _is_added(before: Any, text: str, job: str) -> bool:
    try:
        root = mapping_of(text)
    except CannotEditError:
        return False
    key, value = root.value.pop()
    added = mapping_of(job).value[0]
    return (plain(key), plain(value)) == tuple(map(plain, added)) and plain(root) == plain(before)
