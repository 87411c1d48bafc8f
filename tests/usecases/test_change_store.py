"""Managers change how customers learn of conversations that the store starts (D15, D16); a new file leaves it so."""

import pytest

from chalicelib.domain.addresses import Channel
from chalicelib.domain.audit import AuditAct
from chalicelib.domain.errors import ChangedMeanwhile, MailNotConnected, NotFound, PermissionDenied
from chalicelib.domain.merchants import ChatLinkSetting, StoreChange
from chalicelib.usecases.change_store import WITH_MAIL, change_chat_link, show_store_settings
from tests.support.world import ADA, MIA, SEATTLE, TACOMA, ZOE, World

OFF, IN_TEXT = ChatLinkSetting.OFF, ChatLinkSetting.IN_TEXT


def chosen(world: World, store_id: str = SEATTLE) -> ChatLinkSetting:
    return show_store_settings(store_id, MIA, world).store.chat_link


def test_what_was_chosen_counts_from_then_on_in_this_store(world: World) -> None:
    assert change_chat_link(SEATTLE, MIA, IN_TEXT, OFF, world).store.chat_link is IN_TEXT
    assert (chosen(world), chosen(world, TACOMA)) == (IN_TEXT, OFF)
    conversation_id = world.start(world.order(), "Your boots are here.")
    assert world.conversation(conversation_id).channel is Channel.CHAT


def test_a_new_merchants_file_leaves_it(world: World) -> None:
    change_chat_link(SEATTLE, MIA, IN_TEXT, OFF, world)
    world.change_store(chat_link=OFF)
    assert chosen(world) is IN_TEXT


def test_it_is_written_down_once(world: World) -> None:
    for _ in range(2):
        change_chat_link(SEATTLE, MIA, IN_TEXT, OFF, world)
    (entry,) = world.audit.entries(SEATTLE, 10, None).rows
    assert (entry.act, entry.associate_id, entry.conversation_id) == (AuditAct.CHAT_LINK_CHANGED, MIA, "")


def test_who_saw_something_else_changes_nothing(world: World) -> None:
    change_chat_link(SEATTLE, MIA, IN_TEXT, OFF, world)
    with pytest.raises(ChangedMeanwhile):
        change_chat_link(SEATTLE, MIA, OFF, ChatLinkSetting.BOTH, world)
    assert chosen(world) is IN_TEXT


def test_of_two_at_the_same_moment_one_wins(world: World) -> None:
    both, find = ChatLinkSetting.BOTH, world.store_changes.find
    world.change_store(chat_link=both)

    def overtaken(store_id: str) -> StoreChange | None:
        found = find(store_id)
        world.store_changes.find = find  # type: ignore[method-assign]  # once only
        change_chat_link(SEATTLE, MIA, IN_TEXT, both, world)
        return found

    world.store_changes.find = overtaken  # type: ignore[method-assign]  # somebody else is faster
    with pytest.raises(ChangedMeanwhile):
        change_chat_link(SEATTLE, MIA, OFF, both, world)
    assert chosen(world) is IN_TEXT


@pytest.mark.parametrize("way", WITH_MAIL)
def test_a_mail_that_nobody_sends_cannot_be_promised(world: World, way: ChatLinkSetting) -> None:
    for (channel, address), proxy in list(world.table.proxies.items()):
        if channel == Channel.EMAIL and proxy.store_id == SEATTLE:
            del world.table.proxies[channel, address]
    assert not show_store_settings(SEATTLE, MIA, world).has_mail
    with pytest.raises(MailNotConnected):
        change_chat_link(SEATTLE, MIA, way, OFF, world)
    assert not world.table.store_changes


def test_managers_of_the_store_only(world: World) -> None:
    for associate, refusal in ((ADA, PermissionDenied), (ZOE, NotFound)):
        with pytest.raises(refusal):
            show_store_settings(SEATTLE, associate, world)
        with pytest.raises(refusal):
            change_chat_link(SEATTLE, associate, IN_TEXT, OFF, world)
