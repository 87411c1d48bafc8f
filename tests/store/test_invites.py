"""Contract of ports.InviteStore."""

from msgspec.structs import replace

from chalicelib.domain.addresses import Channel
from chalicelib.domain.invites import INVITE_LIFE, Invite
from chalicelib.usecases.ports import Once
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, PROXY, STORE, conversation, id_at

INVITE = Invite(
    id="i" * 43, merchant_id=MERCHANT, store_id=STORE, associate_id="ada", associate_name="Ada", seed="s" * 32,
    created_at=START, expires_at=START + INVITE_LIFE,
)  # fmt: skip


def test_one_is_found_by_its_hash_as_it_was_stored(stores: Stores) -> None:
    assert stores.invites.add(INVITE) == INVITE
    assert stores.invites.find(INVITE.id) == INVITE
    assert stores.invites.find("h" * 43) is None


def test_one_that_is_there_stays(stores: Stores) -> None:
    stores.invites.add(INVITE)
    assert stores.invites.add(replace(INVITE, associate_name="Mia")) == INVITE
    assert stores.invites.find(INVITE.id) == INVITE


def test_a_change_needs_it_as_it_was_read(stores: Stores) -> None:
    stores.invites.add(INVITE)
    asked = INVITE.asked(Channel.SMS, id_at(START, 5), conversation().id)
    assert stores.invites.change(asked, INVITE)
    assert not stores.invites.change(INVITE.revoked(START + 2), INVITE)
    assert stores.invites.find(INVITE.id) == asked
    assert stores.invites.change(asked.revoked(START + 3), asked)


def test_a_word_leads_to_it_and_is_nobody_elses(stores: Stores) -> None:
    stores.invites.add(INVITE)
    word = Once("invite-word", "hash", result=INVITE.id)
    asked = INVITE.waits_for_word(Channel.WHATSAPP, id_at(START, 5), PROXY, "Carla")
    assert stores.invites.change(asked, INVITE, word)
    assert stores.conversations.find_once(Once("invite-word", "hash")) == word
    assert not stores.invites.change(asked.revoked(START + 2), asked, word)
    assert stores.invites.find(INVITE.id) == asked


def test_a_change_makes_none_that_is_not_there(stores: Stores) -> None:
    assert not stores.invites.change(INVITE.revoked(START), INVITE)
    assert stores.invites.find(INVITE.id) is None


def test_an_associates_own_are_listed_until_they_expire(stores: Stores) -> None:
    made = [replace(INVITE, id=letter * 43, expires_at=INVITE.expires_at + place) for place, letter in enumerate("abc")]
    for each in (*made, replace(INVITE, id="m" * 43, associate_id="mia")):
        stores.invites.add(each)
    assert list(stores.invites.of_associate("ada", START, 10)) == made
    assert list(stores.invites.of_associate("ada", INVITE.expires_at - 1, 2)) == made[:2]
    assert list(stores.invites.of_associate("ada", INVITE.expires_at, 10)) == made[1:]
    assert list(stores.invites.of_associate("bob", START, 10)) == []
