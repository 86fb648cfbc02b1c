"""What kind of unit, drop-in or conf a document is: by its path, by the editor's language, by its sections."""

from __future__ import annotations

import os
import re

from unitlint.base.records import NamedTuple
from unitlint.catalogue import QUADLET_TYPES, UNIT_TYPES, sections_of
from unitlint.files.classify import classify_with_suffix, guess, is_host, is_quadlet_name, without_suffix
from unitlint.files.named import named_file
from unitlint.files.names import edited_name, quadlet_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.lsp.documents import TextDocument

_LANGUAGE = re.compile(r"(?:systemd|quadlet|podman)[-_. ]?(\w*)")
_QUADLET_SECTION = re.compile(
    r"^[ \t]*\[(" + "|".join(one.capitalize() for one in QUADLET_TYPES) + r")\]", re.MULTILINE
)
_CONF_SECTIONS = {
    "Journal": "journald.conf", "Manager": "system.conf", "OOM": "oomd.conf", "Coredump": "coredump.conf",
    "Login": "logind.conf", "Resolve": "resolved.conf", "Time": "timesyncd.conf", "Sleep": "sleep.conf",
}  # fmt: skip
_SECTION = re.compile(r"^[ \t]*\[([^\]\n]*)\]", re.MULTILINE)


class Kind(NamedTuple):
    """``type`` is a unit type, a type of Podman Quadlets, or a conf's name; ``name`` the unit's name as its
    specifiers see it; ``template`` the language of placeholders in it."""

    type: str
    name: str
    sections: frozenset[str]
    template: str = ""
    is_drop_in: bool = False

    @property
    def catalogue_kind(self) -> str:
        """How the catalogue calls it: ``unit``, or a conf's name."""
        return self.type if self.type.endswith(".conf") else "unit"


def kind_of(document: TextDocument) -> Kind | None:
    """The kind of a document; None for one that systemd does not read, and for files with units in them."""
    if "kind" not in document.memo:
        document.memo["kind"] = _kind_of(document)
    kind: Kind | None = document.memo["kind"]
    return kind


def _kind_of(document: TextDocument) -> Kind | None:
    if not is_wanted(document):
        return None
    text = document.checked_text
    if document.path is None:
        return _of_name(buffer_name(document), "dropin" if _is_conf(document) else "unit", "")
    folder, name = os.path.split(document.path)
    path = os.path.join(folder, edited_name(name) or name)
    if is_host(path):
        return None
    source = next(named_file(path, text.encode("utf-8", "replace")))
    plain, language = without_suffix(os.path.basename(path))
    if source.kind in ("unit", "conf", "dropin", "conf-dropin"):
        return _of_name(source.name, source.kind, source.template or language)
    if source.kind.startswith("quadlet"):
        stem = os.path.basename(os.path.dirname(path))[:-2] if "dropin" in source.kind else plain
        kind = quadlet_type(stem) or (stem if stem in QUADLET_TYPES else "container")
        return Kind(kind, source.name, sections_of(kind), language, "dropin" in source.kind)
    if is_quadlet_name(plain) and _SECTION.search(text) is None:
        return Kind(quadlet_type(plain), plain, sections_of(quadlet_type(plain)), language)
    if _LANGUAGE.match(document.language) and _SECTION.search(text) is None and source.kind == "skip":
        return _of_name(buffer_name(document), "unit", "")
    return None


def _of_name(name: str, kind: str, language: str) -> Kind:
    if kind.startswith("conf") or name.endswith(".conf"):
        return Kind(name, name, sections_of(name), "", kind == "conf-dropin")
    unit_type = name.rpartition(".")[2]
    whole = name if "." in name else f"example.{name}"
    return Kind(unit_type, whole, sections_of(unit_type), language, kind == "dropin")


def _is_conf(document: TextDocument) -> bool:
    return document.name.endswith(".conf")


def buffer_name(document: TextDocument) -> str:
    """The name under which a buffer without a file is checked: its own where that says what it is, or one that suits
    the editor's language (``systemd.timer``, ``quadlet``) or else the sections in it."""
    from unitlint.files.classify import classify

    text = document.checked_text
    name = document.name
    what = classify(name) or classify(f"systemd/{name}")
    if what is not None and what[0] in ("unit", "conf", "quadlet"):
        return name
    stem = re.sub(r"[^A-Za-z0-9_]", "-", name.partition(".")[0]) or "untitled"
    found = _LANGUAGE.fullmatch(document.language)
    named = found[1] if found else ""
    if named in UNIT_TYPES or named in QUADLET_TYPES:
        return f"{stem}.{named}"
    quadlet = _QUADLET_SECTION.search(text)
    if quadlet is not None:
        return f"{stem}.{quadlet[1].lower()}"
    section = _SECTION.search(text)
    if section is not None and section[1] in _CONF_SECTIONS:
        return _CONF_SECTIONS[section[1]]
    guessed = guess(stem, text.encode("utf-8", "replace"))
    if guessed is not None and not guessed[1].endswith(".target"):
        return guessed[1]
    if document.language.startswith(("quadlet", "podman")):
        return f"{stem}.container"
    return f"{stem}.service"


def is_wanted(document: TextDocument) -> bool:
    """Whether a document is looked at: files whose names say that they are units or hold units, and others, buffers
    among them, whose language suits."""
    folder, name = os.path.split(document.path or document.name)
    path = os.path.join(folder, edited_name(name) or name)
    if classify_with_suffix(path)[0] is not None or (document.path is not None and is_host(path)):
        return True
    if _LANGUAGE.match(document.language) is not None:
        return True
    return document.language in _PLAIN_LANGUAGES and _SECTION.search(document.text) is not None


_PLAIN_LANGUAGES = ("ini", "conf", "dosini", "cfg", "")
"""What editors call texts of sections and assignments."""
