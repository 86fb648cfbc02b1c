"""Paths to sources: walks folders, leaves out what is ignored, and reads what is safe to read."""

from __future__ import annotations

import os
import stat

from unitlint.base.errors import UnitlintError
from unitlint.base.records import NamedTuple
from unitlint.files.classify import (
    AMBIGUOUS_CONFS,
    LINK_FOLDERS,
    TEMPLATE_ENDINGS,
    classify,
    classify_with_suffix,
    is_drop_in_folder,
    scope_of,
    without_suffix,
)
from unitlint.files.host_kinds import host_kind_of
from unitlint.files.links import Links
from unitlint.files.named import named_file
from unitlint.files.patterns import Ignored
from unitlint.files.read import OF_QUADLETS, read_source
from unitlint.files.source import Source
from unitlint.files.unread import kind_of_folder, may_be_stray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from unitlint.files.patterns import Chain

SKIPPED_FOLDERS = frozenset((
    ".git", ".hg", ".svn", ".tox", ".nox", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache",
    "node_modules", "__pycache__",
))  # fmt: skip
"""Folders that hold no units of one's own."""
KERNEL_FOLDERS = ("proc", "sys", "dev")
"""What the kernel shows in a root tree that is mounted or runs."""
BY_CONTENT = ("guess", *OF_QUADLETS)
"""Files of these kinds are read as they are met, to know what they are."""
NOT_LISTED = ("guess", "host")
"""Files that take reading to be known."""
RULE_FILE = "rule.yaml"
"""Beside it stand the cases of a rule, which are wrong on purpose."""


class _Folder(NamedTuple):
    """A folder that waits for its turn: as shown, as it is, and the .gitignore files above it."""

    shown: str
    absolute: str
    chain: Chain


def discover(
    paths: Iterable[str], ignored: Ignored, *, force_exclude: bool = False, root: str | None = None
) -> Iterator[Source]:
    """Every unit, drop-in and conf below ``paths``, each once, in the order of the names.

    A file that is named outright is taken even if it is ignored, unless ``force_exclude``.  No
    link is followed out of ``root``, where one is given.
    Raises UnitlintError, before anything is read, for a path that does not exist.
    """
    paths = tuple(paths)
    for path in paths:
        if not os.path.lexists(path):
            raise UnitlintError(f"no such file or folder: {path}")
    found = _all(paths, ignored, Links(paths, root), force_exclude=force_exclude)
    return _once(found) if len(paths) > 1 else found


def _once(sources: Iterator[Source]) -> Iterator[Source]:
    seen: set[str] = set()
    for source in sources:
        absolute = os.path.abspath(source.path)
        if absolute not in seen:
            seen.add(absolute)
            yield source


def _all(paths: Sequence[str], ignored: Ignored, links: Links, *, force_exclude: bool) -> Iterator[Source]:
    for path in paths:
        is_folder = os.path.isdir(path)
        if force_exclude and _left_out(path, ignored, folder=is_folder):
            continue
        if is_folder:
            yield from _walk(path, ignored, links)
        else:
            yield from named_file(path)


def _left_out(path: str, ignored: Ignored, *, folder: bool) -> bool:
    parts = path.split(os.sep)
    if ignored.excluded(path, folder=folder) or not SKIPPED_FOLDERS.isdisjoint(parts):
        return True
    above = (os.sep.join(parts[:count]) for count in range(1, len(parts)) if _is_rule_name(parts[count - 1]))
    return any(os.path.isfile(os.path.join(one, RULE_FILE)) for one in above)


def listing(folder: str, root: str | None = None) -> Iterator[Source]:
    """The units and confs in one folder, with their drop-ins beside them, ignored or not; nothing further down.

    Nothing is read; files whose content would have to decide are left out, and so are the cases of a rule.
    """
    if not os.path.isfile(os.path.join(folder, RULE_FILE)):
        yield from _walk(folder, Ignored(gitignore=False), Links((folder,), root), deep=False)


