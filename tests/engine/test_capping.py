"""Of many findings on one value a few are told, and how many more there are."""

from __future__ import annotations

import pytest

from unitlint import check_text
from unitlint.engine.capping import MOST, SHOWN


def messages(text: str, code: str, name: str = "x.service") -> list[str]:
    return [found.message for found in check_text(text, name, select=[code])]


def words(number: int) -> str:
    return " ".join(f"bad{at}" for at in range(number))


def test_up_to_some_number_each_is_told() -> None:
    found = messages(f"[Unit]\nAfter={words(MOST)}\n", "UL103")
    assert len(found) == MOST
    assert not any("more in this value" in message for message in found)


@pytest.mark.parametrize(("number", "more"), [(MOST + 1, "8"), (2000, "1,997")])
def test_of_more_the_first_ones_are(number: int, more: str) -> None:
    found = messages(f"[Unit]\nAfter={words(number)}\n", "UL103")
    assert len(found) == SHOWN
    assert [message.endswith(f" (and {more} more in this value)") for message in found] == [False, False, True]
    assert "bad0" in found[0]


def test_each_value_counts_by_itself() -> None:
    found = messages(f"[Unit]\nAfter={words(50)}\nBefore={words(3)}\nAfter={words(60)}\n", "UL103")
    assert len(found) == SHOWN + 3 + SHOWN
    assert [message.rpartition(" (and ")[2] for message in found if "(and" in message] == [
        "47 more in this value)",
        "57 more in this value)",
    ]


def test_lines_are_not_counted_together() -> None:
    assert len(messages("[Service]\n" + "Tipe=x\n" * 100, "UL101")) == 100


def test_in_templates_too() -> None:
    found = messages(f"[Unit]\nDescription={{{{ x }}}}\nAfter={words(50)}\n", "UL103", "x.service.j2")
    assert len(found) == SHOWN
    assert found[-1].endswith("(and 47 more in this value)")
