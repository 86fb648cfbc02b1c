"""The rule set: compiled once from rule.yaml files, then loaded in a millisecond.

The compiled form is plain data (marshal of tuples).  A wheel carries it ready-made; in a checkout it
is cached together with the size and the time of all rule files, so an edited rule takes effect at the next run.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from collections.abc import Iterable, Iterator, Mapping, Sequence

from unitlint import __version__
from unitlint.errors import UnitlintError
from unitlint.rules.model import Rule

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHIPPED = os.path.join(_PACKAGE, "_rules")
COMPILED = "compiled.marshal"
FORMAT = 3
"""To be raised when rules/compile.py makes something else of the same files, so that no old cache is used."""


def load_rules(extra: Sequence[str] = (), plugins: Sequence[str] = ()) -> tuple[Rule, ...]:
    """All built-in rules in the order of their codes, then those of the ``extra`` folders and of plugins.

    Raises UnitlintError with file, line and column for a mistake in a rule file, and for a folder without rules.
    """
    folder = built_in_folder()
    rules = _built_in.get(folder)
    if rules is None:
        rules = _built_in[folder] = tuple(_load_built_in(folder))
    if not extra and not plugins:
        return rules
    from unitlint.rules.own import check_unique

    own = [rule for one in extra for rule in load_folder(one)]
    if plugins:
        from unitlint.rules.plugins import load_plugins

        own += load_plugins(plugins)
    check_unique(own, rules)
    return (*rules, *own)


def load_folder(folder: str, checks: Mapping[str, str] | None = None) -> list[Rule]:
    """The rules below one folder, compiled once for each content as the built-in ones are.

    ``checks`` are the predicates that a plugin has for some of them, ``module:function`` by code.

    Raises UnitlintError for a mistake in a rule file, and where the folder holds no rule.
    """
    if not os.path.isdir(folder):
        raise UnitlintError(f"no such folder of rules: {folder}", hint="`unitlint new-rule NAME --into DIR` begins one")
    files = _stamped(folder)
    if not files:
        raise UnitlintError(f"no rule.yaml below {folder}", hint="`unitlint new-rule NAME --into DIR` writes one")
    return _cached(files, checks)


_built_in: dict[str, tuple[Rule, ...]] = {}
"""Read once a process, for programs that check one text after the other."""


def _load_built_in(folder: str) -> list[Rule]:
    shipped = os.path.join(SHIPPED, COMPILED)
    if not os.path.isfile(shipped):
        return _cached(_stamped(folder))
    with open(shipped, "rb") as file:
        # marshal.load() would ask the file for every few bytes, which takes five times as long.
        return [Rule(*fields) for fields in marshal.loads(file.read())]  # noqa: S302  # our own file


def built_in_folder() -> str:
    """The folder `rules` of the installed package, or of the checkout."""
    if os.path.isdir(SHIPPED):
        return SHIPPED
    return os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "rules")


def is_built_in(path: str) -> bool:
    """True of a file below the folder of the built-in rules."""
    home = os.path.realpath(built_in_folder()) + os.sep
    return os.path.realpath(path).startswith(home)


def rule_files(folder: str) -> list[str]:
    """The rule.yaml files below ``folder``, sorted by the names of their rule folders."""
    return [path for path, *_ in _stamped(folder)]


Stamped = tuple[str, int, int, int]
"""A file with its size, its time of change in nanoseconds, and its inode."""


def _stamped(folder: str) -> list[Stamped]:
    return sorted(_walk(folder), key=lambda file: os.path.basename(os.path.dirname(file[0])))


def _walk(folder: str) -> Iterator[Stamped]:
    """Looks for rule.yaml before it lists a folder, as most of the folders are rules."""
    path = os.path.join(folder, "rule.yaml")
    try:
        status = os.stat(path)
    except OSError:
        with os.scandir(folder) as listing:
            folders = sorted(entry.path for entry in listing if entry.is_dir(follow_symlinks=False))
        for one in folders:
            yield from _walk(one)
        return
    yield path, status.st_size, status.st_mtime_ns, status.st_ino


def _cached(files: Sequence[Stamped], checks: Mapping[str, str] | None = None) -> list[Rule]:
    """The compiled rules, if the cache was made of exactly these files."""
    key: list[object] = [f"{FORMAT}{__version__}{sys.version_info[:2]}{Rule._fields}{checks}", *files]
    cache = os.path.join(_cache_folder(), f"rules-{crc32(f'{key[0]}{files[0][0]}'.encode()):08x}.marshal")
    try:
        with open(cache, "rb") as file:
            made_of, rules = marshal.loads(file.read())  # noqa: S302  # our own file
        if made_of == key:
            return [Rule(*fields) for fields in rules]
    except (OSError, ValueError, EOFError, TypeError):
        pass
    from unitlint.rules.compile import compile_files

    compiled = compile_files([path for path, *_ in files], checks)
    _store(cache, key, compiled)
    return compiled


def _store(path: str, key: list[object], rules: Iterable[Rule]) -> None:
    """Writes the cache so that no reader ever sees half of it; a folder that cannot be written is no error."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        temporary = f"{path}.{os.getpid()}"
        with open(temporary, "wb") as file:
            marshal.dump((key, [tuple(rule) for rule in rules]), file)
        os.replace(temporary, path)
    except OSError:
        return


def _cache_folder() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "unitlint")
