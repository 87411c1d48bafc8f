"""Contract of ports.AbsenceStore, of the directory's part in it, and of the answer that is given once."""

from msgspec.structs import replace

from chalicelib.domain.absences import ANSWERED_FOR, Absence
from chalicelib.domain.messages import Message, MessageKind
from chalicelib.store.directory import MAX_AGE
from chalicelib.usecases.ports import Appended, Conflict
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE, append, conversation, id_at, message, opening, outbound

ABSENCE = Absence(associate_id="ada", merchant_id=MERCHANT, store_ids=(STORE, "other"), answer="Back soon", since=START)


def answer(at: int) -> Message:
    return outbound(at, author_id=None, author_name=None, kind=MessageKind.AWAY_ANSWER, body="Back soon")


def test_an_absence_is_found_and_replaced(stores: Stores) -> None:
    assert stores.absences.find("ada") is None
    stores.absences.put(ABSENCE)
    assert stores.absences.find("ada") == ABSENCE
    over = ABSENCE.ended(START + 1)
    stores.absences.put(over)
    assert stores.absences.find("ada") == over


def test_the_directory_knows_who_of_a_store_is_away_now(stores: Stores) -> None:
    stores.absences.put(ABSENCE)
    stores.absences.put(replace(ABSENCE, associate_id="mia", store_ids=("other",), until=START + 5))
    assert stores.directory.absences(STORE) == [ABSENCE]
    assert len(stores.directory.absences("other")) == (2 if stores.clock.now() < START + 5 else 1)
    assert stores.directory.absences("elsewhere") == []
    stores.clock.advance(10)
    assert stores.directory.absences("other") == [ABSENCE], (
        "it is over at its instant, not when the set-up is read anew"
    )
    stores.absences.put(ABSENCE.ended(stores.clock.now()))
    stores.clock.advance(MAX_AGE)
    assert stores.directory.absences(STORE) == []


def test_the_answer_is_stored_once_in_its_period_whatever_was_read(stores: Stores) -> None:
    stores.conversations.open(opening())
    assert stores.conversations.append(append(message(START + 1), answer(START + 2))) == Appended()
    again = append(message(START + 3), answer(START + 4))
    assert isinstance(stores.conversations.append(again), Conflict)
    assert stores.conversations.append(append(message(START + 3))) == Appended(), "the text itself is always taken"
    later = START + 2 + ANSWERED_FOR
    assert isinstance(stores.conversations.append(append(message(later - 2), answer(later - 1))), Conflict)
    assert stores.conversations.append(append(message(later), answer(later + 1))) == Appended()
    found = stores.conversations.find(conversation().id)
    assert found is not None
    assert found.away_answered_at == later + 1
    assert stores.conversations.find_message(found.id, id_at(START + 4)) is None
