"""Asking git what changed: committed, staged, in the working tree, and files that it does not know yet."""

from __future__ import annotations

import os

from unitlint.base.errors import UnitlintError
from unitlint.base.likeness import did_you_mean
from unitlint.base.real_path import is_below
from unitlint.base.records import NamedTuple
from unitlint.changes.diff import WHOLE, Lines, changed_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PLAIN = (
    "-U0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--no-relative", "--find-renames",
    "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules=all",
)  # fmt: skip
"""Whatever a person's or a repository's settings say, the diff is to have one form."""


_SUBMODULE = "160000 "
"""The mode of one in the index."""


class Repository(NamedTuple):
    """What is new in a working tree: the changed lines by path, and the files that git tracks; paths below ``top``."""

    top: str
    lines: Mapping[str, Lines]
    tracked: frozenset[str]


def changes_since(revision: str, paths: Iterable[str]) -> list[Repository]:
    """The repositories in which the paths lie, and what changed there since ``revision``.

    ``REV...`` counts from where HEAD parted from REV, as in git's own notation.
    Raises UnitlintError where there is no git, no repository or no such revision.
    """
    found: dict[str, Repository] = {}
    for folder in dict.fromkeys(path if os.path.isdir(path) else os.path.dirname(path) or "." for path in paths):
        real = os.path.realpath(folder)
        if any(is_below(real, top) for top in found):
            continue
        here = _top(".") if is_below(real, os.getcwd()) else None
        top = here or _top(folder)
        if top is None:
            raise UnitlintError(
                f"--diff-base needs a git repository, and {real} is in none",
                hint="for known findings without git: --write-baseline and --baseline",
            )
        if top not in found:
            found.update((repository.top, repository) for repository in _changes(top, _commit(top, revision)))
    return list(found.values())


def _changes(top: str, commit: str) -> Iterator[Repository]:
    """What changed since a commit, and before it what changed in each submodule since that which the commit names.

    git itself would ask submodules by programs that obey their settings.
    """
    diff = _git(top, "diff", *_PLAIN, commit, "--", safe=_without_filters(top))
    staged = [entry.partition("\t")[::2] for entry in os.fsdecode(_git(top, "ls-files", "-s", "-z")).split("\0")]
    for mode, path in staged:
        if mode.startswith(_SUBMODULE) and os.path.lexists(os.path.join(top, path, ".git")):
            yield from _changes_of_submodule(top, commit, path)
    lines = {os.fsdecode(path): some for path, some in changed_lines(diff).items()}
    yield Repository(top, lines, frozenset(path for _, path in staged))


def _changes_of_submodule(top: str, commit: str, path: str) -> Iterator[Repository]:
    inner = os.path.realpath(os.path.join(top, path))
    try:
        before = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{path}").decode().strip()
        yield from list(_changes(inner, before))
    except UnitlintError:  # it is new, or its history was not fetched
        yield Repository(inner, {}, frozenset())


def lines_of(repositories: Iterable[Repository], path: str) -> Lines:
    """The changed lines of a file; all of them where it is new, or was exchanged for a link to another.

    A submodule stands before the repository around it.
    """
    folder, name = os.path.split(path)
    shown = os.path.join(os.path.realpath(folder or "."), name)
    for place in dict.fromkeys((shown, os.path.realpath(path))):
        for one in repositories:
            if not is_below(place, one.top):
                continue
            inside = place[len(one.top.rstrip(os.sep)) + 1 :]
            if inside not in one.tracked:
                return WHOLE
            if inside in one.lines:
                return WHOLE if os.path.islink(place) else one.lines[inside]
            break  # the others are around this one
    return ()


def _top(folder: str) -> str | None:
    """The top of the working tree; None where there is none.

    That of the working folder is asked for first, as a hook may have GIT_DIR set, which counts from there.
    """
    try:
        return os.path.realpath(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    except UnitlintError as error:
        if "not a git repository" not in (error.hint or ""):
            raise
        return None


def _commit(top: str, revision: str) -> str:
    name = revision.removesuffix("...")
    try:
        commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except UnitlintError:
        raise _unknown(top, name) from None
    if name != revision:
        try:
            commit = _git(top, "merge-base", "--end-of-options", name, "HEAD")
        except UnitlintError:
            hint = "a shallow clone does not contain the common commit; fetch more of its history"
            raise UnitlintError(f"`{name}` and HEAD have no commit in common", hint=hint) from None
    return commit.decode().strip()


def _unknown(top: str, name: str) -> UnitlintError:
    refs = _git(top, "for-each-ref", "--format=%(refname:short)").decode("utf-8", "replace").split()
    hint = did_you_mean(name, [*refs, "HEAD"]) or (
        "a branch, a tag or a commit; clones of CI servers are shallow, so fetch it there first"
    )
    return UnitlintError(f"--diff-base: git knows no revision `{name}`", hint=hint)


_SAFE = (
    "--no-pager", "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "core.pager=cat",
)  # fmt: skip
"""What a repository's own settings may make git run (git-config(1)) is off; a bare repository that was committed into
another one is none."""
_ENVIRONMENT = {
    "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
}  # fmt: skip
"""Nothing is written, nothing is fetched (a partial clone would), nobody is asked."""


def _git(folder: str, *words: str, safe: tuple[str, ...] = _SAFE) -> bytes:
    """What git prints; raises UnitlintError with git's own words as the hint."""
    from subprocess import run

    environment = {**os.environ, **_ENVIRONMENT}
    command = ["git", *safe, "-C", folder, *words]
    try:
        done = run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    except FileNotFoundError:
        raise UnitlintError("--diff-base needs git, which is not installed") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UnitlintError(f"--diff-base: `git {words[0]}` failed", hint=said or None)
    return done.stdout


def _without_filters(top: str) -> tuple[str, ...]:
    """The words that make git run no filter (gitattributes(5)): each of those that are set up is an empty command.

    Filters are for the content of large files and the like; what they make of a unit is of no interest here.
    """
    try:
        names = _git(top, "config", "--null", "--name-only", "--get-regexp", r"^filter\..*\.(clean|process|required)$")
    except UnitlintError:  # status 1: there are none
        return _SAFE
    values = {"clean": "", "process": "", "required": "false"}
    found = [name for name in os.fsdecode(names).split("\0") if name and "=" not in name]
    if any("=" in name for name in os.fsdecode(names).split("\0")):
        raise UnitlintError("--diff-base: a filter in git's settings has a `=` in its name, and cannot be switched off")
    words = [word for name in found for word in ("-c", f"{name}={values[name.rpartition('.')[2]]}")]
    return (*_SAFE, *words)
