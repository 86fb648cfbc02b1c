"""The kinds of files that hold units among other things, by their names.

A new kind is one row of :data:`HOST_KINDS` and one module that knows its language.
"""

from __future__ import annotations

import os

from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from unitlint.files.embedded import Embedded

    class HostModule(Protocol):
        """What the module of a kind offers."""

        def may_hold_units(self, data: bytes) -> bool:
            """A cheap look at the bytes of a file, after which most files need not be parsed."""

        def find_embedded(self, path: str, text: str) -> Iterator[Embedded]:
            """The units, drop-ins and confs in the text of the file, in its order.

            Raises CannotSearchError (files/embedded.py) for a text that is not of this language.
            """

        def offsets(self, text: str, embedded: Embedded) -> Sequence[int]:
            """The offset in the file's text of each character of an embedded text, and last that behind it."""


class HostKind(NamedTuple):
    """Files by the ends of their names, by whole names, or by the folder and the end; and the module for them."""

    module: str
    endings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    in_folders: tuple[tuple[str, str], ...] = ()
    """(name of the folder, end of the file's name)."""


HOST_KINDS = (
    # YAML and JSON: cloud-init, Butane, Ignition, Ansible, ConfigMaps of Kubernetes.
    HostKind(
        "unitlint.files.yaml_units",
        endings=(".yaml", ".yml", ".bu", ".butane", ".fcc", ".ign", ".json"),
        names=("user-data", "vendor-data", "cloud-config", "cloud.cfg"),
        in_folders=(("cloud.cfg.d", ".cfg"),),
    ),
)


def host_kind_of(path: str) -> HostKind | None:
    """The kind of file that may hold units, by its name; None for all others."""
    for kind in HOST_KINDS:
        if path.endswith(kind.endings):
            return kind
        if path.endswith(kind.names) and os.path.basename(path) in kind.names:
            return kind
        for folder, ending in kind.in_folders:
            if path.endswith(ending) and os.path.basename(os.path.dirname(path)) == folder:
                return kind
    return None
