"""Paths to sources: walks folders, leaves out what is ignored, and reads what is safe to read."""

from __future__ import annotations

import os
from operator import attrgetter

from unitlint.base.errors import UnitlintError
from unitlint.base.records import NamedTuple
from unitlint.base.whole_numbers import is_whole_number
from unitlint.files.classify import is_drop_in_folder, is_link_folder
from unitlint.files.entries import is_folder, kind_and_name, sources_in_entry
from unitlint.files.links import FOLDER_ELSEWHERE, LEAVES, Links
from unitlint.files.named import named_file
from unitlint.files.patterns import Ignored
from unitlint.files.source import Source
from unitlint.files.unread import is_read_elsewhere, kind_of_folder, may_be_misplaced

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
"""What the kernel shows in a root directory that is mounted or runs."""
NOT_LISTED = ("guess", "host", "temporary")
"""Files that take reading to be known, and those that are none of a unit yet."""
LEFT_OUT = "`exclude` of the settings leaves it out, or it is in a directory such as .git"
IGNORED_FILE = "a .gitignore or `exclude` leaves this file out"
IGNORED_FOLDER = "a .gitignore or `exclude` leaves this directory out"
EMPTY = "it contains no unit, drop-in or conf"
RULE_FILE = "rule.yaml"
"""Beside it stand the cases of a rule, which are wrong on purpose."""


class _Folder(NamedTuple):
    """A folder that waits for its turn: as shown, as it is, and the .gitignore files above it."""

    shown: str
    absolute: str
    chain: Chain


def discover(
    paths: Iterable[str],
    ignored: Ignored,
    *,
    force_exclude: bool = False,
    root: str | None = None,
    follow_links: bool = False,
) -> Iterator[Source]:
    """Every unit, drop-in and conf below ``paths``, each once, in the order of the names.

    A file that is named outright is taken even if it is ignored, unless ``force_exclude``.  No
    link is followed out of ``root``, where one is given, and only with ``follow_links`` out of what is checked.
    Raises UnitlintError, before anything is read, for a path that does not exist.
    """
    paths = tuple(paths)
    links = Links(paths, root, follow=follow_links)
    for path in paths:
        if not os.path.lexists(path) and not os.path.lexists(links.place_of(path)[0]):
            raise UnitlintError(f"no such file or directory: {path}")
    found = _all(paths, ignored, links, force_exclude=force_exclude)
    return _once(found) if len(paths) > 1 else found


def _once(sources: Iterator[Source]) -> Iterator[Source]:
    seen: set[str] = set()
    for source in sources:
        absolute = os.path.abspath(source.path)
        if absolute not in seen:
            seen.add(absolute)
            yield source


def _all(paths: Sequence[str], ignored: Ignored, links: Links, *, force_exclude: bool) -> Iterator[Source]:
    for named in paths:
        path, reason = links.place_of(named)
        if reason:
            yield Source(named, "skip", "", note=reason)
            continue
        is_folder = os.path.isdir(path)
        if force_exclude and is_left_out(path, ignored, folder=is_folder):
            yield Source(path, "skip", "", note=LEFT_OUT)
        elif is_folder:
            yield from _walk_or_word(path, ignored, links)
        else:
            yield from named_file(path)


def _walk_or_word(path: str, ignored: Ignored, links: Links) -> Iterator[Source]:
    """What is below a folder; where nothing is, a word on that."""
    found = False
    for source in _walk(path, ignored, links):
        found = True
        yield source
    if not found:
        yield Source(path, "skip", "", note=EMPTY)


def is_left_out(path: str, ignored: Ignored, *, folder: bool = False) -> bool:
    """True where settings, a folder such as .git or the cases of a rule keep a path from being checked."""
    parts = path.split(os.sep)
    if ignored.excluded(path, folder=folder) or not SKIPPED_FOLDERS.isdisjoint(parts):
        return True
    above = (os.sep.join(parts[:count]) for count in range(1, len(parts)) if _is_rule_name(parts[count - 1]))
    return any(os.path.isfile(os.path.join(folder, RULE_FILE)) for folder in above)


def with_left_out(sources: Iterable[Source], ignored: Ignored) -> Iterator[Source]:
    """The sources, and behind them what ``ignored`` left out of them meanwhile, of the kind ``skip``."""
    before = len(ignored.left_out)
    yield from sources
    for path, note in ignored.left_out[before:]:
        yield Source(path, "skip", os.path.basename(path), note=note)


