"""Sentences of the event table with the figures of a log: ``{anon_rss|kb} of {limit|kb}``.

A name in braces is a field of the event, or a directive (``{Service.MemoryMax}``) for its value in the unit.  A filter
behind ``|`` says how it is written.  A sentence whose names are not all known is not said.
"""

from __future__ import annotations

import re

from unitlint.base.whole_numbers import number_of_digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_NAME = re.compile(r"\{([A-Za-z*][\w.*]*)((?:\|\w+)*)\}")
_PLAIN = re.compile(r"[\w@%+=:,./-]+", re.ASCII)
"""What a shell takes as it is (shlex.quote)."""
SHARED_END = " to "
MOST_LISTED = 4
_STEPS = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


def names_in(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, filters) of every name in braces."""
    for found in _NAME.finditer(text):
        yield found[1], tuple(filter(None, found[2].split("|")))


def filled(text: str, values: Mapping[str, str]) -> str | None:
    """The sentence with its values: of several, joined by ``||``, the first whose names are all known; else None."""
    for sentence in text.split("||"):
        try:
            return _NAME.sub(lambda found: _value(found, values), sentence.strip())
        except (KeyError, ValueError):
            continue
    return None


def inside(path: str) -> str:
    """A path as the unit sees it, which systemd sets up below another folder first (namespace.c)."""
    for prefix in ("/run/systemd/unit-root", "/run/systemd/mount-rootfs", "/run/unit-root"):
        if path.startswith(prefix):
            return path[len(prefix) :] or "/"
    return path


def listed(texts: tuple[str, ...]) -> str:
    """Several texts as one: ``open of /a, exec of /b and 3 more to named``; what they end with alike is said once."""
    ends = {text.rpartition(SHARED_END)[2] for text in texts if SHARED_END in text}
    end = next(iter(ends)) if len(ends) == 1 and all(SHARED_END in text for text in texts) else ""
    said = [text.removesuffix(f"{SHARED_END}{end}") if end else text for text in texts[:MOST_LISTED]]
    if len(texts) > MOST_LISTED:
        said.append(f"{len(texts) - MOST_LISTED} more")
    whole = " and ".join(filter(None, (", ".join(said[:-1]), *said[-1:])))
    return f"{whole}{SHARED_END}{end}" if end else whole


def _value(found: re.Match[str], values: Mapping[str, str]) -> str:
    value = values[found[1]]
    if not value:
        raise KeyError(found[1])
    for name in filter(None, found[2].split("|")):
        value = FILTERS[name](value)
    return value


def size(number: float) -> str:
    """Bytes as a unit file writes them: ``1G``, ``512M``, ``1.02G``."""
    for unit, suffix in ((1 << 40, "T"), (1 << 30, "G"), (1 << 20, "M"), (1 << 10, "K")):
        if number >= unit:
            return f"{number / unit:.2f}".rstrip("0").rstrip(".") + suffix
    return f"{number:.0f}B"


def raised(number: float) -> str:
    """A round size about half above ``number`` bytes, such as a limit could be raised to."""
    wanted = number * 1.4
    unit, suffix = (1 << 30, "G") if wanted >= 1 << 30 else (1 << 20, "M")
    scale: float = unit
    while scale * 10 < wanted:
        scale *= 10
    best = next((step * scale for step in _STEPS if step * scale >= wanted), wanted)
    if suffix == "G":
        return size(best)
    return f"{max(round(best / (1 << 20)), 1)}M"


def shell_word(text: str) -> str:
    """A text as one word of a shell."""
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"


def duration(text: str) -> str:
    """A time as systemd writes it, with a space less: ``1min 30s``."""
    return " ".join(text.split())


FILTERS: dict[str, Callable[[str], str]] = {
    "kb": lambda text: size(number_of_digits(text) * 1024),
    "bytes": lambda text: size(number_of_digits(text)),
    "pages": lambda text: size(number_of_digits(text) * 4096),
    "raised": lambda text: raised(number_of_digits(text) * 1024),
    "time": duration,
    "plain": lambda text: text.rstrip(".,"),
    "lower": str.lower,
    "inside": inside,
    "shell": shell_word,
    "base": lambda text: text.rstrip("/").rpartition("/")[2] or text,
}
"""How a value may be written: kB, bytes or pages (of 4 KiB) as a size; kB as a higher limit; a word for a shell; …"""
