"""Modules that are loaded where they are used.

importlib.import_module does the same, but importing importlib takes as long as six of our own modules.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def module(name: str) -> Any:
    """The module of this name; ImportError where there is none."""
    found = sys.modules.get(name)
    if found is None:
        __import__(name)
        found = sys.modules[name]
    return found


def function(place: str) -> Any:
    """What ``module:function`` names."""
    name, _, attribute = place.partition(":")
    return getattr(module(name), attribute)
