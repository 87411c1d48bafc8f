"""Contract of ports.NoteStore."""

from msgspec.structs import replace

from chalicelib.domain.notes import Note, NoteKind
from chalicelib.usecases.ports import Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import CUSTOMER, MERCHANT, STORE, id_at

ONE = Note(
    id=id_at(START, 5), kind=NoteKind.CUSTOMER, about=CUSTOMER, merchant_id=MERCHANT, store_id=STORE, author_id="ada",
    author_name="Ada", body="Likes blue", created_at=START,
)  # fmt: skip
ONCE = Once("request#ada", "key-1", "digest", ONE.id)


def ids(stores: Stores, kind: NoteKind = NoteKind.CUSTOMER, store_id: str = STORE, limit: int = 9) -> list[str]:
    return [note.id for note in stores.notes.about(kind, CUSTOMER, store_id, limit)]


def test_they_are_found_by_what_they_are_about_in_which_store(stores: Stores) -> None:
    later = replace(ONE, id=id_at(START + 1, 5), body="Later")
    assert stores.notes.add(ONE, ONCE) is None
    assert stores.notes.add(later, Once("request#ada", "key-2", "digest", later.id)) is None
    assert ids(stores) == [later.id, ONE.id]
    assert ids(stores, limit=1) == [later.id]
    assert ids(stores, kind=NoteKind.ORDER) == ids(stores, store_id="tacoma") == []
    assert stores.notes.find(NoteKind.CUSTOMER, CUSTOMER, STORE, ONE.id) == ONE
    assert stores.notes.find(NoteKind.ORDER, CUSTOMER, STORE, ONE.id) is None


def test_a_store_whose_name_begins_as_anothers_is_another_one(stores: Stores) -> None:
    stores.notes.add(replace(ONE, store_id=f"{STORE}-2"), ONCE)
    assert ids(stores) == []


def test_the_same_request_makes_one(stores: Stores) -> None:
    stores.notes.add(ONE, ONCE)
    assert stores.notes.add(replace(ONE, id=id_at(START, 7)), ONCE) == ONCE
    assert ids(stores) == [ONE.id]


def test_what_is_removed_is_gone_and_may_be_removed_again(stores: Stores) -> None:
    stores.notes.add(ONE, ONCE)
    for _ in range(2):
        stores.notes.remove(ONE)
        assert ids(stores) == []
