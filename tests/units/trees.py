"""Small trees of unit files, written as a mapping from path to content; ``-> target`` makes a link."""

from __future__ import annotations

from pathlib import Path

import unitlint
from unitlint.units.unit import Unit

SIMPLE = "[Service]\nExecStart=/bin/true\n"


def plant(top: Path, files: dict[str, str]) -> None:
    """Writes the files below ``top``; ETC, RUN, LOCAL and LIB stand for the folders of the search path."""
    for name, content in files.items():
        path = top / expanded(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if content.startswith("-> "):
            path.symlink_to(expanded(content[3:]))
        else:
            path.write_text(content, encoding="utf-8")


def expanded(name: str) -> str:
    for short, folder in (("ETC", "etc"), ("RUN", "run"), ("LOCAL", "usr/local/lib"), ("LIB", "usr/lib")):
        name = name.replace(f"{short}/", f"{folder}/systemd/system/")
    return name


def load(top: Path, name: str, files: dict[str, str], release: int = 252) -> Unit:
    """The unit ``name`` of a tree."""
    plant(top, files)
    return unitlint.load_unit(name, root=top, systemd_version=release)


def value(unit: Unit, name: str) -> list[str]:
    """The effective values of ``Section.Directive``."""
    section, _, directive = name.partition(".")
    return [one.value for one in unit.all(section, directive)]


def files_of(unit: Unit, top: Path) -> list[str]:
    """The paths below ``top`` in the order in which they are read."""
    return [str(Path(document.path).relative_to(top)) for document in unit.documents]
