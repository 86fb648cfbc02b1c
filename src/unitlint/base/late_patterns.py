"""Regular expressions that cost a start nothing: each is compiled when it is first used.

Compiling one takes as long as importing a small module, `re` itself as long as thirty, and most runs meet only some of
the values they are for. Flags stand in the pattern, as in ``(?i)yes``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any, AnyStr


class _LatePattern:
    """Stands in for a compiled pattern; each method is looked up once and then kept."""

    def __init__(self, text: str | bytes) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:
        import re

        method = getattr(re.compile(self._text), name)
        setattr(self, name, method)
        return method


def late_pattern(text: AnyStr) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, compiled at its first use."""
    return _LatePattern(text)  # type: ignore[return-value]  # it has the same methods
