"""Where the characters of a YAML scalar stand in the file."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import Node

from unitlint.files.yaml_scalars import offsets


def scalars(text: str) -> list[Node]:
    found: list[Node] = []
    waiting = list(YAML(typ="safe", pure=True).compose_all(text))
    while waiting:
        node = waiting.pop()
        if isinstance(node.value, str):
            found.append(node)
        else:
            waiting += [one for item in node.value for one in (item if isinstance(item, tuple) else (item,))]
    return found


def seen(text: str) -> str:
    """What stands where the characters of the value under ``k`` are said to be."""
    (node,) = [one for one in scalars(text) if one.value != "k"]
    places = offsets(text, node.start_mark.index, node.end_mark.index, node.value, node.style or "")
    assert len(places) == len(node.value) + 1
    return "".join(
        text[place] if character != "\n" else "\n" for character, place in zip(node.value, places, strict=False)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k: |\n  [A]\n  B=1\n", "[A]\nB=1\n"),
        ("k: |-\n\n      [A]\n\n      B=1\n", "\n[A]\n\nB=1"),
        ("k: &anchor !tag |+\n  [A]\n\n\n", "[A]\n\n\n"),
        ("k: >\n  [A]\n\n  B=1\n  2\n", "[A]\nB=1\n2\n".replace("1\n2", "1\n2")),
        ("k: |\r\n  [A]\r\n  B=1\r\n", "[A]\nB=1\n"),
        ("k: '[A]\n\n  B=it''s'", "[A]\nB=it's"),
    ],
)
def test_each_character_is_found(text: str, expected: str) -> None:
    assert seen(text).replace("\r", "") == expected


def test_escapes_are_found_at_their_backslash() -> None:
    text = 'k: "[A]\\nB=\\x41\\\n   \\"c"'
    (node,) = [one for one in scalars(text) if one.value != "k"]
    places = offsets(text, node.start_mark.index, node.end_mark.index, node.value, '"')
    assert node.value == '[A]\nB=A"c'
    assert [text[place] for place in places] == ["[", "A", "]", "\\", "B", "=", "\\", "\\", "c", '"']


_TEXTS = st.lists(
    st.sampled_from(["[Service]", "A=b", " ", "\n", "  ", "'", '"', "#", ":", "é", "\t", "\\", "{{ x }}", "%"]),
    max_size=15,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(_TEXTS, st.sampled_from(["|", ">", '"', "'"]), st.integers(10, 60))
def test_the_places_of_whatever_yaml_was_written(value: str, style: str, width: int) -> None:
    from ruamel.yaml.scalarstring import (
        DoubleQuotedScalarString,
        FoldedScalarString,
        LiteralScalarString,
        SingleQuotedScalarString,
    )

    kinds = {
        "|": LiteralScalarString,
        ">": FoldedScalarString,
        '"': DoubleQuotedScalarString,
        "'": SingleQuotedScalarString,
    }
    writer = YAML()
    writer.width = width
    stream = io.StringIO()
    writer.dump({"k": {"k": kinds[style](value)}}, stream)
    text = stream.getvalue()
    for node in scalars(text):
        places = offsets(text, node.start_mark.index, node.end_mark.index, node.value, node.style or "")
        assert len(places) == len(node.value) + 1
        assert places == sorted(places)
        for character, place in zip(node.value, places, strict=False):
            if character not in " \n\t" and not (node.style == '"' and text[place] == "\\"):
                assert text[place] == character


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=60),
    st.text(max_size=20),
    st.sampled_from(["|", ">", '"', "'", ""]),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_nothing_fails_whatever_is_said_of_a_text(text: str, value: str, style: str, start: int, length: int) -> None:
    start = min(start, len(text))
    places = offsets(text, start, min(start + length, len(text)), value, style)
    assert len(places) == len(value) + 1
    assert all(0 <= place <= len(text) for place in places)
