"""How long a file takes grows with its size and no faster, whatever is repeated in it; so does what it takes to fix it.

The sweep of all directives is ``python -m tools.robustness --growth``; here each shape has one directive.
"""

from __future__ import annotations

import pytest

from tests.growth import assert_linear
from tools.robustness.sweep import SHAPES, Place, places
from tools.robustness.whole_files import WHOLE_FILES
from unitlint import check_text
from unitlint.engine.chosen_rules import chosen_rules
from unitlint.engine.run import run
from unitlint.files.gather import sources_of
from unitlint.files.source import Source
from unitlint.settings.model import Settings

SMALL, FACTOR = 2048, 16
EXPONENT = 1.15
SLACK = FACTOR ** (EXPONENT - 1)
PLACES = [place for place in places() if place.file == "x.service"]


@pytest.fixture(scope="module", autouse=True)
def _rules_are_read() -> None:
    check(WHOLE_FILES["commands"].text(10), "x.service")


def check(text: str, name: str) -> None:
    check_text(text.encode("utf-8", "surrogatepass"), name, profile="strict", select=["ALL"])


@pytest.mark.parametrize("repeated", WHOLE_FILES)
def test_whole_files(repeated: str) -> None:
    file = WHOLE_FILES[repeated]
    assert_linear(lambda size: check(file.text(size), file.name), SMALL, factor=FACTOR, slack=SLACK)


def assert_value_is_linear(place: Place, shape: str) -> None:
    assert_linear(
        lambda size: check(place.text(SHAPES[shape](place, size)), place.file), SMALL, factor=FACTOR, slack=SLACK
    )


@pytest.mark.parametrize("number", range(len(SHAPES)))
def test_a_directive_of_each_shape(number: int) -> None:
    assert_value_is_linear(PLACES[number * 37 % len(PLACES)], list(SHAPES)[number])


@pytest.mark.parametrize(
    ("directive", "shape"),
    [
        ("After", "bad words"), ("After", "bad continuations"), ("Documentation", "bad words"),
        ("SystemCallFilter", "bad words"), ("SystemCallFilter", "near misses"), ("User", "good lines"),
        ("BindPaths", "signs ':'"), ("ExecSearchPath", "signs ':'"), ("IPAddressAllow", "near misses"),
        ("Environment", "assignments"), ("ExecStart", "commands"), ("RestartForceExitStatus", "signs 'a,b '"),
        ("Environment", "a long end"), ("After", "a long target"), ("RootImage", "signs '['"),
        ("AmbientCapabilities", "assignments"), ("ExecStart", "signs '$('"),
    ],
)  # fmt: skip
def test_values_that_took_long(directive: str, shape: str) -> None:
    assert_value_is_linear(next(place for place in PLACES if place.directive == directive), shape)


PRECEDING = "${A} $(a) `a` {a,b} http://x/%20 --log-format=%i "
"""One of each thing that commands hold, so that rules look for more of it."""
OPENINGS = ("$", "$(", "${", "`a ", "{a,", "[a", "(a=", "date ", "date +", "date+", "stat ", "git --format=",
            "find -printf ", "printf ", "--", "-a", "-d", "a", "0", "http://", "a://", "tmux ", "screen -X ", "> ",
            "<a ", "{/", "{,", "@a", "a.", "=", "-c ", "\t")  # fmt: skip


@pytest.mark.parametrize("opening", OPENINGS, ids=ascii)
@pytest.mark.parametrize("directive", ["ExecStart=/bin/a {}", "ExecStop=/bin/sh -c '{}'", "WorkingDirectory=/{}x"])
def test_what_begins_often_and_never_ends(directive: str, opening: str) -> None:
    def check_so_much(size: int) -> None:
        value = f"{PRECEDING}{opening * (size // len(opening))} ) }}"
        check(f"[Service]\nType=oneshot\n{directive.format(value)}\n", "x.service")

    assert_linear(check_so_much, 2 * SMALL, factor=FACTOR, slack=SLACK)


def _several(parts: dict[str, str], repeated: dict[str, str], number: int) -> list[Source]:
    """Units that name each other, in each of which a part is repeated so often, with its number."""
    texts = {
        name: text + "".join(repeated.get(name, "").replace("№", str(at)) for at in range(number))
        for name, text in parts.items()
    }
    return [source for name, text in texts.items() for source in sources_of(text.encode(), name)]


@pytest.mark.parametrize(
    ("parts", "repeated"),
    [
        (
            {"x.socket": "[Socket]\n", "x.service": "[Service]\nExecStart=/bin/x\n"},
            {"x.socket": "ListenStream=/run/a№/s\n", "x.service": "RuntimeDirectory=b№\n"},
        ),
        (
            {"x.socket": "[Socket]\n", "x.service": "[Service]\nPrivateTmp=yes\nType=oneshot\n"},
            {"x.socket": "ListenStream=/tmp/a№\n", "x.service": "ExecStart=/bin/x /tmp/b№\n"},
        ),
        (
            {"x.service": "[Service]\nType=oneshot\nProtectSystem=strict\nTemporaryFileSystem=/a:ro\n"},
            {"x.service": "ExecStart=/opt/a№/x\nNoExecPaths=/opt/b№\nReadWritePaths=/c№\nInaccessiblePaths=/d№\n"},
        ),
    ],
    ids=["sockets in runtime directories", "sockets in /tmp", "paths of the sandbox"],
)
def test_units_that_name_each_other(parts: dict[str, str], repeated: dict[str, str]) -> None:
    rules = chosen_rules(Settings(profile="strict", select=("ALL",)))
    assert_linear(lambda number: run(_several(parts, repeated, number), rules, (257,)), 200, factor=FACTOR, slack=1.6)
