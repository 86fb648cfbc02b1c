"""Rows of plain data as JSON that is parsed fast and keeps types: what most rows have in common stands there once.

JSON has no tuples, which rows are full of: an array stands for a tuple, an object with a single odd key for a list.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    Row = tuple[Any, ...]
    Column = tuple[int, list[int] | None, list[Any]]

MOST_ROWS = 20_000
"""More than there will ever be rules; no file may ask for more memory than it has."""


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


def packed(rows: Sequence[Row]) -> tuple[int, list[Column]]:
    """The number of rows, all of one length, and their columns: of each how its cells are kept, the places of unusual
    cells, and these, with the usual one behind them; None for the places where most are unusual, and all are kept.
    """
    return len(rows), [_packed_column(cells) for cells in zip(*rows, strict=True)]


def unpacked(number: int, columns: list[Column]) -> list[Row]:
    """The rows that :func:`packed` took apart; raises ValueError, TypeError or LookupError for anything else."""
    if number > MOST_ROWS:
        raise ValueError(number)
    return list(zip(*[_cells(number, *column) for column in columns], strict=True))


_PLAIN, _FLAT, _DEEP = range(3)
"""How cells are kept: as they are, tuples as arrays, or marked because tuples stand deeper down."""


def _packed_column(cells: Sequence[Any]) -> Column:
    how = _DEEP if any(map(_has_tuple, cells)) else _PLAIN
    if how and all(map(_is_flat, cells)):
        how = _FLAT
    kept = list(map(_marked, cells)) if how == _DEEP else list(cells)
    usual = _most_frequent(kept)
    places = [place for place, value in enumerate(kept) if not _is_same(value, usual)]
    if len(places) > len(kept) // 2:
        return how, None, kept
    return how, places, [*[kept[place] for place in places], usual]


def _cells(number: int, how: int, places: list[int] | None, values: list[Any]) -> list[Any]:
    if how:
        values = list(map(_unmarked if how == _DEEP else _as_tuple, values))
    if places is None:
        return values
    *unusual, usual = values
    cells = [usual] * number
    for place, value in zip(places, unusual, strict=True):
        cells[place] = value
    return cells


def _as_tuple(value: list[Any] | None) -> tuple[Any, ...] | None:
    return None if value is None else tuple(value)


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
