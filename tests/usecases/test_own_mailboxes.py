"""Mailboxes of associates: what they send, who reaches them, what becomes of them when somebody leaves (H17)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.addresses import Address, Channel
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.merchants import ChatLinkSetting, Proxy, ProxyOwner, ProxyState
from chalicelib.usecases.browse_proxies import show_proxies
from chalicelib.usecases.transfer_contacts import start_transfer
from tests.support.invites import accept, invite
from tests.support.mail import CARLAS_MAIL, DOMAIN, SEATTLE_MAILBOX, SES, mail_world, receive, written
from tests.support.world import ADA, CARLA, MERCHANT, MIA, SEATTLE, World

ADAS_MAILBOX = Address(f"ada@{DOMAIN}")
"""Sorts before the store's own."""
OWN = Proxy(
    channel="email",
    address=ADAS_MAILBOX,
    merchant_id=MERCHANT,
    store_id=SEATTLE,
    connection_id=SES,
    owner=ProxyOwner.ASSOCIATE,
    associate_id=ADA,
)


@pytest.fixture
def world() -> World:
    world = mail_world()
    world.setup.put_proxy(OWN)
    return world


def linked(world: World, associate: str) -> str:
    """From where the mail with the link to the chat page goes out."""
    world.change_store(chat_link=ChatLinkSetting.IN_MAIL)
    who = ShopCustomer(external_id="c-1", first_name="Carla", phone=CARLA, email=CARLAS_MAIL)
    world.start(world.order(customer=who), associate_id=associate)
    world.deliver()
    (mail,) = (each for each in world.channel.sent if each.channel is Channel.EMAIL)
    return mail.sender


def test_who_writes_to_an_associates_mailbox_reaches_that_associate(world: World) -> None:
    receive(world, written(to=ADAS_MAILBOX), ADAS_MAILBOX)
    found = world.conversation_of(CARLAS_MAIL, ADAS_MAILBOX)
    assert (found.associate_id, found.store_id, found.unread) == (ADA, SEATTLE, 1)


def test_an_answer_goes_out_from_there_under_name_and_store_and_is_answered_there(world: World) -> None:
    receive(world, written(to=ADAS_MAILBOX), ADAS_MAILBOX)
    conversation = world.conversation_of(CARLAS_MAIL, ADAS_MAILBOX).id
    world.send(conversation, "They are.")
    world.deliver()
    mail = world.channel.sent[-1]
    assert mail.mail is not None
    assert (mail.sender, mail.mail.from_name) == (ADAS_MAILBOX, "Ada at Pine Street Shoes")
    local, domain = mail.mail.reply_to.split("@")
    assert (local.partition("+")[0], domain) == ("ada", DOMAIN)
    assert local.partition("+")[2], "a token"
    receive(world, written("Great!", to=mail.mail.reply_to, message_id="abc-2@customer.test"), mail.mail.reply_to)
    assert world.bodies(conversation)[-1] == "Great!"


@pytest.mark.parametrize(("associate", "mailbox"), [(ADA, ADAS_MAILBOX), (MIA, SEATTLE_MAILBOX)])
def test_a_chat_link_goes_out_from_ones_own_mailbox_or_the_stores_and_never_a_colleagues(
    world: World, associate: str, mailbox: str
) -> None:
    assert linked(world, associate) == mailbox


def test_a_mailbox_that_is_lost_sends_no_link(world: World) -> None:
    world.setup.put_proxy(replace(OWN, state=ProxyState.LOST))
    assert linked(world, ADA) == SEATTLE_MAILBOX


def test_an_invitation_by_mail_is_sent_from_there_and_the_contact_is_theirs(world: World) -> None:
    accept(world, invite(world), CARLAS_MAIL, Channel.EMAIL)
    world.deliver()
    assert world.channel.sent[-1].sender == ADAS_MAILBOX
    assert world.conversation_of(CARLAS_MAIL, ADAS_MAILBOX).associate_id == ADA


def test_managers_see_whose_it_is(world: World) -> None:
    lines = {each.proxy.address: each for each in show_proxies(SEATTLE, MIA, world).lines}
    assert (lines[ADAS_MAILBOX].proxy.owner, lines[ADAS_MAILBOX].associate_name) == (ProxyOwner.ASSOCIATE, "Ada")
    assert lines[SEATTLE_MAILBOX].proxy.owner is ProxyOwner.STORE


def test_a_leavers_mailbox_leads_to_who_takes_over(world: World) -> None:
    receive(world, written(to=ADAS_MAILBOX), ADAS_MAILBOX)
    start_transfer(SEATTLE, MIA, ADA, MIA, world)
    assert world.conversation_of(CARLAS_MAIL, ADAS_MAILBOX).associate_id == MIA
    dean = written("Hello?", sender="Dean <dean@elsewhere.test>", to=ADAS_MAILBOX, message_id="abc-3@elsewhere.test")
    receive(world, dean, ADAS_MAILBOX)
    assert world.conversation_of("dean@elsewhere.test", ADAS_MAILBOX).associate_id == MIA
    world.send(world.conversation_of(CARLAS_MAIL, ADAS_MAILBOX).id, "I took over.", associate_id=MIA)
    world.deliver()
    mail = world.channel.sent[-1]
    assert mail.mail is not None
    assert (mail.sender, mail.mail.from_name) == (ADAS_MAILBOX, "Mia at Pine Street Shoes")
