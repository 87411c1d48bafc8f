"""Approved templates: what they take, and what the customer reads (X9)."""

import pytest

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.message_templates import LONGEST_VALUE, MessageTemplate


def template(body: str) -> MessageTemplate:
    return MessageTemplate(name="ready", language="en_US", body=body)


def test_placeholders_are_filled_by_their_number() -> None:
    made = template("Hi {{1}}, {{2}} is ready. See you, {{1}}!")
    assert made.placeholders == 2
    assert made.filled(("Ann", "#1")) == "Hi Ann, #1 is ready. See you, Ann!"
    assert template("Just this.").filled(()) == "Just this."


def test_ten_is_not_one_and_a_naught() -> None:
    body = " ".join(f"{{{{{number}}}}}" for number in range(1, 12))
    assert template(body).filled(tuple("abcdefghijk")) == "a b c d e f g h i j k"


@pytest.mark.parametrize("body", ["{{2}}", "{{1}} {{3}}"])
def test_numbers_without_a_gap(body: str) -> None:
    with pytest.raises(ValueError, match="without a gap"):
        _ = template(body).placeholders


@pytest.mark.parametrize(
    "values",
    [(), ("a", "b"), ("",), (" ",), ("a\nb",), ("a\tb",), ("a\rb",), ("a\0",), ("a" + " " * 5 + "b",), ("{{1}}",),
     ("a" * (LONGEST_VALUE + 1),)],
    ids=repr,
)  # fmt: skip
def test_what_whatsapp_would_refuse_is_refused_here(values: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput):
        template("Hi {{1}}").filled(values)


def test_the_longest_value_goes_and_signs_mean_nothing() -> None:
    assert template("{{1}}").filled(("a" * LONGEST_VALUE,)) == "a" * LONGEST_VALUE
    assert template("{{1}}").filled((r"\1 \g<0> $1 50%",)) == r"\1 \g<0> $1 50%"
