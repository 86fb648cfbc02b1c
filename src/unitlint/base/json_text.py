"""JSON from elsewhere, of which whatever is wrong is one error with its place, and JSON that is printed."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.base.safe_read import CannotReadError, read_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def read_json(path: str, what: str, hint_if_missing: str | None = None) -> Any:
    """The content of a JSON file; ``what`` names it in errors, such as "baseline".

    Raises UnitlintError where it cannot be read (then with ``hint_if_missing`` where there is no such file), or where
    it is no JSON.
    """
    import os

    try:
        data = read_bytes(path)
    except CannotReadError as error:
        hint = None if os.path.lexists(path) else hint_if_missing
        raise UnitlintError(f"cannot read the {what}: {error.reason}", path, hint=hint) from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnitlintError(f"this is not a {what}: not UTF-8", path, line) from None
    return parse_json(text, path, f"this is not a {what}")


def parse_json(text: str, path: str, is_none: str) -> Any:
    """What a JSON text holds; raises UnitlintError, whose message begins with ``is_none``, where it is no JSON."""
    from json import JSONDecodeError, loads

    try:
        return loads(text)
    except JSONDecodeError as error:
        raise UnitlintError(f"{is_none}: {error.msg}", path, error.lineno, error.colno) from None
    except RecursionError:
        raise UnitlintError(f"{is_none}: it nests too deeply", path) from None
    except ValueError:  # int() takes no more than 4,300 digits
        raise UnitlintError(f"{is_none}: it holds a number with too many digits", path) from None


def json_of(value: Any, indent: int | None = None, separators: tuple[str, str] | None = None) -> str:
    """The value as JSON in ASCII, in which no text is a command of a CI server: Azure obeys ``##vso[`` anywhere."""
    from json import dumps

    return dumps(value, indent=indent, separators=separators).replace("##", "#\\u0023")
