"""Our own settings: a table in pyproject.toml, or a file unitlint.toml where there is none."""

from __future__ import annotations

from unitlint.base.errors import UnitlintError
from unitlint.base.whole_numbers import whole_number
from unitlint.init import toml_file
from unitlint.init.drafts import AlreadyThereError, CannotEditError
from unitlint.settings.files import NAMES, read_settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.init.drafts import Drafts


def file_of(drafts: Drafts) -> str | None:
    """The file in the folder that holds settings of unitlint; raises CannotEditError where it cannot be read."""
    for name in filter(drafts.exists, NAMES):
        try:
            if read_settings(drafts.path(name)) is not None:
                return name
        except UnitlintError as error:
            raise CannotEditError(str(error)) from None
    return None


def add(drafts: Drafts, releases: str) -> str:
    """Settings for these releases; gives the name of the file."""
    name = file_of(drafts)
    if name is not None:
        raise AlreadyThereError
    table: dict[str, object] = {"systemd-version": releases if (number := whole_number(releases)) is None else number}
    if drafts.exists("pyproject.toml"):
        drafts.edit("pyproject.toml", lambda text: toml_file.with_table(text, ("tool", "unitlint"), table))
        return "pyproject.toml"
    drafts.create("unitlint.toml", toml_file.written(table))
    return "unitlint.toml"
