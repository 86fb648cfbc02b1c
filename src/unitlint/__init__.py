"""unitlint: a static analyser for systemd units, drop-ins and confs."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.api import check_overlay, check_paths, check_text, exposure, load_unit
    from unitlint.base.errors import UnitlintError
    from unitlint.base.finding import Finding
    from unitlint.base.version import __version__
    from unitlint.engine.report import Report
    from unitlint.units.unit import Unit

__all__ = [
    "Finding",
    "Report",
    "Unit",
    "UnitlintError",
    "__version__",
    "check_overlay",
    "check_paths",
    "check_text",
    "exposure",
    "load_unit",
]

_MODULES = {
    "__version__": "base.version",
    "Finding": "base.finding",
    "Report": "engine.report",
    "Unit": "units.unit",
    "UnitlintError": "base.errors",
    "check_overlay": "api",
    "check_paths": "api",
    "check_text": "api",
    "exposure": "api",
    "load_unit": "api",
}


def __dir__() -> list[str]:
    return sorted(__all__)


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'unitlint' has no attribute {name!r}")
    from unitlint.base import late_imports

    return late_imports.function(f"unitlint.{_MODULES[name]}:{name}")
