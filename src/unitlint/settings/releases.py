"""``--systemd-version``: releases by number or by the name of a distribution, several, or ranges of them."""

from __future__ import annotations

from collections.abc import Iterable

from unitlint.base.errors import BadValueError
from unitlint.base.whole_numbers import is_whole_number
from unitlint.catalogue import MEASURED, NEWEST, OLDEST

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FORMS = "a number such as 252, a name such as rhel9 or debian12 (unitlint releases lists them), or a range 252..257"


class Target(int):
    """The release that a distribution ships, under its name.

    As a number it is the release; as text it is the name. ``backports`` are directives (``Service.RestartMode``) and
    values (``Service.Type=notify-reload``) that the distribution's build has although the release has not.
    """

    name: str
    backports: frozenset[str]

    def __new__(cls, release: int, name: str, backports: Iterable[str] = ()) -> Target:
        """The target ``name``."""
        target = super().__new__(cls, release)
        target.name = name
        target.backports = frozenset(backports)
        return target

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> tuple[type[Target], tuple[int, str, frozenset[str]]]:
        return Target, (int(self), self.name, self.backports)


def parse_releases(value: object) -> tuple[int, ...]:
    """Ascending releases out of ``252``, ``"247,debian12"``, ``"rhel8..262"`` or a list of such.

    A range stands for its two ends and the measured releases between them that are not named anyway; what was named
    is a Target.
    Raises BadValueError with a word for a person.
    """
    found: dict[str, int] = {}
    between: list[int] = []
    for part in _parts(value):
        first, dots, last = part.partition("..")
        for release in _ends(_release(first), _release(last)) if dots else [_release(part)]:
            found.setdefault(str(release), release)
        if dots:
            between += [release for release in MEASURED if _release(first) < release < _release(last)]
    named = {int(release) for release in found.values()}
    found |= {str(release): release for release in between if release not in named}
    if not found:
        raise BadValueError("names no release", f"write {NEWEST}, {OLDEST},{NEWEST} or {OLDEST}..{NEWEST}")
    return tuple(sorted(found.values()))


def target_of(identity: str, version: str) -> Target | None:
    """The target of an os-release with this ID and VERSION_ID; ``9.4`` is a ``9``, where there is no 9.4."""
    for wanted in (version, version.partition(".")[0]):
        for name, fields in _targets().items():
            if [identity, wanted] in fields["os"]:
                return _target(name, fields)
    return None


def _target(name: str, fields: dict[str, Any]) -> Target:
    return Target(fields["release"], name, fields.get("backports", ()))


def _targets() -> dict[str, dict[str, Any]]:
    from unitlint.catalogue import targets

    return targets()


def _parts(value: object) -> list[str]:
    if isinstance(value, bool):
        raise BadValueError("must be a release such as 252")
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, str):
        return [part.strip() for part in value.replace("\n", ",").split(",") if part.strip()]
    if isinstance(value, Iterable):
        return [part for one in value for part in _parts(one)]
    raise BadValueError("must be a release such as 252, several (247,252) or a range (252..257)")


def _release(text: str) -> int:
    word = text.strip()
    digits = word.removeprefix("v")
    if not is_whole_number(digits):
        return _named(word)
    number = int(digits) if len(digits) < 9 else NEWEST + 1
    if number < OLDEST:
        raise BadValueError(f"has {digits}, but the oldest release known here is {OLDEST}")
    if number > NEWEST:
        raise BadValueError(f"has {digits}, but the newest release known here is {NEWEST}")
    return number


def _named(word: str) -> Target:
    targets = _targets()
    fields = targets.get(word.lower())
    if fields is not None:
        return _target(word.lower(), fields)
    raise BadValueError(f"has `{word}`, which is not a release", _what_is_meant(word.lower()))


def _what_is_meant(word: str) -> str:
    """The name of a distribution that is built from the same sources or is known by another name, else the forms."""
    if not word:
        return f"a range has two ends, as in rhel8..debian13 or 252..{NEWEST}"
    if " " in word and all(part in _targets() or is_whole_number(part) for part in word.split()):
        return f"separate releases with commas: {','.join(word.split())}"
    plain = word.replace("-", "").replace(" ", "").removeprefix("opensuse").removeprefix("systemd")
    for name, fields in _targets().items():
        same = [f"{identity.removeprefix('opensuse-')}{version}" for identity, version in fields["os"]]
        if plain in (name, name.replace(".", ""), fields.get("codename"), *same):
            return f"did you mean `{name}`?"
    if is_whole_number(plain):
        return f"did you mean `{plain}`?"
    return _of_distribution(plain) or f"write {FORMS}"


def _of_distribution(word: str) -> str | None:
    """The names of the distribution that the word begins with or, where there is none, the name spelled like it."""
    stem = word.rstrip("0123456789.")
    stem = stem[: stem.index("15")] if "15" in stem else stem  # sles15sp9
    known = [name for name in _targets() if stem and name.rstrip("0123456789.").startswith(stem)]
    if len(stem) < 2 or not known:
        from unitlint.base.likeness import did_you_mean

        return did_you_mean(word, list(_targets()))
    return f"known names are {', '.join(known)}"


def _ends(first: int, last: int) -> list[int]:
    if first > last:
        raise BadValueError(f"has a range that runs backwards: {first}..{last}", f"did you mean `{last}..{first}`?")
    return [first, last]