def listing(folder: str, root: str | None = None, *, follow_links: bool = False) -> Iterator[Source]:
    """The units and confs in one folder, with their drop-ins beside them, ignored or not; nothing further down.

    Nothing is read; files whose content would have to decide are left out, and so are the cases of a rule.
    """
    if not os.path.isfile(os.path.join(folder, RULE_FILE)):
        links = Links((folder,), root, follow=follow_links)
        yield from _walk(folder, Ignored(gitignore=False), links, deep=False)


class _Walk(NamedTuple):
    """What holds for all folders below one path; without ``deep`` only drop-in folders are entered."""

    top: str
    ignored: Ignored
    links: Links
    deep: bool


def _walk(top: str, ignored: Ignored, links: Links, *, deep: bool = True) -> Iterator[Source]:
    walk = _Walk(os.path.abspath(top), ignored, links, deep)
    waiting = [_Folder("" if top == "." else top, walk.top, ignored.above(walk.top))]
    while waiting:
        below: list[_Folder] = []
        yield from _in_folder(waiting.pop(), walk, below)
        waiting.extend(reversed(below))


def _in_folder(folder: _Folder, walk: _Walk, below: list[_Folder]) -> Iterator[Source]:
    """The sources in one folder; the folders that are to be entered from there are added to ``below``."""
    try:
        with os.scandir(folder.absolute) as listing:
            entries = sorted(listing, key=attrgetter("name"))
    except OSError as error:
        yield Source(folder.shown or ".", "error", "", note=f"cannot list this directory: {error.strerror}")
        return
    if folder.absolute != walk.top and any(map(_is_rule_file, entries)):
        yield Source(folder.shown, "skip", "", note="the cases of a rule, wrong on purpose")
        return
    chain = walk.ignored.enter(folder.chain, folder.absolute)
    shown_folder = os.path.join(folder.shown, "")
    for entry in entries:
        shown = shown_folder + entry.name
        if is_folder(entry, walk.links):
            if not _is_entered(entry, folder, walk):
                continue
            if walk.ignored.ignores(chain, entry.path, folder=True):
                walk.ignored.left_out.append((shown, IGNORED_FOLDER))
            else:
                below.append(_Folder(shown, entry.path, chain))
            continue
        if is_drop_in_folder(entry.name) and entry.is_symlink() and walk.links.leads_too_far(entry.path):
            yield Source(shown, "skip", entry.name, note=LEAVES)
            continue
        found = _looked_for(entry, folder.absolute, walk)
        if found is None:
            if entry.is_symlink() and _is_folder_elsewhere(entry, walk):
                yield Source(shown, "skip", entry.name, note=FOLDER_ELSEWHERE)
            continue
        if not walk.ignored.ignores(chain, entry.path):
            yield from sources_in_entry(entry, shown, found, walk.links)
        elif found[0] not in NOT_LISTED:
            walk.ignored.left_out.append((shown, IGNORED_FILE))


def _is_folder_elsewhere(entry: os.DirEntry[str], walk: _Walk) -> bool:
    """True of a link to a directory in which units may be that are not checked."""
    return walk.deep and entry.name not in SKIPPED_FOLDERS and walk.links.is_folder_elsewhere(entry.path)


def _is_entered(entry: os.DirEntry[str], folder: _Folder, walk: _Walk) -> bool:
    """Whether units may be in a folder, unless it is ignored."""
    if not walk.deep and not is_drop_in_folder(entry.name):
        return False
    if entry.name in KERNEL_FOLDERS and walk.links.is_root(folder.absolute):
        return False
    return entry.name not in SKIPPED_FOLDERS


def _looked_for(entry: os.DirEntry[str], folder: str, walk: _Walk) -> tuple[str, str] | None:
    """What a file is by its path, as far as it is looked for; ``guess`` where the content must decide."""
    found = kind_and_name(entry)
    if not walk.deep and (found is None or found[0] in NOT_LISTED):
        return None
    if found is None and entry.is_symlink() and is_link_folder(folder):
        return "link", entry.name
    folder_kind = kind_of_folder(folder)
    is_misplaced = (
        may_be_misplaced(folder_kind, entry.name) if found is None else is_read_elsewhere(folder_kind, found[0])
    )
    if is_misplaced and not entry.is_symlink():
        return "misplaced", entry.name
    return found


def _is_rule_file(entry: os.DirEntry[str]) -> bool:
    return entry.name == RULE_FILE and _is_rule_name(os.path.basename(os.path.dirname(entry.path)))


def _is_rule_name(folder: str) -> bool:
    """True of names such as ACME001-runs-as-root."""
    code = folder.partition("-")[0]
    return code.isupper() and is_whole_number(code[-1])
