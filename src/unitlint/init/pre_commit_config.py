"""`.pre-commit-config.yaml`: the hook, written as the entries above it are."""

from __future__ import annotations

from unitlint.init.drafts import AlreadyThereError, CannotEditError
from unitlint.init.yaml_file import get, last_line, mapping_of, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.init.drafts import Drafts

NAME = ".pre-commit-config.yaml"
REPOSITORY = "https://github.com/unitlint/unitlint"


def add(drafts: Drafts, revision: str) -> str:
    """The hook into the file, or a file with nothing else; gives its name."""
    if not drafts.exists(NAME):
        drafts.create(NAME, "repos:\n" + entry(revision))
        return NAME
    drafts.edit(NAME, lambda text: with_hook(text, revision))
    return NAME


def entry(revision: str, dash: int = 2, gap: int = 1, nested: int = 2) -> str:
    """The lines of the repository with its hook.

    ``dash`` is the column of the dash, ``gap`` the blanks behind it, ``nested`` how far the hooks' dashes stand in.
    """
    lead, inner, blanks = " " * dash, " " * (dash + 1 + gap), " " * gap
    return (
        f"{lead}-{blanks}repo: {REPOSITORY}\n{inner}rev: {revision}\n{inner}hooks:\n"
        f"{inner}{' ' * nested}-{blanks}id: unitlint\n"
    )


def with_hook(text: str, revision: str) -> str:
    """The text with the hook below its last repository.

    Raises AlreadyThereError where the hook is there, CannotEditError where ``repos`` is no list of lines.
    """
    root = mapping_of(text)
    repos = get(root, "repos")
    if any(_is_ours(repository) for repository in _items(repos)):
        raise AlreadyThereError
    if not _items(repos) or repos.flow_style:
        raise CannotEditError("it has no list `repos:` with an entry", entry(revision))
    lines = text.removesuffix("\n").split("\n")
    block = entry(revision, *_style(repos)).splitlines()
    at = _below_comments(lines, last_line(repos), repos.start_mark.column)
    if _are_apart(repos, lines):
        block.insert(0, "")
    after = "\n".join([*lines[:at], *block, *lines[at:]]) + "\n"
    if not _is_added(root, after, revision):
        raise CannotEditError("its entries are written in an unusual way", entry(revision))
    return after


def _items(sequence: Any) -> list[Any]:
    from ruamel.yaml.nodes import SequenceNode

    return list(sequence.value) if isinstance(sequence, SequenceNode) else []


def _is_ours(repository: Any) -> bool:
    url = get(repository, "repo")
    name = url.value.rstrip("/").removesuffix(".git") if url is not None and isinstance(url.value, str) else ""
    hooks = (get(hook, "id") for hook in _items(get(repository, "hooks")))
    return name.endswith("/unitlint") or any(hook is not None and hook.value == "unitlint" for hook in hooks)


def _style(repos: Any) -> tuple[int, int, int]:
    last = repos.value[-1]
    dash, content = repos.start_mark.column, last.start_mark.column
    hooks = get(last, "hooks")
    nested = hooks.start_mark.column - content if _items(hooks) and not hooks.flow_style else min(dash, 2)
    return dash, content - dash - 1, max(nested, 0)


def _below_comments(lines: list[str], at: int, dash: int) -> int:
    """Below the comments that still belong to the last entry, as they are indented further than its dash."""
    while at < len(lines) and lines[at].lstrip().startswith("#") and len(lines[at]) - len(lines[at].lstrip()) > dash:
        at += 1
    return at


def _are_apart(repos: Any, lines: list[str]) -> bool:
    """Whether the entries have an empty line between them."""
    above = int(repos.value[-1].start_mark.line) - 1
    while above > 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return len(repos.value) > 1 and not lines[above].strip()


def _is_added(before: Any, text: str, revision: str) -> bool:
    """Whether the new entry is the only difference, and is what it should be."""
    try:
        root = mapping_of(text)
    except CannotEditError:
        return False
    repos = get(root, "repos")
    added = repos.value.pop() if _items(repos) else None
    wanted = get(mapping_of("repos:\n" + entry(revision)), "repos").value[0]
    return plain(added) == plain(wanted) and plain(root) == plain(before)
