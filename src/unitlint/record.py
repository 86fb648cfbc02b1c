"""``typing.NamedTuple`` without its price.

Importing ``typing`` and making two dozen named tuples takes 8 ms, a quarter of what a cold start may cost. To type
checkers these are ordinary named tuples; at run time this module makes them, with the same behaviour in what
unitlint uses: fields, defaults, ``_fields``, ``_replace``, ``_asdict``, equality, hashing and pickling.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]  # what collections.namedtuple itself makes its fields of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, NamedTuple
else:

    class NamedTuple(tuple):
        """The base of a record: annotated names are its fields, assigned values their defaults."""

        __slots__ = ()
        _fields = ()
        _defaults = {}
        _tail = ()

        def __init_subclass__(cls) -> None:
            """Turns the annotations of a new record into fields."""
            names = tuple(cls.__annotations__)
            cls._fields = names
            cls.__match_args__ = names
            cls._defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
            cls._tail = tuple(cls._defaults.values())
            for index, name in enumerate(names):
                setattr(cls, name, _tuplegetter(index, ""))

        def __new__(cls, *values: Any, **named: Any) -> NamedTuple:
            """Fields by position or name; TypeError for a missing, doubled or unknown one."""
            names = cls._fields
            if not named:
                missing = len(names) - len(values)
                if not missing:
                    return tuple.__new__(cls, values)
                if 0 < missing <= len(cls._tail):
                    return tuple.__new__(cls, values + cls._tail[-missing:])
            if named or len(values) != len(names):
                values = (*values, *_rest(cls, names[len(values) :], named))
                if named or len(values) != len(names):
                    raise TypeError(f"{cls.__name__} has no field {', '.join(named)}" if named else cls.__name__)
            return tuple.__new__(cls, values)

        @classmethod
        def _make(cls, values: Iterable[Any]) -> NamedTuple:
            return cls(*values)

        def _replace(self, **named: Any) -> NamedTuple:
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _rest(cls: type[NamedTuple], names: Iterable[str], named: dict[str, Any]) -> Iterator[Any]:
        defaults = cls._defaults
        for name in names:
            if name in named:
                yield named.pop(name)
            elif name in defaults:
                yield defaults[name]
            else:
                raise TypeError(f"{cls.__name__} needs {name}")


__all__ = ["NamedTuple"]
