"""Settings files: finding the nearest one, reading it, and the place of a mistake in it."""

from __future__ import annotations

import os
import re

from unitlint.base.errors import UnitlintError
from unitlint.base.real_path import leaves_repository, outside_of_image
from unitlint.base.safe_read import CannotReadError, read_bytes
from unitlint.settings.model import BadKeyError, Settings, fields_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

NAMES = (".unitlint.toml", "unitlint.toml", "pyproject.toml", "tox.ini", "setup.cfg")
"""In the order in which they are asked for in each folder."""
OWN_TABLE = "rule"


def group_by_settings(paths: Iterable[str], root: str | None = None) -> list[tuple[Settings, list[str]]]:
    """The paths, in groups that share the nearest settings file above them; ``root`` as in :func:`find`."""
    groups: dict[str | None, tuple[Settings, list[str]]] = {}
    nearest: dict[str, Settings] = {}
    for path in paths:
        folder = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path))
        if folder not in nearest:
            nearest[folder] = find(folder, root)
        settings = nearest[folder]
        groups.setdefault(settings.source, (settings, []))[1].append(path)
    return list(groups.values())


def find(folder: str, root: str | None = None) -> Settings:
    """The settings of the nearest settings file in ``folder`` or above it, else the defaults.

    What stands in the root directory ``root`` is no settings file: an image has no say in how it is checked.
    Raises UnitlintError for mistakes in the file, and for a link to it out of its repository.
    """
    folder = outside_of_image(os.path.abspath(folder), root)
    while True:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                if os.path.islink(path) and leaves_repository(path):
                    hint = "--config reads it, wherever it is; --isolated reads no settings"
                    raise UnitlintError("is a link that leads out of its repository", shown(path), hint=hint)
                settings = read_settings(path)
                if settings is not None:
                    return settings
        above = os.path.dirname(folder)
        if above == folder:
            return Settings()
        folder = above


def load(path: str) -> Settings:
    """The settings of the file that ``--config`` names.

    Raises UnitlintError where it cannot be read or holds no settings of unitlint.
    """
    settings = read_settings(path)
    if settings is None:
        where = "[tool.unitlint]" if path.endswith("pyproject.toml") else "[unitlint]"
        raise UnitlintError(f"has no {where} section", path)
    return settings


def read_settings(path: str) -> Settings | None:
    """The settings in ``path``; None where the file has none.

    Raises UnitlintError for a file that cannot be read or parsed, whatever words are in it: nobody can tell what its
    settings were to be.
    """
    try:
        data = read_bytes(path)
    except CannotReadError as error:
        raise UnitlintError(f"cannot read the settings: {error.reason}", shown(path)) from None
    text = _decode(data, path)
    values = _toml(text, path) if path.endswith(".toml") else _ini(text, path)
    return None if values is None else _settings(values, text, shown(path))


def shown(path: str) -> str:
    """The path relative to the working folder where that is shorter than an absolute one."""
    absolute = os.path.abspath(path)
    here = os.getcwd().rstrip(os.sep) + os.sep
    return absolute[len(here) :] if absolute.startswith(here) else absolute


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnitlintError("is not UTF-8", shown(path), line) from None


def _toml(text: str, path: str) -> dict[str, Any] | None:
    from unitlint.base.toml_text import NotTomlError, read_toml

    try:
        values = read_toml(text)
    except NotTomlError as error:
        raise UnitlintError(str(error), shown(path), error.line, error.column) from None
    tool = values.get("tool")
    own: object = tool.get("unitlint") if isinstance(tool, dict) else None
    if own is None and os.path.basename(path) != "pyproject.toml":
        own = values
    if own is not None and not isinstance(own, dict):
        raise UnitlintError("`tool.unitlint` must be a table", shown(path))
    return own


INDENTED = "an indented line follows a key without a value"


def _ini(text: str, path: str) -> dict[str, Any] | None:
    from configparser import Error, RawConfigParser

    # Other programs take `key: value` and keys alone in their sections.
    parser = RawConfigParser(strict=False, delimiters=("=",), default_section="\0", allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(text, path)
    except Error as error:
        line = getattr(error, "lineno", None) or next(iter(getattr(error, "errors", ())), (None,))[0]
        is_indented = type(error).__name__ == "MultilineContinuationError"  # of Python 3.13 and later
        what = INDENTED if is_indented else str(error).splitlines()[0]
        raise UnitlintError(f"is not an ini file: {what}", shown(path), line) from None
    except AttributeError:  # over which configparser trips until then
        raise UnitlintError(f"is not an ini file: {INDENTED}", shown(path)) from None
    if not any(name == "unitlint" or name.startswith("unitlint.rule.") for name in parser.sections()):
        return None
    values: dict[str, Any] = dict(parser["unitlint"]) if parser.has_section("unitlint") else {}
    for name in parser.sections():
        if name.startswith("unitlint.rule."):
            table = {key: _ini_value(value) for key, value in parser[name].items()}
            tables = values.setdefault(OWN_TABLE, {})
            if isinstance(tables, dict):  # else the key `rule` stands in [unitlint], which is told as a mistake
                tables[name.removeprefix("unitlint.rule.")] = table
    return values


def _ini_value(text: str | None) -> object:
    """An option's value in an ini file has no type but what it looks like; None where it has none."""
    if text is None:
        return None
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    if re.fullmatch(r"[+-]?\d{1,18}", text):
        return int(text)
    if "\n" in text or "," in text:
        return [word for line in text.splitlines() for word in map(str.strip, line.split(",")) if word]
    return text


def _settings(values: dict[str, Any], text: str, path: str) -> Settings:
    try:
        fields = fields_of(values)
    except BadKeyError as mistake:
        line, column = _place_of_key(text, mistake.key)
        raise UnitlintError(mistake.message, path, line, column, mistake.hint) from None
    folder = os.path.dirname(path)
    if fields.get("root"):
        fields["root"] = os.path.join(folder, fields["root"])
    if fields.get("baseline"):
        fields["baseline"] = os.path.join(folder, fields["baseline"])
    if fields.get("rules"):
        fields["rules"] = tuple(os.path.join(folder, one) for one in fields["rules"])
    return Settings(**fields, source=path, folder=folder or ".")


def _place_of_key(text: str, key: str) -> tuple[int | None, int | None]:
    """The line and column where ``key`` is set, in our own section if it stands there."""
    name = re.escape(key)
    own = re.search(r"^\s*\[(?:tool\.)?unitlint\]", text, re.MULTILINE)
    pattern = re.compile(
        rf"""^[ \t]*(?:\[(?:tool\.)?(?:unitlint\.)?)?["']?({name})["']?[ \t]*(?:[=.\]]|$)""", re.MULTILINE
    )
    found = (own and pattern.search(text, own.end())) or pattern.search(text)
    return _line_and_column(text, found.start(1)) if found else (None, None)


def place_of_word(path: str, word: str) -> tuple[int, int] | None:
    """Where ``word`` stands in a settings file, as line and column; None where it doesn't."""
    try:
        text = read_bytes(path).decode("utf-8-sig", "replace")
    except CannotReadError:
        return None
    own = text.find("unitlint")
    found = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])").search(text, max(own, 0))
    return _line_and_column(text, found.start()) if found else None


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
