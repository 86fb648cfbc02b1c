"""``typing.NamedTuple`` without its price.

Importing ``typing`` and making two dozen named tuples takes 8 ms, a quarter of what a cold start may cost. To type
checkers these are ordinary named tuples; at run time this module makes them, with the same behaviour in what
unitlint uses: fields, defaults, ``_fields``, ``_replace``, ``_asdict``, equality, hashing and pickling.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]  # what collections.namedtuple itself makes its fields of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NamedTuple
else:

    class NamedTuple(tuple):
        """The base of a record: annotated names are its fields, assigned values their defaults."""

        __slots__ = ()
        _fields = ()
        _defaults = {}

        def __init_subclass__(cls) -> None:
            """Turns the annotations of a new record into fields."""
            names = tuple(cls.__annotations__)
            cls._fields = names
            cls.__match_args__ = names
            cls._defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
            cls.__new__ = _first_new
            for index, name in enumerate(names):
                setattr(cls, name, _tuplegetter(index, ""))

        @classmethod
        def _make(cls, values: Iterable[Any]) -> NamedTuple:
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} values, not {len(made)}")
            return made

        def _replace(self, **named: Any) -> NamedTuple:
            values = list(self)
            for name, value in named.items():
                values[self._fields.index(name)] = value
            return tuple.__new__(type(self), values)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self) -> str:
            fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({fields})"

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

    def _first_new(cls: type[NamedTuple], *values: Any, **named: Any) -> NamedTuple:
        """Makes the first record of a class; of half of the classes a run makes none."""
        new: Any = _constructor(cls, cls._fields)
        cls.__new__ = new
        made: NamedTuple = new(cls, *values, **named)
        return made

    _bodies = {}

    def _constructor(cls: type[NamedTuple], names: tuple[str, ...]) -> Any:
        """``__new__`` with the record's own parameters, as collections.namedtuple makes it: Python then pairs
        arguments and fields itself, which is twice as fast as any code that does.  Records of the same length share
        one compiled body under other names, as compiling is most of what making a record costs."""
        code = _bodies.get(len(names))
        if code is None:
            fields = ", ".join(f"_{number}" for number in range(len(names)))
            code = _bodies[len(names)] = eval(  # noqa: S307  # nothing but numbers goes into it
                f"lambda _cls, {fields}: _tuple(_cls, ({fields},))"
            ).__code__
        new = type(_constructor)(code.replace(co_varnames=("_cls", *names)), {"_tuple": tuple.__new__})
        new.__defaults__ = tuple(cls._defaults.values())
        new.__name__ = "__new__"
        new.__qualname__ = f"{cls.__name__}.__new__"
        return new


__all__ = ["NamedTuple"]
