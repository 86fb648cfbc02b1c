"""Templates of messages and what they make of texts: any values, texts made to last, texts whose end is cut off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_linear
from unitlint.diagnose.patterns import FORMS, cut_regex, fields_of, filled, read_template
from unitlint.diagnose.recognise import Recogniser
from unitlint.diagnose.table import load_events

KINDS = load_events()
RECOGNISER = Recogniser(KINDS)
TEMPLATES = [template for kind in KINDS for template, _, _ in kind.patterns]


@given(st.data())
def test_any_values_come_back(data: st.DataObject) -> None:
    """Fields hold what the message had, whatever it is, as long as it looks like such a field."""
    template = data.draw(st.sampled_from([text for text in TEMPLATES if text.startswith("{unit}: ")]))
    names = sorted(fields_of(template) - {"unit"})
    forms = {
        name: FORMS.get(name, r"[\w/.-]{1,12}").replace(".+?", r"[\w/.-]{1,12}").replace(".*?", r"[\w ]{0,9}")
        for name in names
    }
    values = {
        name: data.draw(st.from_regex(forms[name], fullmatch=True)) for name in names if f"{{{name}=" not in template
    }
    values["unit"] = data.draw(st.from_regex(r"[a-z][\w@-]{0,20}\.(service|socket|mount)", fullmatch=True))
    message = filled(template, values)
    pattern = read_template(template)
    found = pattern.regex.fullmatch(message.partition(": ")[2])
    assert found is not None
    told = RECOGNISER.by_wording(message, "systemd")
    assert told is not None
    assert told[2] == values["unit"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_ways_of_matching_agree(template: str) -> None:
    pattern = read_template(template)
    message = filled(template)
    for prefix in ("{unit}: ", "{path}:{line}: "):
        if template.startswith(prefix):
            message = message.partition(": ")[2]
    found = pattern.regex.fullmatch(message)
    assert found is not None
    assert pattern.match(message) == pattern._replace(in_order=True).match(message) == found.groupdict()
    assert not pattern.keys or pattern.match(f"x{message}") is None


def test_messages_made_to_last_do_not_last() -> None:
    """Repetitions of what stands between fields leave no ways to try."""
    heads = [
        'SECCOMP auid=1 uid=1 gid=1 ses=1 subj=x pid=1 comm="a" exe="',
        "Killed /x due to memory used (1) / total (",
    ]
    middle = (
        ' uid=1 gid=1 ses=1 pid=1 comm="a" exe="b" sig=1 arch=c syscall=1 compat=0 ip=1) and swap used (1) / total ('
    )

    def recognise(number: int) -> None:
        recogniser = Recogniser(KINDS)
        for head in heads:
            for sender in ("audit", "systemd-oomd", ""):
                recogniser.by_wording(head + middle * number, sender)

    assert_linear(recognise, 50, slack=4.0)


@pytest.mark.parametrize(
    "message",
    [
        "web.service: Main process exited, code=exited, status=203/EX…",
        "web.service: Main process exited, code=exited, status=203/EXEC…",
        "web.service: Failed at step EXEC spawning /usr/local/bi...",
        "web.service: Failed to locate executable /usr/local/bin/we>",
        "web.service: Start request repeated too qui…",
    ],
)
def test_messages_that_a_terminal_has_cut_off(message: str) -> None:
    found = RECOGNISER.by_wording(message, "systemd")
    assert found is not None
    assert found[0].id in ("exec-failed", "start-limit")


def test_every_cut_can_be_compiled() -> None:
    for template in TEMPLATES:
        regex = cut_regex(read_template(template))
        assert regex is None or regex.groups >= 0
