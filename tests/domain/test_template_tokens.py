"""The language of templates: what is a token, what is filled in, and what never is (X20)."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.template_tokens import (
    LONGEST_VALUE,
    NAMES,
    Filled,
    Problem,
    ProblemKind,
    Token,
    cleaned,
    fill,
    parse,
)

UNKNOWN, UNCLOSED, CONTROL = ProblemKind.UNKNOWN, ProblemKind.UNCLOSED, ProblemKind.CONTROL


def filled(text: str, **values: str) -> Filled:
    return fill(parse(text), {name.replace("_", "."): value for name, value in values.items()})


def test_tokens_are_filled_in() -> None:
    assert filled("Hi [[firstname]], [[order.number]]!", firstname="Ann", order_number="#1") == Filled("Hi Ann, #1!")


@pytest.mark.parametrize("written", ["[[ firstname ]]", "[[FirstName]]", "[[firstname|]]", "[[firstname | friend ]]"])
def test_space_and_case_do_not_matter(written: str) -> None:
    assert filled(written, firstname="Ann").text == "Ann"


def test_a_fallback_stands_for_what_is_missing() -> None:
    assert filled("About [[order.number| your order ]]") == Filled("About your order")
    assert filled("Hi[[firstname|]]!") == Filled("Hi!")


def test_what_is_missing_without_a_fallback_is_named_once_and_stays_a_token() -> None:
    text = "[[firstname]] [[lastname]] [[firstname]]"
    assert filled(text, lastname="Bo") == Filled("[[firstname]] Bo [[firstname]]", ("firstname",))


def test_a_blank_value_is_missing() -> None:
    assert filled("[[firstname|you]]", firstname=" \n\u200e ").text == "you"


def test_four_brackets_are_two_plain_ones() -> None:
    assert filled("[[[[firstname]]", firstname="Ann") == Filled("[[firstname]]")
    assert filled("[[[[ and [[firstname]]", firstname="Ann").text == "[[ and Ann"


def test_single_brackets_and_a_lone_end_are_plain() -> None:
    assert filled("[a] ]] b]").text == "[a] ]] b]"


def test_what_is_filled_in_is_never_read_again() -> None:
    assert filled("[[firstname]] [[lastname]]", firstname="[[lastname]]", lastname="[[x").text == "[[lastname]] [[x"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("Hi [[fristname]]!", (Problem(UNKNOWN, 3, 16, "fristname", "firstname"),)),
        ("[[order.numbr|x]]", (Problem(UNKNOWN, 0, 17, "order.numbr", "order.number"),)),
        ("[[zzz]]", (Problem(UNKNOWN, 0, 7, "zzz"),)),
        ("[[]]", (Problem(UNKNOWN, 0, 4),)),
        ("a [[firstname", (Problem(UNCLOSED, 2, 13),)),
        ("[[firstname [[lastname]]", (Problem(UNCLOSED, 0, 12),)),
        ("[[firstname [[[[", (Problem(UNCLOSED, 0, 12), Problem(UNCLOSED, 14, 16))),
        ("a\0b", (Problem(CONTROL, 1, 2),)),
        ("a\u202eb", (Problem(CONTROL, 1, 2),)),
        ("a\ud800", (Problem(CONTROL, 1, 2),)),
        ("two\nlines", ()),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, problems: tuple[Problem, ...]) -> None:
    assert parse(text).problems == problems


def test_the_names_of_a_text() -> None:
    assert parse("[[lastname]] [[firstname]] [[lastname|x]]").names == ("lastname", "firstname")


def test_values_are_one_clean_line() -> None:
    assert cleaned("An\r\nn\u2028a \u202eeilatN\ud800") == "An n a eilatN"
    assert cleaned("x" * (LONGEST_VALUE + 1)) == "x" * (LONGEST_VALUE - 3) + "..."


PIECES = st.lists(
    st.one_of(
        st.sampled_from(["[[", "]]", "[", "]", "[[[[", "|", *NAMES, *(f"[[{name}]]" for name in NAMES)]),
        st.text(max_size=5),
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_whatever_is_written_can_be_parsed(text: str) -> None:
    found = parse(text)
    assert all(part.name in NAMES for part in found.parts if isinstance(part, Token))
    assert all(0 <= problem.start < problem.end <= len(text) for problem in found.problems)


@given(st.text().filter(lambda text: "[[" not in text))
def test_a_text_without_tokens_is_itself(text: str) -> None:
    assert fill(parse(text), {}) == Filled(text)


@given(st.dictionaries(st.sampled_from(NAMES), st.text()))
def test_values_never_bring_tokens_or_lines(values: dict[str, str]) -> None:
    """Whatever a customer is called: what stands between the tokens stays, and each value is on its line."""
    text = "|".join(f"[[{name}|-]]" for name in NAMES)
    found = fill(parse(text), values)
    assert found.missing == ()
    assert found.text == "|".join(cleaned(values.get(name, "")) or "-" for name in NAMES)


@given(PIECES)
def test_any_text_can_be_written(text: str) -> None:
    assert fill(parse(text.replace("[[", "[[[[")), {}) == Filled(text)


@pytest.mark.parametrize("piece", ["[[", "[[a", "[[[[", "]]", "[[a]]", "[", "[[firstname"])
def test_the_time_grows_with_the_length_only(piece: str) -> None:
    start = time.process_time()
    parse(piece * 20_000)
    assert time.process_time() - start < 5
