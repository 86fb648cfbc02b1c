"""Which kind of file a path is, by its name and, in doubt, by its first bytes."""

from __future__ import annotations

import os

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import QUADLET_TYPES, UNIT_TYPES
from unitlint.files.host_kinds import host_kind_of
from unitlint.files.names import is_unit_file_name
from unitlint.syntax.wide_text import as_narrow

CONFS = (
    "journald.conf", "system.conf", "user.conf", "oomd.conf", "coredump.conf", "logind.conf", "resolved.conf",
    "timesyncd.conf", "sleep.conf",
)  # fmt: skip
AMBIGUOUS_CONFS = {"system.conf": b"Manager", "user.conf": b"Manager", "sleep.conf": b"Sleep"}
"""Names that other programs use too, with the section by which ours are known."""
LINK_FOLDERS = (".wants", ".requires", ".upholds")
PRESET_FOLDERS = ("systemd/system-preset", "systemd/user-preset")
LONGEST_PATH = 4096
HEAD = 64 * 1024
"""So many bytes of a file are looked at to tell what it is."""

_SUFFIXES = tuple(f".{unit_type}" for unit_type in UNIT_TYPES)
_QUADLETS = tuple(f".{quadlet_type}" for quadlet_type in QUADLET_TYPES)
_TYPE_OF_SECTION = {
    unit_type.capitalize().encode(): unit_type
    for unit_type in UNIT_TYPES
    if unit_type not in ("target", "device", "scope")
}
_UNIT_SECTION = late_pattern(rb"(?m)^[ \t]*\[(Unit|Install|" + b"|".join(_TYPE_OF_SECTION) + rb"|Scope)\]")
_CONF_OF_SECTION = {
    b"Journal": "journald.conf", b"Login": "logind.conf", b"Resolve": "resolved.conf", b"OOM": "oomd.conf",
    b"Coredump": "coredump.conf", b"Time": "timesyncd.conf",
}  # fmt: skip
"""Sections of one conf only; [Manager] stands in two, and [Sleep] in other programs' files."""
_CONF_SECTION = late_pattern(rb"(?m)^[ \t]*\[(" + b"|".join(_CONF_OF_SECTION) + rb")\]")
_BEGINNINGS = (
    ((b"#!",), "a script"),
    ((b"<?xml", b"<!DOCTYPE", b"<!--", b"<service-group"), "XML, such as an Avahi service"),
    ((b"\x7fELF", b"\x1f\x8b", b"PK\x03\x04", b"\x89PNG"), "a binary"),
)
_FOREIGN_SECTIONS = ((b"[D-BUS Service]", "a D-Bus activation file"), (b"[Desktop Entry]", "a desktop entry"))
_DIRECTIVE = late_pattern(r"[ \t]*(?:\[|[A-Z][A-Za-z0-9]*[ \t]*=)")
_IN_FOLDER = late_pattern(r"(?:^|[/\\])systemd[/\\](?:system|user)[/\\]")
_YAML_KEY = late_pattern(r"[A-Za-z_][\w-]*:(?:[ \t]|$)")
_NAMESPACE = late_pattern(r"journald@[^/]*\.conf")

_LANGUAGES = {
    ".j2": "jinja", ".jinja2": "jinja", ".jinja": "jinja", ".erb": "erb", ".epp": "erb",
    ".tmpl": "go", ".gotmpl": "go", ".mustache": "mustache", ".hbs": "mustache",
    ".in": "in", ".tftpl": "terraform", ".tpl": "terraform",
}  # fmt: skip
"""A template's suffix, and the language that goes with it."""
TEMPLATE_ENDINGS = tuple(_LANGUAGES)


def classify(path: str) -> tuple[str, str] | None:
    """(kind, name) of a unit, drop-in or conf by its path; None for every other file.

    Conf names that other programs use too count only in a folder ``systemd``.  Of ``quadlet`` and
    ``quadlet-dropin`` the content has to decide (files/quadlet.py).
    """
    name = os.path.basename(path)
    if name.endswith(_SUFFIXES):
        return ("unit", name) if is_unit_file_name(name) else None
    if not name.endswith(".conf"):
        if name.endswith(_QUADLETS):
            return ("quadlet", name) if is_quadlet_name(name) else None
        is_preset = name.endswith(".preset") and os.path.dirname(path).endswith(PRESET_FOLDERS)
        return ("preset", name) if is_preset else None
    parent = os.path.basename(os.path.dirname(path))
    if parent.endswith(".d"):
        return _drop_in(parent[:-2])
    conf = conf_name(name)
    if conf is None or (conf in AMBIGUOUS_CONFS and parent != "systemd"):
        return None
    return "conf", conf


def _drop_in(stem: str) -> tuple[str, str] | None:
    conf = conf_name(stem)
    if conf is not None:
        return "conf-dropin", conf
    if is_drop_in_stem(stem):
        return "dropin", stem
    return ("quadlet-dropin", stem) if stem in QUADLET_TYPES or is_quadlet_name(stem) else None


def is_quadlet_name(name: str) -> bool:
    """True for ``web.container`` and its like, of which the generator can make a service."""
    stem, dot, suffix = name.rpartition(".")
    return bool(dot) and suffix in QUADLET_TYPES and is_unit_file_name(f"{stem}.service")


def conf_name(name: str) -> str | None:
    """``journald.conf`` of itself and of ``journald@namespace.conf``; None of other names."""
    if name in CONFS:
        return name
    return "journald.conf" if name.startswith("journald@") and _NAMESPACE.fullmatch(name) else None


