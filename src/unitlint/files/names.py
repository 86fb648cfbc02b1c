"""Unit names: types, templates and instances, and the drop-in folders that each name has."""

from __future__ import annotations

from functools import lru_cache

from unitlint.base.late_patterns import late_pattern
from unitlint.catalogue import QUADLET_TYPES
from unitlint.values.unit_name import is_unit_name


def is_unit_file_name(name: str) -> bool:
    """True for the name of a file that systemd reads as a unit: no hidden one (install.c, unit-file.c)."""
    return is_unit_name(name) and not name.startswith(".")


def unit_type(name: str) -> str:
    """``service`` of ``nginx.service``."""
    return name.rpartition(".")[2]


def template_of(name: str) -> str | None:
    """``getty@.service`` of ``getty@tty1.service``; None where the name is no instance."""
    stem, _, suffix = name.rpartition(".")
    prefix, at, instance = stem.partition("@")
    return f"{prefix}@.{suffix}" if at and instance else None


@lru_cache(maxsize=1024)
def drop_in_folders(name: str) -> tuple[str, ...]:
    """The folders whose drop-ins a unit gets, the most specific first.

    ``a-b@c.service`` has ``a-b@c.service.d``, ``a-b@.service.d``, ``a-.service.d``, ``a-@c.service.d``,
    ``a-@.service.d`` and at the end ``service.d`` (dropin.c: unit_file_find_dirs); the template ``a-b@.service``
    has those that each of its instances has.
    """
    if "@." in name:
        of_instance = drop_in_folders(name.replace("@.", "@i.", 1))
        return tuple([folder for folder in of_instance if "@i." not in folder])
    folders: dict[str, None] = {}
    _add_folders(name, folders)
    folders[f"{unit_type(name)}.d"] = None
    return tuple(folders)


def _add_folders(name: str, folders: dict[str, None]) -> None:
    """A unit's own folder, then those of its template, then those of the name cut at its last dash."""
    if f"{name}.d" in folders:
        return
    folders[f"{name}.d"] = None
    template = template_of(name)
    if template is not None:
        _add_folders(template, folders)
    stem, _, suffix = name.rpartition(".")
    prefix, _, instance = stem.partition("@")
    dash = (prefix[:-1] if prefix.endswith("-") else prefix).rfind("-")
    if dash > 0:
        _add_folders(f"{prefix[: dash + 1]}{'@' if instance else ''}{instance}.{suffix}", folders)


def edited_name(name: str) -> str | None:
    """``override.conf`` of ``.#override.conf3f2b…``, the file that ``systemctl edit`` opens in an editor; else None.

    Its name ends in 16 hexadecimal digits (tmpfile-util.c: tempfn_random).
    """
    found = _EDITED.fullmatch(name) if name.startswith(".#") else None
    return found[1] if found else None


_EDITED = late_pattern(r"\.#(.+)[0-9a-f]{16}")


def is_alias(name: str, target: str) -> bool:
    """True where a link ``name`` to a unit file ``target`` makes another name for it.

    Both are of one type that may have aliases, and plain names, templates or the same instance; an instance may also
    lead to a template (unit-file.c: unit_validate_alias_symlink_or_warn).
    """
    return name != target and alias_fault(name, target) is None


def instance_of(name: str, target: str) -> str:
    """The unit for which an alias ``name`` of the file ``target`` stands: of a template, its instance."""
    instance = _instance(name)
    return target.replace("@.", f"@{instance}.", 1) if instance and "@." in target else target


def alias_fault(name: str, target: str) -> str | None:
    """Why systemd rejects a link ``name`` to the unit file ``target``, as a clause; None where it does not."""
    if unit_type(name) in WITHOUT_ALIAS:
        return f"units of type {unit_type(name)} cannot have a second name"
    instance, of_target = _instance(name), _instance(target)
    if (instance is None) != (of_target is None) or (not instance and of_target):
        return "one of the two is a template or an instance, and the other is not"
    if of_target and instance != of_target:
        return "the two are different instances"
    if unit_type(name) != unit_type(target):
        return f"a {unit_type(target)} cannot be a {unit_type(name)} as well"
    return None


WITHOUT_ALIAS = ("mount", "swap", "automount", "slice", "scope")
"""The types whose units have one name each (unit.c: unit_type_may_alias)."""


def _instance(name: str) -> str | None:
    """``tty1`` of ``getty@tty1.service``, nothing of a template, None of a plain name."""
    _, at, instance = name.rpartition(".")[0].partition("@")
    return instance if at else None


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
