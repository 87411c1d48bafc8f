"""What texts cost a store: charged as they are accepted, given back as they fail, each once (L1, L3, I4)."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.automatic_texts import NotSent
from chalicelib.domain.credits import CreditAccount, CreditLine, LineKind
from chalicelib.domain.errors import TooFewCredits
from chalicelib.domain.events import ShopCustomer
from chalicelib.domain.messages import FailureReason, Message, MessageStatus
from chalicelib.usecases.apply_delivery_status import apply_delivery_status
from chalicelib.usecases.charge_credits import charged, refund, refund_unsent
from chalicelib.usecases.close_conversation import delete_conversation
from chalicelib.usecases.ports import SendError, SendUnclear
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.send_automatic_texts import send_automatic_texts
from tests.support.holding import run
from tests.support.world import ADA, HOUR, MERCHANT, SEATTLE, World
from tests.usecases.test_apply_delivery_status import report

FAILED, DELIVERED, SENT = MessageStatus.FAILED, MessageStatus.DELIVERED, MessageStatus.SENT


def give(world: World, balance: int) -> None:
    world.table.credit_accounts[SEATTLE] = CreditAccount(store_id=SEATTLE, merchant_id=MERCHANT, balance=balance)
    bought = CreditLine(
        id="purchase.first", merchant_id=MERCHANT, store_id=SEATTLE, kind=LineKind.PURCHASE, amount=balance, at=1
    )
    world.table.credit_lines = [bought]


def balance(world: World) -> int:
    """With what must be so at any time."""
    found = world.table.credit_accounts[SEATTLE].balance
    assert found == sum(line.amount for line in world.table.credit_lines) >= 0
    return found


def kinds(world: World) -> list[str]:
    return [line.kind for line in world.table.credit_lines if line.kind is not LineKind.LOW][1:]


@pytest.fixture
def paying(world: World) -> World:
    world.change_store(credits=True)
    give(world, 120)
    return world


def unsent(world: World, error: Exception) -> Message:
    conversation_id = world.talk()
    give(world, 120)
    world.channel.answers = [error]
    message = world.send(conversation_id, "Hello")
    world.deliver()
    return world.message(message)


def test_where_credits_are_off_nothing_is_counted_and_nothing_asked(world: World) -> None:
    world.table.requests = 0
    message = world.send(world.talk(), "Hello")
    before = world.table.requests
    assert charged(message, world) is message
    assert world.table.requests == before
    assert (message.credits, world.table.credit_lines) == (None, [])


def test_a_first_text_and_its_answer_cost_by_their_segments(paying: World) -> None:
    talk = paying.talk()
    assert balance(paying) == 120 - 12 * 1
    assert paying.send(talk, "ж" * 71).credits == 24
    assert balance(paying) == 120 - 12 - 24


def test_what_answers_a_customer_by_itself_costs_nothing(paying: World) -> None:
    paying.talk()
    left = balance(paying)
    for words in ("HELP", "STOP", "START"):
        paying.text(words)
        paying.deliver()
    assert balance(paying) == left


def test_stop_is_confirmed_with_nothing_left(paying: World) -> None:
    talk = paying.talk()
    give(paying, 0)
    paying.text("STOP")
    paying.deliver()
    assert "STOP" in paying.bodies(talk)
    assert paying.thread(talk)[-1].status is SENT


def test_with_too_few_nothing_is_accepted(paying: World) -> None:
    talk = paying.talk()
    give(paying, 11)
    with pytest.raises(TooFewCredits):
        paying.send(talk, "Hello")
    paying.text("Hello?")
    assert balance(paying) == 11
    give(paying, 12)
    paying.send(talk, "Hello")
    assert balance(paying) == 0


def test_a_conversation_is_not_begun_with_too_few(paying: World) -> None:
    give(paying, 11)
    with pytest.raises(TooFewCredits):
        paying.start()
    assert paying.table.conversations == {}


def test_what_the_provider_refuses_is_given_back(paying: World) -> None:
    message = unsent(paying, SendError(FailureReason.LANDLINE))
    assert (message.status, message.credits) == (FAILED, None)
    assert (balance(paying), kinds(paying)) == (120, ["charge", "refund"])
    assert not refund(message, paying)


def test_reports_in_any_order_give_back_once_at_most(paying: World) -> None:
    talk = paying.talk()
    give(paying, 120)
    message = paying.send(talk, "Hello")
    paying.deliver()
    for status in (FAILED, FAILED, SENT, FAILED, DELIVERED, FAILED, DELIVERED):
        apply_delivery_status(report(message, status), paying)
        paying.fan_out()
    assert paying.message(message).status is DELIVERED
    assert (balance(paying), kinds(paying)) == (120, ["charge", "refund"])


def test_one_that_arrived_before_anybody_looked_is_not_given_back(paying: World) -> None:
    talk = paying.talk()
    give(paying, 120)
    message = paying.send(talk, "Hello")
    paying.deliver()
    apply_delivery_status(report(message, FAILED), paying)
    apply_delivery_status(report(message, DELIVERED), paying)
    paying.fan_out()
    assert (balance(paying), kinds(paying)) == (108, ["charge"])


def waiting_as_its_conversation_is_deleted(paying: World) -> Message:
    talk = paying.talk()
    give(paying, 120)
    message = paying.send(talk, "Hello")
    paying.table.put_conversation(paying.conversation(talk).deleted(paying.clock.now()))
    return message


def test_what_waits_is_given_back_once_with_its_conversation(paying: World) -> None:
    message = waiting_as_its_conversation_is_deleted(paying)
    for _ in range(2):
        refund_unsent(paying.conversation(message.conversation_id), paying)
    assert (paying.message(message).status, balance(paying), kinds(paying)) == (FAILED, 120, ["charge", "refund"])


def test_it_is_given_back_where_another_died_who_had_failed_it(paying: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's write comes between our look and our own."""
    message = waiting_as_its_conversation_is_deleted(paying)
    fail = paying.messages.fail_queued

    def beaten(failed: Message) -> bool:
        return not fail(failed)

    monkeypatch.setattr(paying.messages, "fail_queued", beaten)
    refund_unsent(paying.conversation(message.conversation_id), paying)
    assert (balance(paying), kinds(paying)) == (120, ["charge", "refund"])


