"""Policies: other weights and words."""

from __future__ import annotations

import pytest

from tests.security.test_score import service
from unitlint.base.errors import UnitlintError
from unitlint.security.policy import parse_policy, sentence
from unitlint.security.score import expose


def test_weights_change_the_sum_and_zero_leaves_out() -> None:
    policy = parse_policy('{"PrivateNetwork": {"weight": 0}, "UMask": {"weight": 100000}}', "p.json")
    plain = expose(service("UMask=0077\n"), 257)
    ours = expose(service("UMask=0077\n"), 257, policy.weights)
    assert ours.tenths < plain.tenths
    first = ours.assessments[0]
    assert (first.kind.field, first.weight, first.badness) == ("UMask", 100000, 0)
    assert next(one for one in ours.assessments if one.kind.field == "PrivateNetwork").badness is None


def test_descriptions_take_the_place_of_ours() -> None:
    policy = parse_policy('{"UMask": {"description_bad": "Tell Ann"}}', "p.json")
    umask = next(one for one in expose(service(""), 257).assessments if one.kind.field == "UMask")
    assert sentence(umask, policy) == "Tell Ann"
    assert "another local user" in sentence(umask, parse_policy("{}", "p.json"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "p.json:1:2: this is not JSON"),
        ("[]", "a policy is an object"),
        ('{"UMask": 3}', "`UMask` must be an object"),
        ('{"UMask": {"wieght": 3}}', "did you mean `weight`?"),
        ('{"UMask": {"weight": -3}}', "a whole number from 0 on"),
        ('{"UMask": {"range": 0}}', "a whole number from 1 on"),
        ('{"UMask": {"description_bad": 3}}', "must be a string"),
    ],
)
def test_mistakes_are_named(text: str, message: str) -> None:
    with pytest.raises(UnitlintError) as error:
        parse_policy(text, "p.json")
    assert message in str(error.value)


def test_unknown_fields_are_noted_only() -> None:
    policy = parse_policy('{"UMaks": {"weight": 3}}', "p.json")
    assert policy.notes == ("p.json: no assessment is called `UMaks`; did you mean `UMask`?",)
    assert policy.weights == {}
