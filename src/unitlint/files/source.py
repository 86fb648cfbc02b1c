"""What discovery hands on: one file, what kind of file it is, and its bytes."""

from __future__ import annotations

from unitlint.base.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.files.embedded import HostPlace


class Source(NamedTuple):
    """``kind`` is unit, dropin, conf, conf-dropin, link (an alias or what .wants/ holds), misplaced
    (files/unread.py), host (a YAML file with units in it, which follow as sources of their own), skip or error.

    ``name`` is the unit's or conf's name, for a drop-in that of its folder without ``.d``;
    ``note`` says why a file was skipped or could not be read; ``link`` is a symlink's target.
    ``data`` is None for a file that is read when its turn comes (files/read.py: filled).
    """

    path: str
    kind: str
    name: str
    data: bytes | None = b""
    note: str = ""
    link: str | None = None
    scope: str = "system"
    context: bool = False
    """Whether the file is not to be reported on, but belongs to one that is."""
    mode: int = 0
    """The permissions of a file that was read; 0 where they are not known."""
    template: str = ""
    """The language of a template (syntax/template_tokens.py), "" for plain files."""
    host: HostPlace | None = None
    """Where it stands in another file (files/embedded.py); None for files."""


QUADLETS_WITH_PROGRAMS = (".container", ".kube", ".pod")
"""Endings of the Quadlet files whose services run more than one command of Podman."""


class UnitFiles(NamedTuple):
    """The files of one unit or conf, in the order in which systemd reads them."""

    name: str
    kind: str
    scope: str
    fragment: Source | None
    drop_ins: tuple[Source, ...]
    aliases: tuple[str, ...] = ()
    """Other names of the unit, by links."""
    dependencies: tuple[tuple[str, Source], ...] = ()
    """What stands in .wants and the like: the directive that it counts as, and the link."""
    shadowed: tuple[Source, ...] = ()
    """Files of the same name in folders of a lower rank, which are not read."""
    rejected: tuple[Source, ...] = ()
    """Links to the unit file that make no other name for it."""
    hidden: tuple[Source, ...] = ()
    """Drop-ins for the whole type that a drop-in of the unit's own, of the same name, replaces."""

    @property
    def parts(self) -> tuple[Source, ...]:
        """The files that are read."""
        return self.drop_ins if self.fragment is None else (self.fragment, *self.drop_ins)


def service_to_be_named(source: Source) -> str:
    """What the file of a service is that counts only if it is named itself, as it may not become one; "" for others."""
    if source.kind == "quadlet":
        return "Quadlet file" if source.path.endswith(QUADLETS_WITH_PROGRAMS) else ""
    if source.kind != "unit" or not source.name.endswith(".service"):
        return ""
    return "unit in another file" if source.host is not None else "template" if source.template else ""
