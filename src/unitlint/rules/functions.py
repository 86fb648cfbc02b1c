"""Is there the function that a built-in rule names?  The modules are read, not imported."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from unitlint.base.compiled import PACKAGE
from unitlint.base.likeness import did_you_mean
from unitlint.rules.validate import value_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ROOMS = {"check": "checks", "fix": "fix"}
"""The keys that name a function, and the folder of src/unitlint in which its module is."""
EXAMPLES = {"check": "lifecycle.killing:stop_by_kill", "fix": "names:misspelt"}
_DEFINED = re.compile(r"^(?:def |class )?(\w+)(?: =|\(|:)", re.MULTILINE)


def check_functions(raw: Any, path: str) -> None:
    """Raises UnitlintError where ``check`` or ``fix`` of a rule file names no module or no function of one."""
    for key, room in ROOMS.items():
        if not raw.get(key):
            continue
        module, colon, function = str(raw[key]).partition(":")
        if not colon or not re.fullmatch(r"\w+(?:\.\w+)*", module) or not function.isidentifier():
            raise value_at(raw, key, path, f"`{raw[key]}` is not module:function", f"such as {EXAMPLES[key]}")
        known = _defined_in(os.path.join(PACKAGE, room, *module.split(".")) + ".py")
        where = f"src/unitlint/{room}/{module.replace('.', '/')}.py"
        if known is None:
            raise value_at(raw, key, path, f"there is no {where}", "name a module that exists, or write it")
        if function not in known:
            hint = did_you_mean(function, known) or f"write `def {function}(…)` there"
            raise value_at(raw, key, path, f"{where} has no `{function}`", hint)


@lru_cache(maxsize=256)
def _defined_in(file: str) -> frozenset[str] | None:
    """The names that a module defines; None where there is no such module."""
    try:
        with open(file, encoding="utf-8") as text:
            return frozenset(_DEFINED.findall(text.read()))
    except OSError:
        return None
