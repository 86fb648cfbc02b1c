"""Rows of plain data as JSON that is parsed fast and keeps types: what most rows have in common stands there once.

JSON has no tuples, which rows are full of: an array stands for a tuple, an object with a single odd key for a list.
"""

from __future__ import annotations

from operator import itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Row = tuple[Any, ...]
    Column = tuple[int, Any, str | None]


def as_json(value: Any) -> str:
    """A value without tuples as JSON, in ASCII and on one line."""
    from json import dumps

    return dumps(value, separators=(",", ":"))


def text_of(value: Any) -> str:
    """Any plain value as JSON, of which :func:`value_of` makes the same again."""
    return as_json(_marked(value))


def value_of(text: str) -> Any:
    """The value that :func:`text_of` wrote."""
    return _unmarked(parsed(text))


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


def parsed(text: str) -> Any:
    """What the JSON text holds; the part of `json` in C alone saves 2 ms of a cold start."""
    try:
        from _json import make_scanner
    except ImportError:  # other Pythons
        from json import loads

        return loads(text)
    scanner: Any = make_scanner
    return scanner(_Plain())(text, 0)[0]


def packed(rows: Sequence[Row]) -> list[Column]:
    """The columns of rows that are all of one length: how the cells of each are kept, a letter a row where most rows
    share a few values, and the values, each different one once in that case.
    """
    return [_packed_column(cells) for cells in zip(*rows, strict=True)]


def unpacked(columns: list[Column], *more: list[Any]) -> list[Row]:
    """The rows that :func:`packed` took apart, with the cells of ``more`` columns at their end.

    Raises ValueError, TypeError, AttributeError or LookupError for anything else.
    """
    return list(zip(*[_cells(*column) for column in columns], *more, strict=True))


_PLAIN, _TEXTS, _WORDS, _FLAT, _DEEP = range(5)
"""How cells are kept: as they are, as one text, the same for tuples of words, tuples as arrays, or marked because
tuples stand deeper down. A text is taken apart ten times as fast as JSON is parsed."""
_BETWEEN = "|"
_FIRST = ord("]")
_LETTERS = "".join(map(chr, range(_FIRST, ord("~") + 1)))
"""Characters in the order of their numbers that JSON does not escape."""


def _packed_column(cells: Sequence[Any]) -> Column:
    different = {repr(cell): cell for cell in cells}  # so that 1 and True are
    if len(different) > min(len(_LETTERS), len(cells) // 2):
        return *_packed_cells(cells), None
    letters = dict(zip(different, _LETTERS, strict=False))
    return *_packed_cells(list(different.values())), "".join([letters[repr(cell)] for cell in cells])


def _packed_cells(cells: Sequence[Any]) -> tuple[int, Any]:
    if all(type(cell) is str and _BETWEEN not in cell for cell in cells):
        return _TEXTS, _BETWEEN.join(cells)
    if all(map(_is_of_words, cells)):
        return _WORDS, _BETWEEN.join(map(" ".join, cells))
    if all(map(_is_flat, cells)):
        return _FLAT, cells
    return (_DEEP, list(map(_marked, cells))) if any(map(_has_tuple, cells)) else (_PLAIN, cells)


def _cells(how: int, kept: Any, letters: str | None) -> Any:
    if how == _TEXTS:
        kept = kept.split(_BETWEEN)
    elif how == _WORDS:
        kept = list(map(tuple, map(str.split, kept.split(_BETWEEN))))
    elif how != _PLAIN:
        kept = list(map(_as_tuple if how == _FLAT else _unmarked, kept))
    return kept if letters is None else itemgetter(*letters.encode())([None] * _FIRST + kept)


def _as_tuple(value: list[Any] | None) -> tuple[Any, ...] | None:
    return None if value is None else tuple(value)


def _is_of_words(cell: Any) -> bool:
    """Whether it is a tuple of texts that come back of one with blanks between them."""
    if type(cell) is not tuple or any(type(word) is not str or _BETWEEN in word for word in cell):
        return False
    return tuple(" ".join(cell).split()) == cell


def _is_flat(value: Any) -> bool:
    return value is None or (type(value) is tuple and not any(type(item) in _NESTS for item in value))


def _has_tuple(value: Any) -> bool:
    if type(value) is dict:
        return any(map(_has_tuple, value.values()))
    return type(value) is tuple or (type(value) is list and any(map(_has_tuple, value)))


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
