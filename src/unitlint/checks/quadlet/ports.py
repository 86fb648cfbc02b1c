"""UL287: ports that podman does not publish."""

from __future__ import annotations

from collections.abc import Iterator

from unitlint.quadlet.keys import SECTIONS
from unitlint.rules.model import Context, Hit
from unitlint.units.unit import Unit

WITHOUT_PORTS = ("host", "none", "container")


def without_effect(unit: Unit, _context: Context) -> Iterator[Hit]:
    """PublishPort= beside a network that is not the container's own, at its first line."""
    section = SECTIONS[unit.quadlet]
    ports = unit.all(section, "PublishPort")
    if not ports:
        return
    pod = unit.last(section, "Pod")
    if pod is not None:
        outcome = f"podman refuses to start the container, as {pod.value} has the network and its ports"
        yield Hit(ports[0], {"outcome": outcome}, ((pod, "the pod has the network"),))
        return
    for network in unit.all(section, "Network"):
        name = network.value.partition(":")[0]
        if name in WITHOUT_PORTS or name.endswith(".container"):
            related = ((network, "this network has no ports of the container's own"),)
            yield Hit(
                ports[0], {"outcome": f"podman drops it, as Network={network.value} leaves nothing to publish"}, related
            )
            return