def test_the_same_change_told_twice_gives_back_once(paying: World) -> None:
    talk = paying.talk()
    give(paying, 120)
    message = paying.send(talk, "Hello")
    paying.channel.answers = [SendError(FailureReason.LANDLINE)]
    paying.deliver()
    paying._fanned_out = 0
    paying.fan_out()
    assert (balance(paying), kinds(paying)) == (120, ["charge", "refund"])
    assert paying.message(message).credits is None


def test_a_retry_of_what_failed_costs_again(paying: World) -> None:
    message = unsent(paying, SendError(FailureReason.UNREACHABLE))
    retry_message(message.conversation_id, message.id, ADA, paying)
    paying.deliver()
    assert paying.message(message).status is SENT
    assert (balance(paying), kinds(paying)) == (108, ["charge", "refund", "charge"])


def test_a_retry_of_what_nobody_knows_of_is_paid_for_already(paying: World) -> None:
    message = unsent(paying, SendUnclear("no answer"))
    assert balance(paying) == 108
    again = retry_message(message.conversation_id, message.id, ADA, paying)
    paying.deliver()
    assert (again.credits, balance(paying), kinds(paying)) == (12, 108, ["charge"])


def test_a_retry_needs_credits(paying: World) -> None:
    message = unsent(paying, SendError(FailureReason.UNREACHABLE))
    give(paying, 11)
    with pytest.raises(TooFewCredits):
        retry_message(message.conversation_id, message.id, ADA, paying)
    assert paying.message(message).status is FAILED


def test_what_waits_for_its_time_is_charged_when_it_goes_out(paying: World) -> None:
    talk = paying.talk()
    give(paying, 120)
    held = paying.hold(talk, paying.clock.now() + HOUR)
    assert balance(paying) == 120
    paying.clock.set(held.release_at)
    run(paying)
    assert (balance(paying), kinds(paying)) == (108, ["charge"])


def test_what_waited_says_that_there_are_too_few(paying: World) -> None:
    talk = paying.talk()
    held = paying.hold(talk, paying.clock.now() + HOUR)
    give(paying, 11)
    paying.clock.set(held.release_at)
    run(paying)
    paying.fan_out()
    last = paying.thread(talk)[-1]
    assert (last.status, last.failure, last.credits) == (FAILED, FailureReason.TOO_FEW_CREDITS, None)
    assert balance(paying) == 11


def test_an_event_of_an_order_costs_and_is_not_told_with_too_few(paying: World) -> None:
    paying.change_store(automatic_texts=True)
    for number, left in ((1, 12), (2, 11)):
        give(paying, left)
        whose = ShopCustomer(external_id=f"c-{number}", first_name="Kim", last_name="Doe", phone=f"+1206555030{number}")
        paying.order(external_id=str(number), placed_at=paying.clock.now(), customer=whose)
        now = paying.clock.now()
        send_automatic_texts(now, now + 60_000, paying)
        paying.deliver()
    assert [each.not_sent for each in paying.table.automatic.values()] == [None, NotSent.TOO_FEW_CREDITS]
    assert balance(paying) == 11


def test_an_invitation_to_the_chat_costs_with_its_link(paying: World) -> None:
    paying.start_chat()
    chat, invitation = sorted(paying.table.messages.values(), key=lambda message: message.id)
    assert (chat.credits, invitation.credits) == (None, 12)
    assert len(paying.channel.sent[-1].body) <= 160


def test_a_deleted_conversation_gives_back_what_had_not_gone_out(paying: World) -> None:
    talk = paying.talk()
    give(paying, 120)
    paying.send(talk, "Hello")
    delete_conversation(talk, ADA, paying)
    paying.fan_out()
    assert (balance(paying), kinds(paying)) == (120, ["charge", "refund"])


def test_who_has_no_such_store_or_is_on_another_channel_pays_nothing(paying: World) -> None:
    message = replace(paying.send(paying.talk(), "Hello"), credits=None)
    assert charged(message, paying).credits == 12
    assert charged(replace(message, channel="whatsapp"), paying).credits is None
    assert charged(replace(message, store_id="nowhere"), paying).credits is None
