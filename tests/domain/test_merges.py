"""Customers become one and several again, in any order (X11)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.customers import Customer, CustomerKind
from chalicelib.domain.merges import merged, parted

PHONES = tuple(Address(f"+1206555010{number}") for number in range(3))
LISTS = ("phones", "emails", "whatsapp_ids", "external_ids")


def someone(customer_id: str, **fields: object) -> Customer:
    known = {"id": customer_id, "merchant_id": "m", "kind": CustomerKind.VISITOR, "created_at": 0, "updated_at": 0}
    return Customer(**{**known, **fields})  # type: ignore[arg-type]  # as named


class People:
    """As they are stored."""

    def __init__(self, *everybody: Customer) -> None:
        self.known = {each.id: each for each in everybody}
        self.now = 0

    def root(self, customer_id: str) -> Customer:
        found = self.known[customer_id]
        return found if found.merge is None else self.root(found.merge.into)

    def tombstones(self, kept: Customer) -> list[Customer]:
        return [each for each in self.known.values() if each.merged_into == kept.id]

    def merge(self, kept_id: str, other_id: str) -> Customer:
        kept, other = self.root(kept_id), self.root(other_id)
        if kept.id != other.id:
            self._store(merged(kept, other, self.tombstones(kept), "x", "X", self._tick()))
        return self.root(kept_id)

    def undo(self, other_id: str) -> Customer:
        other = self.known[other_id]
        kept = self.known[other.merged_into or ""]
        others = [each for each in self.tombstones(kept) if each.id != other_id]
        self._store(parted(kept, other, others, self._tick()))
        return self.known[kept.id]

    def undoable(self) -> list[str]:
        """Those merged into one who is kept still."""
        return [each.id for each in self.known.values() if each.merge and self.known[each.merge.into].merge is None]

    def _store(self, both: tuple[Customer, Customer]) -> None:
        self.known.update({each.id: each for each in both})

    def _tick(self) -> int:
        self.now += 1
        return self.now


def plain(customer: Customer) -> Customer:
    return replace(customer, updated_at=0, renaming=None, absorbed=customer.absorbed or None)


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


@st.composite
def persons(draw: st.DrawFn) -> list[Customer]:
    """Whom a shop knows is a member."""
    everybody = []
    for customer_id in "abcd":
        known_to = draw(some(("s:1", "s:2")))
        everybody.append(
            someone(
                customer_id,
                kind=CustomerKind.MEMBER if known_to else draw(st.sampled_from(CustomerKind)),
                first_name=draw(st.sampled_from(("", "", "Ann", "Anna"))),
                last_name=draw(st.sampled_from(("", "Lee"))),
                phones=draw(some(PHONES)),
                emails=draw(some(("a@example.test", "b@example.test"))),
                whatsapp_ids=draw(some(("id:1", "id:2"))),
                external_ids=known_to,
            )
        )
    return everybody


STEPS = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(0, 9)), max_size=12)


@given(persons(), STEPS, st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_however_they_are_merged_and_undone_in_the_end_each_is_as_at_first(
    everybody: list[Customer], steps: list[tuple[str, str, int]], order: list[int]
) -> None:
    people = People(*everybody)
    for kept_id, other_id, undone in steps:
        if undone < 4 and (found := people.undoable()):
            people.undo(found[undone % len(found)])
        else:
            people.merge(kept_id, other_id)
        has_the_union(people, everybody)
    while found := people.undoable():
        people.undo(found[order[len(found)] % len(found)])
        has_the_union(people, everybody)
    assert [plain(each) for each in people.known.values()] == everybody


def has_the_union(people: People, everybody: list[Customer]) -> None:
    first = {each.id: each for each in everybody}
    for kept in (each for each in people.known.values() if each.merge is None):
        those = [first[each] for each in kept.ids]
        assert set(kept.ids) == {each for each in first if people.root(each).id == kept.id}
        for name in LISTS:
            values = [value for each in those for value in getattr(each, name)]
            assert sorted(getattr(kept, name)) == sorted(set(values))
        member = any(each.kind is CustomerKind.MEMBER for each in those)
        assert (kept.kind is CustomerKind.MEMBER) == member
        assert bool(kept.name) == any(each.name for each in those)
        assert not first[kept.id].name or kept.name == first[kept.id].name


def test_what_two_brought_goes_with_the_last_of_them() -> None:
    phone = PHONES[0]
    people = People(someone("a"), someone("b", phones=(phone,), first_name="Ann"), someone("c", phones=(phone,)))
    people.merge("a", "b")
    assert people.merge("a", "c").phones == (phone,)
    assert people.undo("b").phones == (phone,), "of c, too"
    assert people.undo("c").phones == ()


def test_a_name_that_was_taken_over_gives_way_to_that_of_another_one() -> None:
    people = People(someone("a"), someone("b", first_name="Ann"), someone("c", first_name="Anna"))
    people.merge("a", "b")
    assert people.merge("a", "c").name == "Ann"
    assert people.undo("b").name == "Anna"
    assert people.undo("c").name == ""


def test_what_a_shop_says_meanwhile_stays_with_the_one_who_is_kept() -> None:
    people = People(someone("a"), someone("b", first_name="Ann"))
    kept = people.merge("a", "b")
    said = {"first_name": "Kim", "kind": CustomerKind.MEMBER, "external_ids": ("s:9",), "phones": (PHONES[1],)}
    people.known["a"] = replace(kept, **said)
    alone = people.undo("b")
    assert (alone.name, alone.kind, alone.external_ids, alone.phones) == (
        "Kim",
        CustomerKind.MEMBER,
        ("s:9",),
        (PHONES[1],),
    )


def test_only_a_merge_into_the_same_one_is_undone() -> None:
    people = People(someone("a"), someone("b"), someone("c"))
    people.merge("a", "b")
    for other in ("b", "c"):
        with pytest.raises(ValueError, match="not merged"):
            parted(people.known["c"], people.known[other], (), 9)