def _walk(top: str, ignored: Ignored, links: Links, *, deep: bool = True) -> Iterator[Source]:
    absolute = os.path.abspath(top)
    waiting = [_Folder("" if top == "." else top, absolute, ignored.above(absolute))]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder.absolute) as listing:
                entries = sorted(listing, key=_name_of)
        except OSError as error:
            yield Source(folder.shown or ".", "error", "", note=f"cannot list this folder: {error.strerror}")
            continue
        chain = ignored.enter(folder.chain, folder.absolute)
        folder_kind = kind_of_folder(folder.absolute)
        below = []
        if folder.absolute != absolute and any(_is_rule_file(entry) for entry in entries):
            yield Source(folder.shown, "skip", "", note="the cases of a rule, wrong on purpose")
            continue
        for entry in entries:
            shown = os.path.join(folder.shown, entry.name)
            if _is_folder(entry, links):
                if not deep and not is_drop_in_folder(entry.name):
                    continue
                if entry.name in KERNEL_FOLDERS and links.is_root(folder.absolute):
                    continue
                if entry.name not in SKIPPED_FOLDERS and not ignored.ignores(chain, entry.path, folder=True):
                    below.append(_Folder(shown, entry.path, chain))
                continue
            what = _what(entry)
            if not deep and (what is None or what[0] in NOT_LISTED):
                continue
            if what is None and may_be_stray(folder_kind, entry.name) and not entry.is_symlink():
                what = ("stray", entry.name)
            if what is not None and not ignored.ignores(chain, entry.path):
                yield from _read(entry, shown, what, links)
        waiting.extend(reversed(below))


def _is_rule_file(entry: os.DirEntry[str]) -> bool:
    return entry.name == RULE_FILE and _is_rule_name(os.path.basename(os.path.dirname(entry.path)))


def _is_rule_name(folder: str) -> bool:
    """True of names such as ACME001-runs-as-root."""
    code = folder.partition("-")[0]
    return code.isupper() and code[-1].isdigit()


def _name_of(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_folder(entry: os.DirEntry[str], links: Links) -> bool:
    """Folders, and links to drop-in folders: systemd follows these, and they hold no folders."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return True
        return is_drop_in_folder(entry.name) and entry.is_dir() and links.may_follow(entry.path)
    except OSError:
        return False


def _is_socket(entry: os.DirEntry[str]) -> bool:
    try:
        return not entry.is_file() and stat.S_ISSOCK(entry.stat().st_mode)
    except OSError:
        return False


def _what(entry: os.DirEntry[str]) -> tuple[str, str] | None:
    """(kind, name) by the path; ``guess`` where the content must decide."""
    if entry.name.startswith("."):
        return None  # hidden files are no units (path-util.c: hidden_or_backup_file)
    what = classify_with_suffix(entry.path)[0] if entry.name.endswith(TEMPLATE_ENDINGS) else classify(entry.path)
    if what is None and entry.name in AMBIGUOUS_CONFS and not os.path.dirname(entry.path).endswith(".d"):
        return "guess", entry.name
    if what is None and host_kind_of(entry.path) is not None:
        return "host", entry.name
    return what


def _read(entry: os.DirEntry[str], shown: str, what: tuple[str, str], links: Links) -> Iterator[Source]:
    kind, name = what
    if kind == "host":
        if not entry.is_symlink():
            from unitlint.files.hosts import sources_in_file

            yield from sources_in_file(entry.path, shown)
        return
    scope = scope_of(entry.path)
    language = without_suffix(entry.name)[1] if entry.name.endswith(TEMPLATE_ENDINGS) else ""
    link = None
    if entry.is_symlink():
        link = links.target(entry.path)
        is_dependency = os.path.dirname(entry.path).endswith(LINK_FOLDERS)
        if link == os.devnull and not is_dependency:
            if kind not in OF_QUADLETS:  # that is how Quadlets are switched off
                yield Source(shown, kind, name, link=link, scope=scope)
            return
        if is_dependency or not links.is_own_file(entry.path, kind):
            yield Source(shown, "link", name, link=link, scope=scope)
            return
    if _is_socket(entry):
        yield Source(shown, "skip", name, note="a socket, such as a running program makes", scope=scope)
        return
    if kind not in BY_CONTENT:
        yield Source(shown, kind, name, None, "", link, scope, template=language)
        return
    source = read_source(entry.path, kind, name, link=link, scope=scope)
    # Another program's file of that name needs no word, unless it is systemd's own.
    if source.kind != "skip" or "networkd" in source.note:
        yield source._replace(path=shown)
