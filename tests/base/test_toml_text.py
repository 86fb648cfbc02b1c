"""TOML of others: one error whatever is wrong, and memory in proportion."""

from __future__ import annotations

import tracemalloc

import pytest

from unitlint.base.toml_text import NotTomlError, read_toml


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = \n", "is not TOML: Invalid value"),
        ("a." * 20_000 + "b = 1\n", "a name has too many parts"),
        ("[" + "a." * 20_000 + "b]\n", "a name has too many parts"),
        (("a." * 900 + "b = 1\n[x]\n") * 60, "a name has too many parts"),
        ("a = " + "[" * 50_000, "it nests too deeply"),
        ("a = " + "9" * 5_000, "a number has too many digits"),
    ],
)
def test_what_cannot_be_read_is_one_error_and_takes_little(text: str, message: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(NotTomlError, match=message):
            read_toml(text)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_mistake_has_its_place() -> None:
    with pytest.raises(NotTomlError) as caught:
        read_toml("a = 1\nb = x\n")
    assert (caught.value.line, caught.value.column) == (2, 5)


def test_long_lists_of_texts_with_dots_are_read() -> None:
    names = [f"{number}.service" for number in range(5_000)]
    assert read_toml(f"exclude = {names!r}\n") == {"exclude": names}
