"""Contracts of ports.ChatLinks and ports.Attempts, and what conversations keep of links."""

from msgspec.structs import replace

from chalicelib.domain import web_chat
from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.chat_links import ChatLink
from chalicelib.domain.merchants import Store
from chalicelib.domain.messages import MessageKind
from chalicelib.usecases.ports import Appended, Opened, Socket
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT, STORE, append, conversation, message, opening, outbound

LINK = ChatLink(id="h" * 43, conversation_id=conversation().id, merchant_id=MERCHANT, created_at=START)
MAIN = Store(id=STORE, merchant_id=MERCHANT, name="Main Street", timezone="UTC", phone=Address("+15550100009"))


def test_a_link_is_found_by_its_hash_and_by_nothing_else(stores: Stores) -> None:
    assert isinstance(stores.conversations.open(opening(link=LINK)), Opened)
    assert stores.chat_links.find(LINK.id) == LINK
    assert stores.chat_links.find("g" * 43) is None
    assert stores.chat_links.find("h" * 42) is None


def test_nothing_is_created_when_the_opening_is_refused(stores: Stores) -> None:
    stores.conversations.open(opening())
    assert not isinstance(stores.conversations.open(opening(link=LINK)), Opened)
    assert stores.chat_links.find(LINK.id) is None


def test_a_fresh_link_takes_the_others_back_and_is_not_what_was_said_last(stores: Stores) -> None:
    stores.conversations.open(opening())
    stores.conversations.append(append(message(START + 1, body="Hello")))
    text = outbound(START + 5, kind=MessageKind.INVITATION, link_seed="seed")
    fresh = replace(LINK, created_at=START + 5)
    assert isinstance(stores.conversations.append(append(text, link=fresh)), Appended)
    stored = stores.conversations.find(conversation().id)
    assert stored is not None
    assert (stored.links_from, stored.last_preview, stored.last_message_id) == (START + 5, "Hello", text.id)
    assert stores.chat_links.find(LINK.id) == fresh
    assert stores.conversations.find_message(conversation().id, text.id) == text


def test_what_came_after_a_message_oldest_first(stores: Stores) -> None:
    stores.conversations.open(opening())
    for at in range(1, 6):
        stores.conversations.append(append(message(START + at)))
    ids = [message(START + at).id for at in range(1, 6)]
    for after, limit, expected, more in (
        (ids[1], 3, ids[2:], False),
        (ids[1], 2, ids[2:4], True),
        (ids[4], 9, [], False),
    ):
        found = stores.conversations.messages_after(conversation().id, after, limit)
        assert found is not None
        assert found.conversation == stores.conversations.find(conversation().id)
        assert ([each.id for each in found.messages.rows], found.messages.cursor is not None) == (expected, more)
    assert stores.conversations.messages_after("nothing-here", ids[0], 9) is None


def test_each_thing_is_counted_apart(stores: Stores) -> None:
    assert stores.attempts.count("links", "one") == 0
    assert [stores.attempts.add("links", "one", START) for _ in range(2)] == [1, 2]
    stores.attempts.add("links", "two", START)
    stores.attempts.add("other", "one", START)
    assert stores.attempts.count("links", "one") == 2


def test_a_customers_socket_is_found_by_its_conversation_and_by_no_store(stores: Stores) -> None:
    guest = Socket(id="a=", associate_id="", store_ids=(), opened_at=START, conversation_id="talk")
    assert stores.sockets.add(guest, "ticket")
    assert list(stores.sockets.of_conversation("talk")) == [guest]
    assert list(stores.sockets.of_conversation("tal")) == []
    assert list(stores.sockets.of_store(STORE)) == []
    stores.sockets.remove("a=")
    assert list(stores.sockets.of_conversation("talk")) == []


def test_every_store_has_web_chat_without_any_set_up(stores: Stores) -> None:
    stores.setup.put_store(MAIN)
    connection = stores.directory.connection(f"chat.{STORE}")
    assert connection == web_chat.connection(MAIN)
    assert stores.directory.secrets(connection) == {}
    assert stores.directory.proxy(Channel.CHAT, Address(STORE)) == web_chat.proxy(MAIN)
    assert list(stores.directory.proxies_of(STORE, Channel.CHAT)) == [web_chat.proxy(MAIN)]
    assert list(stores.directory.proxies_of(STORE, Channel.SMS)) == []
    assert stores.directory.connection("chat.other") is None
