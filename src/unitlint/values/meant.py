"""The word of a list that is meant by another one: of another program or language, shortened, or misspelled."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from unitlint.base.likeness import MOST_SLIPS, SHORT, is_subsequence, nearest, slips

OTHER_WORDS = {
    "true": ("always",),
    "yes": ("always", "full"),
    "ye": ("yes",),
    "ja": ("yes",),
    "enable": ("yes",),
    "enabled": ("yes",),
    "never": ("no",),
    "none": ("no",),
    "nein": ("no",),
    "disable": ("no",),
    "disabled": ("no",),
    "all": ("any",),
    "unless-stopped": ("always",),
    "on-error": ("on-failure",),
    "daemon": ("forking",),
    "ro": ("read-only",),
    "readonly": ("read-only",),
    "-1": ("infinity",),
    "stdout": ("journal", "inherit"),
    "syslog": ("journal",),
    "/dev/null": ("null",),
    "error": ("err",),
    "fatal": ("crit",),
    "panic": ("emerg",),
    "verbose": ("debug",),
    "trace": ("debug",),
    "shutdown": ("poweroff",),
    "amd64": ("x86-64",),
    "x86_64": ("x86-64",),
    "x64": ("x86-64",),
    "i386": ("x86",),
    "i586": ("x86",),
    "i686": ("x86",),
    "aarch64": ("arm64",),
    "armhf": ("arm",),
    "armel": ("arm",),
    "armv7l": ("arm",),
    "ppc64el": ("ppc64-le",),
    "ppc64le": ("ppc64-le",),
    "mipsel": ("mips-le",),
    "virtualbox": ("oracle",),
    "vbox": ("oracle",),
    "hyperv": ("microsoft",),
    "hyper-v": ("microsoft",),
    "virtualized": ("vm",),
    "mount": ("mnt",),
    "network": ("net",),
    "hostname": ("uts",),
}
"""Words of other programs and languages, each with the words of systemd that may be meant by it."""
_LETTERS_OF_A_BEGINNING = 4


def meant(word: str, known: Iterable[str], prefix: str = "") -> str | None:
    """The known word that ``word`` may stand for, or None; ``prefix`` is what all known words begin with, or may."""
    return _meant(word, tuple(known), prefix)


def _meant(word: str, names: tuple[str, ...], prefix: str) -> str | None:
    other = next((name for name in OTHER_WORDS.get(word.lower(), ()) if name in names), None)
    if other or not prefix:
        return other or _nearest(word, names)
    bare = word.upper().removeprefix(prefix)
    near = _nearest(bare, tuple([name.removeprefix(prefix) for name in names]))
    return None if near is None else prefix + near


def _nearest(word: str, names: tuple[str, ...]) -> str | None:
    """The most similar word if few letters are wrong, else the only one that has ``word`` as a part or begins it."""
    near = nearest(word, names)
    folded = word.casefold()
    if near is not None and _is_near(folded, near.casefold()):
        return near
    parts = _by_part(names).get(folded, ())
    if len(parts) == 1:
        return parts[0]
    whole = _by_text(names)
    longest = min(len(folded), max(map(len, whole), default=0))
    begun = [name for end in range(_LETTERS_OF_A_BEGINNING, longest + 1) for name in whole.get(folded[:end], ())]
    return begun[0] if len(begun) == 1 else None


@lru_cache(maxsize=32)
def _by_part(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The names by each of their parts between hyphens."""
    found: dict[str, list[str]] = {}
    for name in names:
        for part in dict.fromkeys(name.casefold().split("-")):
            found.setdefault(part, []).append(name)
    return found


@lru_cache(maxsize=32)
def _by_text(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The names by how they are compared."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.casefold(), []).append(name)
    return found


def _is_near(word: str, near: str) -> bool:
    if word.startswith(near) or near.startswith(word):
        return True
    if min(len(word), len(near)) >= SHORT - 1 and (is_subsequence(word, near) or is_subsequence(near, word)):
        return True
    return slips(word, near) <= (MOST_SLIPS if len(word) >= SHORT else 1) or _same_but_for_signs(word, near)


def _same_but_for_signs(word: str, near: str) -> bool:
    plain, plainly = ("".join(filter(str.isalnum, text)) for text in (word, near))
    return plain == plainly
