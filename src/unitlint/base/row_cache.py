"""What was compiled of YAML files, kept as JSON in the user's cache folder: whatever stands there cannot crash a run.

Only a folder that belongs to the user, and in which nobody else may write, is believed, so that no checked repository
can bring a cache along.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    CachedRow = tuple[Any, ...]

MOST_FILES = 64
"""So many caches are kept, of which those go first that were not used for the longest time."""
KEPT = 48
_ENDINGS = (".json", ".marshal", ".tmp")
"""Those of our files; earlier versions wrote marshal."""
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def cache_folder() -> str | None:
    """``$XDG_CACHE_HOME/unitlint``, or that below ~/.cache; None without a home folder.

    A relative path is ignored (XDG Base Directory Specification): it would lie in whatever is checked.
    """
    for base in (os.environ.get("XDG_CACHE_HOME", ""), os.path.join(os.path.expanduser("~"), ".cache")):
        if os.path.isabs(base):
            return os.path.join(base, "unitlint")
    return None


def load(name: str, key: Sequence[object]) -> list[CachedRow] | None:
    """The rows that :func:`store` kept under this key; None where there are none that can be believed.

    What a row has in common with most others is kept once: parsing takes the most of a cold start.
    """
    folder = cache_folder()
    if folder is None or not _is_ours(folder):
        return None
    path = os.path.join(folder, name)
    try:
        descriptor = os.open(path, _READ)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or not _is_private(status):
                return None
            text = file.read().decode()
        made_of, table = _parsed(text)
        if made_of != repr(key):
            return None
        _mark_as_used(path)
        return _unpacked(*table)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError, StopIteration):
        return None


def store(name: str, key: Sequence[object], rows: Iterable[CachedRow]) -> None:
    """Keeps the rows, all of one length, so that no reader ever sees half of them; where nothing can be written,
    nothing is."""
    folder = cache_folder()
    if folder is None:
        return
    from json import dumps

    text = dumps([repr(key), _packed(rows)], separators=(",", ":"))
    temporary = os.path.join(folder, f"{name}.{os.getpid()}.tmp")
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(folder):
            return
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(temporary, os.path.join(folder, name))
        except BaseException:
            os.unlink(temporary)
            raise
        _prune(folder)
    except OSError:
        return


def _is_ours(folder: str) -> bool:
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and _is_private(status)


def _is_private(status: os.stat_result) -> bool:
    """Whether it belongs to the user, and nobody else may write to it; Windows has neither in its modes."""
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _mark_as_used(path: str) -> None:
    """Gives the cache a new time, so that it is not the oldest one."""
    try:
        os.utime(path)
    except OSError:  # a file system that can only be read
        return


def _prune(folder: str) -> None:
    """Takes away what was not used for long where there are many: every edit of a rule file makes another."""
    with os.scandir(folder) as listing:
        ours = [entry.path for entry in listing if entry.name.endswith(_ENDINGS)]
    if len(ours) <= MOST_FILES:
        return
    for path in sorted(ours, key=_used_at)[:-KEPT]:
        try:
            os.unlink(path)
        except OSError:  # another run was faster
            continue


def _used_at(path: str) -> int:
    try:
        return os.lstat(path).st_mtime_ns
    except OSError:
        return 0


class _Plain:
    """How JSON is read here: the settings that json.JSONDecoder has by default, which `_json` asks for."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int = float, int

    def __init__(self) -> None:
        self.memo: dict[str, str] = {}

    @staticmethod
    def parse_constant(name: str) -> None:
        raise ValueError(name)


def _parsed(text: str) -> Any:
    """What the JSON text holds; the part of `json` in C alone saves 2 ms of a cold start."""
    try:
        from _json import make_scanner
    except ImportError:  # other Pythons
        from json import loads

        return loads(text)
    scanner: Any = make_scanner
    return scanner(_Plain())(text, 0)[0]


def _packed(rows: Iterable[CachedRow]) -> tuple[dict[str, Any], list[str], list[str], list[dict[str, Any]]]:
    """The rows as JSON can hold them: what is usual in each column, the columns of tuples, those with tuples deeper
    down, and of each row what is not usual.

    Parsing is much of a cold start: most rules have most columns in common, and few need more than `tuple`.
    """
    columns = {str(place): list(values) for place, values in enumerate(zip(*rows, strict=True))}
    tuples = [name for name, values in columns.items() if all(map(_is_flat, values)) and any(map(_has_tuple, values))]
    marked = [name for name, values in columns.items() if name not in tuples and any(map(_has_tuple, values))]
    for name in marked:
        columns[name] = list(map(_marked, columns[name]))
    usual = {name: _most_frequent(values) for name, values in columns.items()}
    kept: list[dict[str, Any]] = [
        {name: value for name, value in zip(columns, row, strict=True) if not _is_same(value, usual[name])}
        for row in zip(*columns.values(), strict=True)
    ]
    return usual, tuples, marked, kept


def _unpacked(
    usual: dict[str, Any], tuples: list[str], marked: list[str], kept: list[dict[str, Any]]
) -> list[CachedRow]:
    """The rows that :func:`_packed` took apart."""
    for cells in (usual, *kept):
        for name in tuples:
            if name in cells and cells[name] is not None:
                cells[name] = tuple(cells[name])
        for name in marked:
            if name in cells:
                cells[name] = _unmarked(cells[name])
    return [tuple({**usual, **cells}.values()) for cells in kept]


def _most_frequent(values: list[Any]) -> Any:
    from collections import Counter

    texts = list(map(repr, values))
    return values[texts.index(Counter(texts).most_common(1)[0][0])]


def _is_flat(value: Any) -> bool:
    return value is None or (type(value) is tuple and not any(type(item) in _NESTS for item in value))


def _has_tuple(value: Any) -> bool:
    if type(value) is dict:
        return any(map(_has_tuple, value.values()))
    return type(value) is tuple or (type(value) is list and any(map(_has_tuple, value)))


def _is_same(value: Any, other: Any) -> bool:
    """Whether they are kept alike, which 1 and True are not."""
    return repr(value) == repr(other)


_LIST = "[]"
"""The only key of an object that stands for a list; arrays stand for tuples, of which there are more."""


def _marked(value: Any) -> Any:
    """The value in the form that is kept."""
    if isinstance(value, list):
        return {_LIST: [_marked(item) for item in value]}
    if isinstance(value, tuple):
        return [_marked(item) for item in value]
    return {key: _marked(item) for key, item in value.items()} if isinstance(value, dict) else value


def _unmarked(value: Any) -> Any:
    """The value that is kept in this form."""
    if type(value) is list:
        return tuple(map(_unmarked, value))
    if type(value) is not dict:
        return value
    if _LIST in value:
        return [_unmarked(item) for item in value[_LIST]]
    return {key: _unmarked(item) for key, item in value.items()}


_NESTS = frozenset((tuple, list, dict))
