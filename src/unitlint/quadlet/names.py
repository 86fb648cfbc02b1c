"""Names of Quadlet files: the service that the generator makes of each, and the folders of its drop-ins."""

from __future__ import annotations

from unitlint.catalogue import QUADLET_TYPES
from unitlint.units.names import template_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.grammar.problem import Problem
    from unitlint.syntax.document import Assignment

SUFFIXES = {"volume": "-volume", "network": "-network", "image": "-image", "build": "-build", "pod": "-pod"}
"""What the generator adds to the name of the file; nothing for containers and kubes."""


def quadlet_type(name: str) -> str:
    """``container`` of ``web.container``; empty for what is no Quadlet's name."""
    stem, dot, suffix = name.rpartition(".")
    return suffix if dot and stem and suffix in QUADLET_TYPES else ""


def service_of(name: str) -> str:
    """``data-volume.service`` of ``data.volume``, as long as no ServiceName= says otherwise."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}{SUFFIXES.get(suffix, '')}.service"


def drop_in_names(name: str) -> tuple[str, ...]:
    """The names of the drop-in folders without ``.d``, the most specific first: those of the file, of its template, of
    its name cut at each dash, and of its type."""
    stem, _, suffix = name.rpartition(".")
    found = [name]
    template = template_of(name)
    if template is not None:
        found.append(template)
    parts = stem.split("-")
    found += ["-".join(parts[:count]) + f"-.{suffix}" for count in range(len(parts) - 1, 0, -1)]
    return (*dict.fromkeys(found), suffix)


def without_quadlets(problems: tuple[Problem, ...], assignment: Assignment) -> tuple[Problem, ...]:
    """Without those about names of Quadlet files in dependencies, which the generator replaces by those of services."""
    if assignment.section != "Unit":
        return problems
    return tuple(one for one in problems if not quadlet_type(assignment.value[one.start : one.end].strip("\"'")))
