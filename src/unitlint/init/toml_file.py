"""TOML files, of which tomlkit keeps every character."""

from __future__ import annotations

from unitlint.init.drafts import AlreadyThereError, CannotEditError, only_added, with_block

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


def values_of(text: str) -> dict[str, Any]:
    """What a TOML text holds; raises CannotEditError where it is none."""
    from tomlkit import parse
    from tomlkit.exceptions import TOMLKitError

    from unitlint.base.toml_text import NotTomlError, check_names

    try:
        check_names(text)
        values: dict[str, Any] = parse(text).unwrap()
    except (TOMLKitError, ValueError) as error:
        raise CannotEditError(f"it is not TOML: {error}") from None
    except NotTomlError as error:
        raise CannotEditError(f"it {error}") from None
    except RecursionError:
        raise CannotEditError("it is not TOML that can be read: it nests too deeply") from None
    return values


def at(values: Mapping[str, Any], *keys: str) -> Any:
    """The value below these keys; None where there is none."""
    found: Any = values
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def written(table: Mapping[str, object]) -> str:
    """A table as a text of its own."""
    from tomlkit import dumps

    return dumps(table)


def with_table(text: str, keys: Sequence[str], table: Mapping[str, object]) -> str:
    """The text with a new table at its end.

    Raises AlreadyThereError where there is one, CannotEditError where there can be none, as below an inline table.
    """
    import tomlkit

    if at(values_of(text), *keys) is not None:
        raise AlreadyThereError
    inner: Any = tomlkit.table()
    inner.update(table)
    for key in reversed(keys):
        outer: Any = tomlkit.table(is_super_table=True)
        outer.append(key, inner)
        inner = outer
    block = tomlkit.dumps(inner)
    after = with_block(text, block)
    try:
        done = at(values_of(after), *keys) == dict(table)
    except CannotEditError:
        done = False
    if not done:
        raise CannotEditError(f"it has no room for [{'.'.join(keys)}]", block)
    return after


def with_key(text: str, keys: Sequence[str], key: str, value: object) -> str:
    """The text with a new key in a table that is there, below the last key that it has."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    line = f"{key} = {tomlkit.item(value).as_string()}"
    by_hand = f"[{'.'.join(keys)}]\n{line}\n"
    table = at(values_of(text), *keys)
    if not isinstance(table, dict):
        raise CannotEditError(f"it has no table [{'.'.join(keys)}]", by_hand)
    if key in table:
        raise AlreadyThereError
    text = text if text.endswith("\n") else f"{text}\n"
    document: Any = tomlkit.parse(text)
    place = document
    for one in keys:
        place = place[one]
    try:
        place[key] = value
        after = _above_comments(tomlkit.dumps(document), text, line)
        # tomlkit brings tables of one name together.
        done = only_added(text, after) and at(values_of(after), *keys) == {**table, key: value}
    except (TOMLKitError, CannotEditError, ValueError, TypeError):
        done = False
    if not done:
        raise CannotEditError(f"[{'.'.join(keys)}] is not written as a table of lines", by_hand)
    return after


def _above_comments(after: str, before: str, line: str) -> str:
    """tomlkit adds below the comment that belongs to the next table; the new line goes above it."""
    lines, old = after.split("\n"), before.split("\n")
    number = next((n for n, one in enumerate(lines) if one == line and (n >= len(old) or old[n] != line)), 0)
    place = number
    while place > 1 and (not lines[place - 1].strip() or lines[place - 1].lstrip().startswith("#")):
        place -= 1
    lines.insert(place, lines.pop(number))
    return "\n".join(lines)
