"""What became of each order of a bulk, as the app sees it (L13)."""

from chalicelib.api.present_bulk import part
from chalicelib.domain.bulk import Part, Result, Unsent
from chalicelib.usecases.manage_bulk import PartShown


def test_of_a_part_that_waits_the_ones_are_settled_and_the_others_still_to_come() -> None:
    known = (Result("b", "conversation", "message"), Result("c", unsent=Unsent.NO_PHONE))
    rows = part(PartShown(Part(0, ("a", "b", "c"), known))).rows
    assert [(each.id, each.settled, each.message_id, each.unsent) for each in rows] == [
        ("a", False, None, None),
        ("b", True, "message", None),
        ("c", True, None, Unsent.NO_PHONE),
    ]


def test_of_a_part_that_is_not_begun_none_is_settled() -> None:
    assert [each.settled for each in part(PartShown(Part(0, ("a", "b")))).rows] == [False, False]
