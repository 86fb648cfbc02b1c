"""TOML from elsewhere: whatever is wrong with it is one error, and no file takes more memory than its size warrants."""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_STRING = re.compile("\"[^\"\n]*\"|'[^'\n]*'")
_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)")
_MOST_WORK = 4_000_000
"""A name of N parts takes memory with the square of N, some 4 bytes each; so much is let in for a whole file."""


class NotTomlError(Exception):
    """Why a text is no TOML, with the line and column from 1 where the parser names them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read_toml(text: str) -> dict[str, Any]:
    """What a TOML text holds; raises NotTomlError, whose message goes on after the name of a file."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    check_names(text)
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        message = str(error).replace(place.group() if place else "", "")
        line, column = map(int, place.groups()) if place else (None, None)
        raise NotTomlError(f"is not TOML: {message}", line, column) from None
    except RecursionError:
        raise NotTomlError("is not TOML that can be read: it nests too deeply") from None
    except ValueError:  # int() takes no more than 4,300 digits
        raise NotTomlError("is not TOML that can be read: a number has too many digits") from None
    return table


def check_names(text: str) -> None:
    """Raises NotTomlError for names of thousands of parts, ``a.a.a…``."""
    if _work(text) > _MOST_WORK and _work(_STRING.sub("", text)) > _MOST_WORK:
        raise NotTomlError("is not TOML that can be read: a name has too many parts")


def _work(text: str) -> int:
    return sum(line.count(".") ** 2 for line in text.split("\n"))