def is_drop_in_stem(stem: str) -> bool:
    """True for ``nginx.service``, ``foo-.service``, ``getty@.service`` and ``service``."""
    return stem in UNIT_TYPES or is_unit_file_name(stem)


def is_link_folder(folder: str) -> bool:
    """True of a folder whose links are dependencies: ``x.service.wants`` and its like."""
    return folder.endswith(LINK_FOLDERS) and is_drop_in_stem(os.path.basename(folder).rpartition(".")[0])


def is_drop_in_folder(name: str) -> bool:
    """True for the name of a folder whose ``*.conf`` files systemd reads."""
    return name.endswith(".d") and _drop_in(name[:-2]) is not None


def is_host(path: str) -> bool:
    """True for a file that may hold units among other things, by its name, and is no unit itself."""
    return host_kind_of(path) is not None and classify(path) is None


def without_suffix(path: str) -> tuple[str, str]:
    """(path of what a template becomes, its language); the path itself and "" where it is no template's."""
    for suffix, language in _LANGUAGES.items():
        if path.endswith(suffix):
            return path[: -len(suffix)], language
    return path, ""


def classify_with_suffix(path: str) -> tuple[tuple[str, str] | None, str]:
    """What :func:`classify` says of the file that a path's template becomes, and the template's language."""
    plain, language = without_suffix(path)
    return classify(plain), language


def name_of_file(path: str) -> str:
    """``web.container`` of ``roles/web/templates/web.container.j2`` and of ``etc/web.container``."""
    return os.path.basename(without_suffix(path)[0])


def scope_of(path: str) -> str:
    """``user`` for files below a ``systemd/user`` folder and for user.conf, else ``system``."""
    whole = "/" + path.replace(os.sep, "/")
    if "/systemd/user" not in whole:  # as of most
        return "system"
    if "/systemd/user/" in whole or "/systemd/user.conf" in whole or "/systemd/user-preset/" in whole:
        return "user"
    return "system"


def guess(path: str, data: bytes) -> tuple[str, str] | None:
    """(kind, name) of a file whose name says nothing, by the sections in it.

    ``x.service.in`` is read as ``x.service``, ``override.conf`` with [Service] as a drop-in of every service, a file
    with [Journal] as journald.conf; None where no section is known.
    """
    name = os.path.basename(path)
    conf = conf_name(name)
    if conf in AMBIGUOUS_CONFS:
        import re

        has_section = re.search(rb"^[ \t]*\[" + AMBIGUOUS_CONFS[conf] + rb"\]", data[:HEAD], re.MULTILINE)
        return ("conf", conf) if has_section else None
    sections = _UNIT_SECTION.findall(data[:HEAD])
    if not sections:
        found = _CONF_SECTION.search(data[:HEAD])
        return ("conf", _CONF_OF_SECTION[found[1]]) if found else None
    stem = name.rpartition(".")[0]
    if is_unit_file_name(stem):
        return "unit", stem
    unit_type = next((_TYPE_OF_SECTION[section] for section in sections if section in _TYPE_OF_SECTION), None)
    if name.endswith(".conf"):
        return "dropin", unit_type or "service"
    made_up = f"{name}.{unit_type or 'target'}"
    return ("unit", made_up) if is_unit_file_name(made_up) else None


def has_section(data: bytes) -> bool:
    """True where a section of units or confs stands in the file."""
    head = data[:HEAD]
    return _has_unit_section(head) or _CONF_SECTION.search(head) is not None or b"[Manager]" in head


def _has_unit_section(head: bytes) -> bool:
    return head.startswith(b"[Unit]") or b"\n[Unit]" in head or _UNIT_SECTION.search(head) is not None


def foreign(data: bytes, path: str = "") -> str | None:
    """Why a file with a unit's name is no unit; None where it may be one, however broken.

    What stands in a folder of systemd's own is read by it, whatever it holds.
    """
    head = as_narrow(data[:HEAD])
    link = text_of_link(data, path)
    if link is not None:
        return link
    if _has_unit_section(head):
        return "YAML that holds a unit" if _begins_as_yaml(head) else None
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginnings, what in _BEGINNINGS:
        if stripped.startswith(beginnings):
            return what
    lines = {line.strip() for line in head.splitlines()}
    found = next((what for section, what in _FOREIGN_SECTIONS if section in lines), None)
    return found or (None if _IN_FOLDER.search(path) else _has_nothing_of_a_unit(head))


def text_of_link(data: bytes, path: str) -> str | None:
    """What a file is whose line is a path to a file of the same name: a link as git or chezmoi stores it; else None."""
    if len(data) > LONGEST_PATH or b"/" not in data or b"=" in data:
        return None
    target = data.decode("utf-8", "replace").strip()
    is_path = "\n" not in target and target[-1:] != "/" and os.path.basename(path).endswith(os.path.basename(target))
    return "the text of a symbolic link" if is_path else None


def _begins_as_yaml(head: bytes) -> bool:
    """True where `key:` stands before the first section, and all sections are indented below some key."""
    if head[:1] in b"[#;\r\n" or b"\n[" in head:
        return False
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    return _YAML_KEY.match(first) is not None


def _has_nothing_of_a_unit(head: bytes) -> str | None:
    """Several lines, and neither a section nor an assignment among them: a Containerfile, a patch."""
    lines = [line for line in head.decode("utf-8", "replace").splitlines() if line.strip()[:1] not in ("", "#", ";")]
    return (
        None if len(lines) < 2 or any(map(_DIRECTIVE.match, lines)) else "a file of another kind, without any section"
    )
