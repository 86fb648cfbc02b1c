"""Regular expressions that cost a start nothing: each is compiled when it is first used.

Compiling one takes as long as importing a small module, and most runs meet only some of the values they are for.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr


class _LatePattern:
    """Stands in for a compiled pattern; each method is looked up once and then kept."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        method = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, method)
        return method


def late_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, compiled at its first use."""
    return _LatePattern(text, flags)  # type: ignore[return-value]  # it has the same methods
