"""tox: an environment that installs unitlint and checks the units, in the file that holds tox' settings."""

from __future__ import annotations

from unitlint.base.version import __version__
from unitlint.init import ini_file, toml_file
from unitlint.init.drafts import AlreadyThereError, CannotEditError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.init.drafts import Drafts

ENVIRONMENT = "unitlint"
DESCRIPTION = "check the systemd units"
REQUIREMENT = f"unitlint>={__version__}"


def file_of(drafts: Drafts) -> str | None:
    """The file that tox would read, in its own order; None where there is none.

    Raises CannotEditError where one cannot be read.
    """
    if drafts.exists("tox.ini"):
        return "tox.ini"
    if "tox:tox" in drafts.parsed("setup.cfg", ini_file.sections_of):
        return "setup.cfg"
    if toml_file.at(drafts.parsed("pyproject.toml", toml_file.values_of), "tool", "tox") is not None:
        return "pyproject.toml"
    return "tox.toml" if drafts.exists("tox.toml") else None


def add(drafts: Drafts) -> str:
    """The environment into tox' file, or into a new tox.ini; gives its name."""
    name = file_of(drafts)
    if name is None:
        drafts.create("tox.ini", with_environment(""))
        return "tox.ini"
    if name.endswith(".toml"):
        above = () if name == "tox.toml" else ("tool", "tox")
        drafts.edit(name, lambda text: _with_table(text, above))
    else:
        drafts.edit(name, with_environment)
    return name


def with_environment(text: str) -> str:
    """An ini file with the environment; raises AlreadyThereError where one runs unitlint already."""
    for name, options in ini_file.sections_of(text).items():
        if name.startswith("testenv") and "unitlint check" in options.get("commands", ""):
            raise AlreadyThereError
    return ini_file.with_section(
        text,
        f"testenv:{ENVIRONMENT}",
        {
            "description": DESCRIPTION,
            "skip_install": "true",
            "deps": REQUIREMENT,
            "commands": "unitlint check {posargs}",
        },
    )


def _with_table(text: str, above: tuple[str, ...]) -> str:
    if toml_file.at(toml_file.values_of(text), *above, "legacy_tox_ini") is not None:
        raise CannotEditError("its tox settings are a string (legacy_tox_ini)", with_environment(""))
    table = {
        "description": DESCRIPTION,
        "skip_install": True,
        "deps": [REQUIREMENT],
        "commands": [["unitlint", "check"]],
    }
    return toml_file.with_table(text, (*above, "env", ENVIRONMENT), table)
