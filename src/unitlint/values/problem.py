"""What a value grammar is asked, and what it answers."""

from __future__ import annotations

from unitlint.base.finding import Effect
from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Grammar = Callable[[str, "ValueContext"], Iterable["ValueProblem"]]
    """What systemd objects to in a value: a function a family of values."""


class ValueProblem(NamedTuple):
    """What systemd objects to in a value.

    ``start`` and ``end`` are offsets into the value (code points); ``suggestion`` is the nearest
    valid spelling of that stretch.  ``kind`` names the rule that reports it (a rule's name):
    invalid-value, out-of-range, bad-specifier, relative-path, legacy-path, deprecated-value, ….
    ``reason`` is a short clause without a final stop, such as "systemd writes sizes as K, M, G"; ``help`` is a
    sentence on what to write, where ``reason`` and ``suggestion`` do not say it.
    """

    effect: Effect
    start: int
    end: int
    reason: str
    kind: str = "invalid-value"
    suggestion: str | None = None
    help: str | None = None


class ValueContext(NamedTuple):
    """What a grammar may know beside the text."""

    release: int
    section: str = "Service"
    directive: str = ""
    entry: dict[str, Any] = {}  # the catalogue's entry: enum, min, max, prefixes, …
    user_manager: bool = False
    unit_name: str = ""
