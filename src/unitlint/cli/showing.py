"""What a run would go by: `unitlint check --show-settings` and `--show-files`."""

from __future__ import annotations

import sys

from unitlint.settings.model import KEYS, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from unitlint.cli.checking import Group

NOT_CHECKED = frozenset(("skip", "error", "link"))
"""Kinds of sources that are no files of units."""


def show_settings(groups: Iterable[Group]) -> int:
    """Prints the settings in effect as TOML, for each settings file those of the paths that it is about."""
    parts = ["".join(_lines(group.settings, group.paths)) for group in groups]
    sys.stdout.write("\n".join(parts))
    return 0


def _lines(settings: Settings, paths: list[str]) -> Iterator[str]:
    from unitlint.base.foreign_text import safe

    yield f"# for {safe(', '.join(paths))}\n"
    yield f"# from {safe(settings.source)}\n" if settings.source else "# from no settings file\n"
    tables: list[str] = []
    shown: set[str] = set()
    for key, (field, *_) in KEYS.items():
        if field in shown:
            continue
        shown.add(field)
        value = getattr(settings, field)
        if isinstance(value, dict):
            tables += _table(key, value)
        elif value is not None:
            yield f"{key} = {_value(_as_written(field, value))}\n"
    yield from tables


def _as_written(field: str, value: object) -> object:
    """The newest release is what holds where nothing is said, under the names that people gave others."""
    if field == "systemd_version":
        return [str(release) for release in settings_releases(value)]
    return value


def settings_releases(value: object) -> Iterable[object]:
    """The releases of a setting."""
    return value if isinstance(value, tuple) else (value,)


def _table(key: str, value: Mapping[str, object]) -> Iterator[str]:
    if not value:
        return
    if all(isinstance(row, dict) for row in value.values()):
        for name, row in value.items():
            yield from _table(f"{key}.{name}", row)  # type: ignore[arg-type]  # just looked at
        return
    yield f"\n[{key}]\n"
    for name, item in value.items():
        yield f"{_value(name)} = {_value(item)}\n"


def _value(value: object) -> str:
    """A value as TOML; what JSON writes of texts, numbers, lists and truth is TOML as well."""
    from json import dumps

    return dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def show_files(groups: Iterable[Group], arguments: Namespace) -> int:
    """Prints the files that would be looked at for units, a line each."""
    from unitlint.base.foreign_text import safe_path
    from unitlint.cli.checking import input_of

    for group in groups:
        for source in input_of(group, arguments).sources:
            if source.kind not in NOT_CHECKED and not source.context:
                sys.stdout.write(safe_path(source.path) + "\n")
    return 0
