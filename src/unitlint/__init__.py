"""unitlint: a static analyser for systemd units, drop-ins and confs."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.api import check_paths, check_text, exposure, load_unit
    from unitlint.errors import UnitlintError
    from unitlint.finding import Finding, Report
    from unitlint.units.unit import Unit

__version__ = "0.1.0"

__all__ = [
    "Finding",
    "Report",
    "Unit",
    "UnitlintError",
    "__version__",
    "check_paths",
    "check_text",
    "exposure",
    "load_unit",
]

_HOMES = {
    "Finding": "finding",
    "Report": "finding",
    "Unit": "units.unit",
    "UnitlintError": "errors",
    "check_paths": "api",
    "check_text": "api",
    "exposure": "api",
    "load_unit": "api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'unitlint' has no attribute {name!r}")
    from unitlint import lazily

    return lazily.function(f"unitlint.{_HOMES[name]}:{name}")
