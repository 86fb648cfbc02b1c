"""pytest: the option `unitlint`, by which it collects units, in the file that holds pytest's settings."""

from __future__ import annotations

from unitlint.base.records import NamedTuple
from unitlint.init import ini_file, toml_file
from unitlint.init.drafts import CannotEditError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.init.drafts import Drafts

OPTION = "unitlint"


class _Place(NamedTuple):
    """A file that pytest reads, and the section or table with its options; ``own`` means that the file is pytest's
    whether it has the section or not."""

    name: str
    section: tuple[str, ...]
    own: bool = False


PLACES = (
    _Place("pytest.toml", ("pytest",), own=True),
    _Place(".pytest.toml", ("pytest",), own=True),
    _Place("pytest.ini", ("pytest",), own=True),
    _Place(".pytest.ini", ("pytest",), own=True),
    _Place("pyproject.toml", ("tool", "pytest")),
    _Place("pyproject.toml", ("tool", "pytest", "ini_options")),
    _Place("tox.ini", ("pytest",)),
    _Place("setup.cfg", ("tool:pytest",)),
)
"""In the order in which pytest looks for them (reference of pytest: configuration file formats)."""


def place_of(drafts: Drafts) -> _Place | None:
    """Where pytest's options are; raises CannotEditError where a file cannot be read."""
    for place in filter(lambda one: drafts.exists(one.name), PLACES):
        if place.own or _options(drafts, place) is not None:
            return place
    return None


def _options(drafts: Drafts, place: _Place) -> object:
    if not place.name.endswith(".toml"):
        return drafts.parsed(place.name, ini_file.sections_of).get(place.section[0])
    found = toml_file.at(drafts.parsed(place.name, toml_file.values_of), *place.section)
    # A table that holds nothing but `ini_options` is the older form.
    return None if isinstance(found, dict) and set(found) == {"ini_options"} else found


def add(drafts: Drafts) -> str:
    """The option into pytest's settings, or into a new pytest.ini; gives the name of the file."""
    place = place_of(drafts)
    if place is None:
        drafts.create("pytest.ini", f"[pytest]\n{OPTION} = true\n")
        return "pytest.ini"
    drafts.edit(place.name, lambda text: _with_option(text, place))
    return place.name


def _with_option(text: str, place: _Place) -> str:
    if place.name.endswith(".toml"):
        try:
            return toml_file.with_key(text, place.section, OPTION, value=True)
        except CannotEditError:
            if toml_file.at(toml_file.values_of(text), *place.section) is not None:
                raise
            return toml_file.with_table(text, place.section, {OPTION: True})
    if place.section[0] in ini_file.sections_of(text):
        return ini_file.with_option(text, place.section[0], OPTION, "true")
    return ini_file.with_section(text, place.section[0], {OPTION: "true"})
