"""What a run would go by: `unitlint check --show-settings` and `--show-files`."""

from __future__ import annotations

import sys

from unitlint.settings.model import KEYS, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable
    from typing import Any

    from unitlint.cli.checking import Group


def show_settings(groups: Iterable[Group]) -> int:
    """Prints the settings in effect as TOML, for each settings file those of the paths that it is about."""
    sys.stdout.write("\n".join(_as_toml(group.settings, group.paths) for group in groups))
    return 0


def _as_toml(settings: Settings, paths: list[str]) -> str:
    from tomlkit import comment, document, dumps

    from unitlint.base.foreign_text import safe, safe_lines

    whole = document()
    whole.add(comment(f"for {safe(', '.join(paths))}"))
    whole.add(comment(f"from {safe(settings.source)}" if settings.source else "from no settings file"))
    keys: dict[str, str] = {}
    for key, (field, *_) in KEYS.items():
        keys.setdefault(field, key)  # others add to the same field
    values = {key: _plain(getattr(settings, field)) for field, key in keys.items()}
    plain = {key: value for key, value in values.items() if value is not None and not isinstance(value, dict)}
    whole.update(plain)  # before the tables, as TOML wants it
    whole.update({key: value for key, value in values.items() if isinstance(value, dict) and value})
    return safe_lines(dumps(whole))


def _plain(value: Any) -> Any:
    """The value of a setting as a settings file has it."""
    from unitlint.settings.releases import Target

    if isinstance(value, Target):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def show_files(groups: Iterable[Group], arguments: Namespace) -> int:
    """Prints the files in which units are looked for, a line each."""
    from unitlint.base.foreign_text import safe_path
    from unitlint.cli.checking import input_of
    from unitlint.files.gather import looked_at

    for group in groups:
        for source in looked_at(input_of(group, arguments).sources):
            sys.stdout.write(safe_path(source.path) + "\n")
    return 0
