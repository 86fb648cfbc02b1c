"""The rule set: compiled once from rule.yaml files, then loaded in a millisecond.

The compiled form is plain data (marshal of tuples).  A wheel carries it ready-made; in a checkout it
is cached under the hash of all rule files, so an edited rule takes effect at the next run.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from unitlint.rules.model import Rule

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHIPPED = os.path.join(_PACKAGE, "_rules")
COMPILED = "compiled.marshal"


def load_rules(extra: Sequence[str] = ()) -> tuple[Rule, ...]:
    """All built-in rules in the order of their codes, then those of the ``extra`` folders.

    Raises UnitlintError with file, line and column for a mistake in a rule file.
    """
    shipped = os.path.join(SHIPPED, COMPILED)
    if os.path.isfile(shipped):
        with open(shipped, "rb") as file:
            rules = [Rule(*fields) for fields in marshal.load(file)]  # noqa: S302  # our own file
    else:
        rules = _cached(rule_files(built_in_folder()))
    for folder in extra:
        from unitlint.rules.compile import compile_files

        rules += compile_files(rule_files(folder))
    return tuple(rules)


def built_in_folder() -> str:
    """The folder `rules` of the installed package, or of the checkout."""
    if os.path.isdir(SHIPPED):
        return SHIPPED
    return os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "rules")


def rule_files(folder: str) -> list[str]:
    """The rule.yaml files below ``folder``, sorted by the names of their rule folders."""
    return sorted(_walk(folder), key=lambda path: os.path.basename(os.path.dirname(path)))


def _walk(folder: str) -> Iterator[str]:
    for top, folders, files in os.walk(folder):
        folders.sort()
        if "rule.yaml" in files:
            folders.clear()
            yield os.path.join(top, "rule.yaml")


def _cached(files: Sequence[str]) -> list[Rule]:
    contents = [_read(path) for path in files]
    cache = os.path.join(_cache_folder(), f"rules-{_digest(files, contents)}.marshal")
    try:
        with open(cache, "rb") as file:
            return [Rule(*fields) for fields in marshal.load(file)]  # noqa: S302  # our own file
    except (OSError, ValueError, EOFError, TypeError):
        pass
    from unitlint.rules.compile import compile_files

    rules = compile_files(files)
    _store(cache, rules)
    return rules


def _store(path: str, rules: Iterable[Rule]) -> None:
    """Writes the cache so that no reader ever sees half of it; a folder that cannot be written is no error."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        temporary = f"{path}.{os.getpid()}"
        with open(temporary, "wb") as file:
            marshal.dump([tuple(rule) for rule in rules], file)
        os.replace(temporary, path)
    except OSError:
        return


def _cache_folder() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "unitlint")


def _digest(files: Sequence[str], contents: Iterable[bytes]) -> str:
    from hashlib import blake2b

    digest = blake2b(f"{sys.version_info[:2]}{Rule._fields}".encode(), digest_size=16)
    for path, content in zip(files, contents, strict=True):
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + content + b"\0")
    return digest.hexdigest()


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
