"""Names that files have for a time: backups, what package managers leave, what editors and Ansible write.

systemd reads none of them (path-util.c: hidden_or_backup_file).
"""

from __future__ import annotations

from unitlint.base.late_patterns import late_pattern
from unitlint.files.classify import classify_with_suffix
from unitlint.files.names import edited_name

BACKUP_ENDINGS = (
    "~", ".rpmnew", ".rpmsave", ".rpmorig", ".dpkg-old", ".dpkg-new", ".dpkg-tmp", ".dpkg-dist", ".dpkg-bak",
    ".dpkg-backup", ".dpkg-remove", ".ucf-new", ".ucf-old", ".ucf-dist", ".swp", ".bak", ".old", ".new",
    ".pacnew", ".pacsave", ".apk-new", ".orig",
)  # fmt: skip
"""Those of systemd; and of pacman, apk and patch, which it reads no more, as they are no units' endings."""
_ANSIBLE = late_pattern(r"\.ansible_tmp[a-z0-9_]{8}(.+)")
"""What Ansible renames in the end (module_utils/basic.py: atomic_move, with the random part of tempfile.mkstemp)."""
NOTE = "a backup or temporary file, which systemd does not read; it is checked if it is named"


def becomes(name: str) -> str | None:
    """``web.service`` of ``.web.service``, ``web.service.rpmnew``, ``web.service~`` and the like; None for other names.

    Of ``.source.service``, which Ansible's ``validate`` names, it is ``source.service``.
    """
    if not name.startswith(".") and not name.endswith(BACKUP_ENDINGS):
        return None
    edited = edited_name(name)
    if edited is not None:
        return edited
    found = _ANSIBLE.fullmatch(name)
    plain = found[1] if found else name.removeprefix(".#").removeprefix(".")
    ending = next((ending for ending in BACKUP_ENDINGS if plain.endswith(ending)), "")
    plain = plain[: len(plain) - len(ending)]
    return plain if plain.strip(".") else None


def is_temporary(path: str) -> bool:
    """True for a file that would be a unit, drop-in or conf under the name that it :func:`becomes`."""
    folder, slash, name = path.rpartition("/")
    plain = becomes(name)
    return plain is not None and classify_with_suffix(f"{folder}{slash}{plain}")[0] is not None
