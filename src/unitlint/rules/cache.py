"""The rule set: compiled once from rule.yaml files, then loaded in a millisecond.

The compiled form is plain data (marshal of tuples).  A wheel carries it ready-made; in a checkout it
is cached together with the size and the time of all rule files, so an edited rule takes effect at the next run.
"""

from __future__ import annotations

import marshal
import os
import sys
from binascii import crc32
from collections.abc import Iterable, Mapping, Sequence

from unitlint.base.errors import UnitlintError
from unitlint.base.version import __version__
from unitlint.rules.folders import Stamped, _stamped
from unitlint.rules.model import Rule

FORMAT = 4
"""To be raised when rules/compile.py makes something else of the same files, so that no old cache is used."""


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


def _store(path: str, key: list[object], rules: Iterable[tuple[object, ...]]) -> None:
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
