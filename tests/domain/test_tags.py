"""Tags are short words, each once whatever its case."""

import pytest

from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.tags import LONGEST_TAG, MOST_TAGS, retagged


def test_what_is_added_comes_last_and_what_is_there_stays_as_it_was_written() -> None:
    assert retagged(("VIP",), ["  new \n customer ", "vip"], []) == ("VIP", "new customer")


def test_what_is_removed_goes_whatever_its_case_and_can_come_back_in_one_change() -> None:
    assert retagged(("VIP", "New"), [], ["vip"]) == ("New",)
    assert retagged(("VIP",), ["vip"], ["Vip"]) == ("vip",)
    assert retagged((), [], ["never there"]) == ()


@pytest.mark.parametrize("tag", ["", "  ", "x" * (LONGEST_TAG + 1), "a\0b", "a\u202eb"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(InvalidInput):
        retagged((), [tag], [])


def test_there_are_so_many_at_most_and_those_that_a_merge_brought_may_stay() -> None:
    many = tuple(f"t{number}" for number in range(MOST_TAGS))
    with pytest.raises(InvalidInput):
        retagged(many, ["one more"], [])
    assert len(retagged((*many, "merged"), [], ["t0"])) == MOST_TAGS
