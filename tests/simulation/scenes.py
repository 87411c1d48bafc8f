"""Every way into every function, each once: the scenes in which the exhaustive part breaks every call.

A new handler or a new way through one: one more function below, then `make simulation-boundaries`.
"""

from collections.abc import Callable, Iterator

from chalicelib.domain.addresses import Channel
from chalicelib.domain.bulk import Audience, Bulk
from chalicelib.domain.circuit import TOLERATED
from chalicelib.domain.erasures import LAST_LOOK
from chalicelib.domain.merchants import ChatLinkSetting, ProxyState, UnknownPolicy
from chalicelib.domain.orders import OrderEvent
from chalicelib.domain.presence import Doing
from chalicelib.domain.templates import TemplateKind
from chalicelib.domain.transfers import Transfer
from chalicelib.usecases.browse_consent import LedgerQuery, unmask_ledger
from chalicelib.usecases.browse_products import drop_favourite, keep_favourite
from chalicelib.usecases.change_held import cancel_held, send_held_now
from chalicelib.usecases.change_proxy import ChangeCommand, change_proxy
from chalicelib.usecases.change_store import change_chat_link
from chalicelib.usecases.close_conversation import close_conversation, delete_conversation, reopen_conversation
from chalicelib.usecases.continue_elsewhere import continue_elsewhere
from chalicelib.usecases.manage_bulk import Steering, cancel_bulk, list_bulks, pause_bulk, resume_bulk
from chalicelib.usecases.mark_read import mark_read, mark_unread
from chalicelib.usecases.merge_customers import Other
from chalicelib.usecases.open_chat_link import open_chat_link
from chalicelib.usecases.open_socket import issue_chat_ticket, issue_ticket
from chalicelib.usecases.read_catalogue import read_now
from chalicelib.usecases.read_chat import mark_seen
from chalicelib.usecases.renew_chat_link import renew_chat_link
from chalicelib.usecases.retry_message import retry_message
from chalicelib.usecases.save_template import SaveCommand, delete_template, save_template
from chalicelib.usecases.send_bulk import StartBulk, start_bulk
from chalicelib.usecases.set_right_opt_out import set_right_opt_out
from chalicelib.usecases.share_product import offer_product
from chalicelib.usecases.transfer_contacts import continue_transfer, start_transfer, undo_transfer
from chalicelib.usecases.unmask_customer import unmask_customer
from chalicelib.wiring import Dependencies
from tests.support.exporting import whole
from tests.support.mail import CARLAS_MAIL
from tests.support.merchant import ADA, BOB, DEAN, HOUR, MERCHANT, MIA, SEATTLE, SEATTLE_NUMBER, SHOP, TACOMA
from tests.support.pools import ADAS_OWN

from .asking_afterwards import following_up, following_up_what_was_cancelled, sending_what_is_followed_up
from .carting import (
    beginning_a_cart,
    cancelling_a_cart,
    changing_a_cart,
    paying_a_cart,
    paying_a_cart_too_late,
    sharing_a_cart,
)
from .noting import noting, remarking, tagging, taking_a_note_away
from .provider import API_URL, GOOD, Habits
from .reminding import (
    adding_a_device,
    being_done,
    changing_a_reminder,
    forgetting_a_device,
    not_being_done,
    reminding,
    snoozing,
    telling,
    waking,
)
from .selling import ordering_after_a_talk, ordering_by_a_link, sharing_a_product, showing_a_products_code, sold
from .story import Story
from .telling_merchant import (
    beginning_where_the_merchant_is_told,
    naming_the_merchants_phone,
    ordering_where_the_merchant_is_told,
    stopping_as_the_merchant,
    telling_a_merchant_who_opted_out,
    telling_of_who_is_erased,
    telling_the_merchant,
    telling_the_merchant_of_a_ticket,
    telling_the_merchant_of_a_ticket_that_costs,
    telling_the_merchant_of_what_has_ended,
    telling_the_merchant_what_costs,
    telling_the_merchant_without_credits,
    writing_as_the_merchant,
)

MINUTE = 60_000
Acts = Iterator[None]
Scene = Callable[[Story], Acts]
"""Before its `yield` the stage is set; what comes after it is watched, and broken."""


def play(scene: Scene, story: Story) -> None:
    """The whole scene, until all is at rest."""
    acts = scene(story)
    next(acts)
    story.rest()
    story.go()
    next(acts, None)
    story.rest()


def stage(scene: Scene, story: Story) -> None:
    """The whole scene, with nobody watching."""
    for _ in scene(story):
        story.rest()
    story.rest()


def talking(story: Story) -> None:
    story.text()
    story.rest()


def from_unknown_sender(story: Story) -> Acts:
    yield
    story.text()


def into_open_conversation(story: Story) -> Acts:
    talking(story)
    yield
    story.text()


def sending_pictures(story: Story) -> Acts:
    talking(story)
    yield
    story.text(media=(f"{API_URL}/a.jpg", f"{API_URL}/b.pdf"))


def receiving_a_mail(story: Story) -> Acts:
    story.world.use_mail()
    yield
    story.mail()


def receiving_a_mail_about_an_order(story: Story) -> Acts:
    story.world.use_mail()
    story.order()
    story.rest()
    yield
    story.mail("about order #1001", "canary@example.test")


def fetching_from_a_mail(story: Story) -> Acts:
    """The mail comes first, and its picture later, from the mail in the bucket."""
    stage(receiving_a_mail, story)
    yield
    story.mail()


def answering_by_mail(story: Story) -> Acts:
    stage(receiving_a_mail, story)
    yield
    story.send()


def unsubscribing(story: Story) -> Acts:
    """From the mail that asks for a yes."""
    story.world.use_mail()
    story.invite()
    story.rest()
    story.accept(Channel.EMAIL, CARLAS_MAIL)
    story.rest()
    yield
    story.unsubscribe()


def beginning_as_member(story: Story) -> Acts:
    story.world.sign_members_in()
    yield
    story.come_as_member()


def going_on_as_member(story: Story) -> Acts:
    stage(beginning_as_member, story)
    yield
    story.come_as_member()


def erasing_pictures(story: Story) -> Acts:
    stage(sending_pictures, story)
    yield
    story.ask("delete", delete_conversation, ADA)


def offering_an_address(story: Story) -> Acts:
    talking(story)
    yield
    story.offer()


def checking_an_upload(story: Story) -> Acts:
    talking(story)
    upload = story.upload()
    yield
    story.check(upload)


def answering_with_a_picture(story: Story) -> Acts:
    talking(story)
    upload = story.upload()
    story.check(upload)
    story.rest()
    yield
    story.send(pictures=(upload,))


def offering_an_address_for_a_start(story: Story) -> Acts:
    story.order()
    story.rest()
    yield
    story.offer_for_start()


def checking_an_upload_for_a_start(story: Story) -> Acts:
    story.order()
    story.rest()
    upload = story.upload_for_start()
    yield
    story.check_for_start(upload)


def starting_with_a_picture(story: Story) -> Acts:
    story.order()
    story.rest()
    upload = story.upload_for_start()
    story.check_for_start(upload)
    story.rest()
    yield
    story.start(pictures=(upload,))


def erasing_while_a_picture_is_checked(story: Story) -> Acts:
    talking(story)
    upload = story.upload()
    yield
    story.check(upload)
    story.ask("delete", delete_conversation, ADA)


def asking_first(story: Story) -> Acts:
    """After three texts in doubt the provider is asked whether it is back, before one more is risked."""
    talking(story)
    world = story.world
    world.fresh, world.processes_kept, world.keeps_processes = 0.0, 1, True
    world.provider.habits = Habits(busy=0, refuses=0, unclear=1, stalls=0, took=0, unlisted=0)
    for number in range(TOLERATED):
        story.send(f"canary {number}", key=f"key-down{number}")
        story.rest()
    world.provider.habits = GOOD
    yield
    story.send("canary back", key="key-back1")


def opting_out(story: Story) -> Acts:
    talking(story)
    yield
    story.text("STOP")


def opting_in_again(story: Story) -> Acts:
    stage(opting_out, story)
    yield
    story.text("START")


def opting_out_in_own_words(story: Story) -> Acts:
    talking(story)
    yield
    story.text("Please stop texting me")


def setting_right(story: Story) -> Acts:
    stage(opting_out_in_own_words, story)
    yield
    story.ask("set right", set_right_opt_out, ADA)


def asking_for_help(story: Story) -> Acts:
    talking(story)
    yield
    story.text("HELP")


def after_closing(story: Story) -> Acts:
    talking(story)
    story.ask("close", close_conversation, ADA)
    story.rest()
    yield
    story.text()


def after_expiry(story: Story) -> Acts:
    talking(story)
    story.to_the_brink()
    yield
    story.text()


def after_deletion(story: Story) -> Acts:
    talking(story)
    story.ask("delete", delete_conversation, ADA)
    story.rest()
    yield
    story.text()


def new_order(story: Story) -> Acts:
    yield
    story.order()


def changed_order(story: Story) -> Acts:
    story.order()
    story.rest()
    yield
    story.order(1, updated_at=story.world.now() + 1000, financial_status="paid")


def new_product(story: Story) -> Acts:
    yield
    story.product()


def changed_product(story: Story) -> Acts:
    """What is told later is older, and repeats come late."""
    story.product()
    story.rest()
    yield
    at = story.world.now()
    story.product(1, updated_at=at + 2000, title="Harbor shoes", variants=[])
    story.product(2, updated_at=at + 1000, title="Harbor hats")
    story.product(1, updated_at=at + 2000, title="Harbor shoes", variants=[])


def deleted_product(story: Story) -> Acts:
    """A late report brings nothing back."""
    story.product()
    story.rest()
    yield
    story.product(1, "products/delete")
    story.product(2, updated_at=story.world.now() + 1000, title="Harbor hats")


def reading_a_catalogue(story: Story) -> Acts:
    """Two pages, and of what was told before the shop no longer has one product."""
    story.product(id=604)
    story.rest()
    story.world.show_catalogue()
    yield
    story.world.due()


def asking_for_the_catalogue(story: Story) -> Acts:
    story.world.show_catalogue()
    yield
    story.world.ask("read catalogue", MIA, lambda ports: read_now(SEATTLE, SHOP, MIA, ports)[0].run is not None)


def keeping_a_favourite(story: Story) -> Acts:
    product = sold(story)
    yield
    story.world.ask("favourite", ADA, lambda ports: keep_favourite(SEATTLE, product, ADA, ports))


def dropping_a_favourite(story: Story) -> Acts:
    product = sold(story)
    story.world.ask("favourite", ADA, lambda ports: keep_favourite(SEATTLE, product, ADA, ports))
    story.rest()
    yield
    story.world.ask("no favourite", ADA, lambda ports: drop_favourite(SEATTLE, product, ADA, ports))


def offering_a_product(story: Story) -> Acts:
    talking(story)
    product = sold(story)
    yield
    conversation_id = story.conversation()["id"]
    story.world.ask(
        "offer", ADA, lambda ports: offer_product(conversation_id, product, ADA, ports).product.id,
        conversation_id=conversation_id,
    )  # fmt: skip


def ordering_where_customers_are_told(story: Story) -> Acts:
    story.tell_of_orders()
    yield
    story.order()


def _ordered(story: Story) -> None:
    """The text is due, and the clock stands still."""
    story.world.minutes = False
    story.tell_of_orders()
    story.order()
    story.rest()


def telling_of_an_order(story: Story) -> Acts:
    _ordered(story)
    yield
    _a_minute_later(story)


def telling_who_talks_with_us(story: Story) -> Acts:
    talking(story)
    _ordered(story)
    yield
    _a_minute_later(story)


def telling_who_opted_out(story: Story) -> Acts:
    talking(story)
    story.text("STOP")
    story.rest()
    _ordered(story)
    yield
    _a_minute_later(story)


def starting(story: Story) -> Acts:
    story.order()
    story.rest()
    yield
    story.start()


def starting_from_the_pool(story: Story) -> Acts:
    """A colleague talks with the customer already, over the first number."""
    story.world.pool(2)
    story.order()
    story.rest()
    story.start("canary from Mia", key="key-start0", associate=MIA)
    story.rest()
    yield
    story.start()


def closing_the_order(story: Story) -> Acts:
    stage(starting, story)
    yield
    at = story.world.now() + 1000
    story.order(1, updated_at=at, closed_at=at)


def answering(story: Story) -> Acts:
    talking(story)
    yield
    story.send()


def answering_unheard(story: Story) -> Acts:
    """The provider never reports: what we do not know by ourselves stays unknown."""
    talking(story)
    story.world.provider.habits = Habits(busy=0, refuses=0, unclear=0, silent=1)
    yield
    story.send()


def being_refused(story: Story) -> Acts:
    """For good: the provider's own block list."""
    talking(story)
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("21610", 400),))
    yield
    story.send()


def paying(story: Story) -> Acts:
    """A text that costs credits, and crosses the store's threshold."""
    talking(story)
    story.need_credits(55)
    yield
    story.send()


def paying_with_nothing_left(story: Story) -> Acts:
    talking(story)
    story.need_credits(11)
    yield
    story.send()


def being_given_back(story: Story) -> Acts:
    """The provider refuses what was paid for."""
    talking(story)
    story.need_credits()
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("21610", 400),))
    yield
    story.send()


def paying_again(story: Story) -> Acts:
    """What failed and was given back is sent once more."""
    talking(story)
    story.need_credits()
    story.world.provider.habits = Habits(busy=0, refuses=1, refusals=(("30003", 400),))
    story.send()
    story.rest()
    story.world.provider.habits = GOOD
    failed = story.message(direction="outbound")
    yield
    story.ask("retry", retry_message, failed["id"], ADA)


def deleting_what_was_paid_for(story: Story) -> Acts:
    """A text waits on its way out as its conversation is deleted."""
    talking(story)
    story.need_credits()
    story.world.outbound.on_put = lambda: None
    story.send()
    story.rest()
    yield
    story.ask("delete", delete_conversation, ADA)
    story.rest()
    story.take_next()


def erasing_their_customer(story: Story) -> Acts:
    talking(story)
    story.world.minutes = False
    yield
    story.erase()
    story.rest()
    carry_out(story)


def erasing_an_orders_customer(story: Story) -> Acts:
    story.order()
    story.rest()
    story.world.minutes = False
    yield
    story.erase(order_id=story.order_item())
    story.rest()
    carry_out(story)


def carrying_out_an_erasure(story: Story) -> Acts:
    """Of somebody who has an order, opted out, and writes and orders again afterwards."""
    story.order()
    story.rest()
    talking(story)
    story.text("STOP")
    story.rest()
    story.world.minutes = False
    story.erase()
    story.rest()
    yield
    carry_out(story)
    story.order(1, id=1002, name="#1002")
    story.text("canary back")


def erasing_what_was_paid_for(story: Story) -> Acts:
    """A text waits on its way out as its customer is erased."""
    talking(story)
    story.need_credits()
    story.world.outbound.on_put = lambda: None
    story.send()
    story.rest()
    story.world.minutes = False
    story.erase()
    story.rest()
    yield
    carry_out(story)
    story.take_next()


def erasing_who_began_to_write(story: Story) -> Acts:
    """The merchant's own phone is to be told of them as they go."""
    telling_of_who_is_erased(story)
    story.erase()
    story.rest()
    yield
    carry_out(story)
    story.take_next()


def carry_out(story: Story) -> None:
    """Minute for minute, until the last look has found nothing, and once more for what a fault held up."""
    for pause in (0, LAST_LOOK, MINUTE, MINUTE):
        story.world.scheduler.now += pause
        story.world.due()
        story.rest()


def waiting_for_the_provider(story: Story) -> Acts:
    talking(story)
    story.world.provider.habits = Habits(busy=1)
    story.world.scheduler.after(30_000, lambda: setattr(story.world.provider, "habits", GOOD))
    yield
    story.send()


def writing_at_whatsapp(story: Story) -> Acts:
    """What opens the window anew is a condition of the message's transaction."""
    story.at_whatsapp()
    story.rest()
    yield
    story.at_whatsapp()


def writing_to_a_shared_number(story: Story) -> Acts:
    """Tacoma's conversation comes first."""
    story.talk_with_both()
    yield
    story.at_whatsapp()


def quoting_another_store(story: Story) -> Acts:
    story.talk_with_both()
    story.send(store=SEATTLE)
    story.rest()
    said = story.message(direction="outbound", body="canary answer")["provider_id"]
    story.send("canary of Bob", key="key-share2", store=TACOMA, associate=BOB)
    story.rest()
    yield
    story.at_whatsapp(quoted=said)


def stopping_a_shared_number(story: Story) -> Acts:
    story.talk_with_both()
    yield
    story.at_whatsapp("STOP")


def taking_up_at_whatsapp(story: Story) -> Acts:
    """The word of Tacoma's invitation, while Carla talks with Seattle."""
    stage(accepting_over_a_shared_number, story)
    yield
    story.at_whatsapp(story.word())


def taking_up_what_has_ended(story: Story) -> Acts:
    """Ada's invitation takes up her own conversation anew."""
    story.share()
    story.close(SEATTLE, ADA)
    story.invite()
    story.rest()
    story.accept(Channel.WHATSAPP)
    story.rest()
    yield
    story.at_whatsapp(story.word())


def answering_over_a_shared_number(story: Story) -> Acts:
    story.talk_with_both()
    yield
    story.send(store=SEATTLE)


def closing_what_shares_a_number(story: Story) -> Acts:
    story.talk_with_both()
    yield
    story.close(TACOMA, BOB)


def accepting_over_a_shared_number(story: Story) -> Acts:
    story.share()
    story.invite(TACOMA, BOB)
    story.rest()
    yield
    story.accept(Channel.WHATSAPP)


def waiting_beyond_the_window(story: Story) -> Acts:
    """Accepted in time; while the provider is busy, the 24 hours end."""
    story.at_whatsapp()
    story.rest()
    story.world.scheduler.now = story.conversation()["free_until"] - 30_000
    story.world.provider.habits = Habits(busy=1)
    yield
    story.world.scheduler.after(60_000, lambda: setattr(story.world.provider, "habits", GOOD))
    story.send()


def not_knowing(story: Story) -> Acts:
    talking(story)
    story.world.provider.habits = Habits(busy=0, refuses=0, unclear=1)
    yield
    story.send()


def asking_the_provider(story: Story) -> Acts:
    """It took the text, but neither its answer nor a report came."""
    _in_doubt(story, Habits(busy=0, refuses=0, unclear=1, took=1, silent=1, undelivered=0))
    yield
    _a_minute_later(story)


def asking_about_a_refusal(story: Story) -> Acts:
    """It took the text, and then met its own block list."""
    _in_doubt(story, Habits(busy=0, refuses=0, unclear=1, took=1, silent=1, undelivered=1, ends=("21610",)))
    yield
    _a_minute_later(story)


def asking_in_vain(story: Story) -> Acts:
    """It never took the text: a person decides."""
    _in_doubt(story, Habits(busy=0, refuses=0, unclear=1, took=0))
    yield
    _a_minute_later(story)


def asking_nobody(story: Story) -> Acts:
    """It does not answer."""
    _in_doubt(story, Habits(busy=0, refuses=0, unclear=1, took=0))
    story.world.provider.habits = Habits(unlisted=1)
    yield
    story.world.scheduler.after(120_000, lambda: setattr(story.world.provider, "habits", GOOD))
    _a_minute_later(story)


def sending_again_by_policy(story: Story) -> Acts:
    story.world.furnish(UnknownPolicy.SEND_AGAIN)
    _in_doubt(story, Habits(busy=0, refuses=0, unclear=1, took=0))
    yield
    _a_minute_later(story)


def _in_doubt(story: Story, habits: Habits) -> None:
    """A text of unknown outcome whose time to be looked up has come, and the clock stands still."""
    talking(story)
    story.world.minutes, story.world.provider.habits = False, habits
    story.send()
    story.rest()
    story.world.provider.habits = GOOD
    story.world.scheduler.now = story.message(direction="outbound")["due_at"]


def _a_minute_later(story: Story) -> None:
    story.world.minutes = True
    story.world.due()


def being_blocked(story: Story) -> Acts:
    """By the provider's own list, which it says in a report only."""
    talking(story)
    story.world.provider.habits = Habits(
        busy=0, refuses=0, unclear=0, silent=0, undelivered=1, ends=("21610",), unlisted=0
    )
    yield
    story.send()


def being_undelivered(story: Story) -> Acts:
    talking(story)
    story.world.provider.habits = Habits(busy=0, refuses=0, unclear=0, silent=0, undelivered=1)
    yield
    story.send()


def retrying(story: Story) -> Acts:
    stage(being_undelivered, story)
    story.world.provider.habits = GOOD
    failed = story.message(direction="outbound")
    yield
    story.ask("retry", retry_message, failed["id"], ADA)


def holding(story: Story) -> Acts:
    talking(story)
    story.world.minutes = False
    yield
    story.hold()
    _strike_later(story)


def putting_off(story: Story) -> Acts:
    _held(story)
    yield
    story.put_off()
    _strike_later(story)


def taking_back(story: Story) -> Acts:
    _held(story)
    yield
    story.ask("cancel", cancel_held, story.held()["id"], ADA)
    _strike_later(story)


def sending_at_once(story: Story) -> Acts:
    _held(story)
    yield
    story.ask("release", send_held_now, story.held()["id"], ADA)
    _strike_later(story)


def releasing(story: Story) -> Acts:
    _when_its_time_has_come(story)
    yield
    _a_minute_later(story)


def releasing_after_the_end(story: Story) -> Acts:
    _held(story)
    story.ask("close", close_conversation, ADA)
    story.rest()
    story.world.scheduler.now = story.held()["release_at"]
    yield
    _a_minute_later(story)


def erasing_what_waits(story: Story) -> Acts:
    _held(story)
    yield
    story.ask("delete", delete_conversation, ADA)
    _strike_later(story)


def _held(story: Story) -> None:
    """A text that is to be sent in an hour, and the clock stands still."""
    talking(story)
    story.world.minutes = False
    story.hold()
    story.rest()


def _when_its_time_has_come(story: Story) -> None:
    _held(story)
    story.world.scheduler.now = story.held()["release_at"]


def _strike_later(story: Story) -> None:
    """So that nothing waits for good; long after what is watched."""
    story.world.scheduler.after(3 * HOUR, lambda: _a_minute_later(story))


def closing(story: Story) -> Acts:
    talking(story)
    yield
    story.ask("close", close_conversation, ADA)


def reopening(story: Story) -> Acts:
    stage(closing, story)
    yield
    story.ask("reopen", reopen_conversation, ADA)


def writing_to_somebody_away(story: Story) -> Acts:
    """Ada looks after the conversation and is away: the set-up says so."""
    talking(story)
    story.assign(ADA, ADA, None)
    story.rest()
    story.go_away(ADA)
    story.rest()
    yield
    story.text("canary are you there")


def writing_where_answers_are_promised(story: Story) -> Acts:
    story.promise_answers()
    talking(story)
    story.world.minutes = False
    yield
    story.text("canary are you there")
    _strike_later(story)


def waiting_too_long(story: Story) -> Acts:
    """Ada took it and says nothing."""
    story.promise_answers()
    talking(story)
    story.assign(ADA, ADA, None)
    story.rest()
    story.world.minutes = False
    story.text("canary are you there")
    story.rest()
    story.world.scheduler.now = story.waits()["due_at"]
    yield
    _a_minute_later(story)


def _unread(story: Story) -> None:
    """A member was answered, and the clock looks in a moment."""
    story.world.use_mail()
    story.world.sign_members_in()
    story.come_as_member(CARLAS_MAIL)
    story.rest()
    story.world.minutes = False
    story.send()
    story.rest()
    (noted,) = story.world.history.stored("ur")
    story.world.scheduler.now = noted["due_at"]


def mailing_an_answer(story: Story) -> Acts:
    _unread(story)
    yield
    _a_minute_later(story)


def answering_what_was_answered(story: Story) -> Acts:
    """The clock looks, and finds that the customer has written."""
    _unread(story)
    story.come_as_member(CARLAS_MAIL)
    story.rest()
    yield
    _a_minute_later(story)


def answered_in_time(story: Story) -> Acts:
    """The clock looks, and finds an answer."""
    story.promise_answers()
    talking(story)
    story.world.minutes = False
    story.text("canary are you there")
    story.send()
    story.rest()
    story.world.scheduler.now = story.waits()["due_at"]
    yield
    _a_minute_later(story)


def leaving_for_a_while(story: Story) -> Acts:
    yield
    story.go_away(ADA)


def coming_back(story: Story) -> Acts:
    story.go_away(ADA)
    story.rest()
    yield
    story.come_back(ADA)


def unmasking(story: Story) -> Acts:
    talking(story)
    yield
    story.ask_as(MIA, "unmask", unmask_customer)


def exporting_a_customer(story: Story) -> Acts:
    """The whole file; each try begins anew, and is written down."""
    talking(story)
    yield
    story.ask_as(MIA, "export", lambda whose, sub, ports: whole(ports, Other(conversation_id=whose), sub))


def being_asked_for_data(story: Story) -> Acts:
    story.order()
    story.rest()
    yield
    story.ask_privacy()


def a_shop_leaving(story: Story) -> Acts:
    yield
    story.ask_privacy("shop/redact")


def settling_a_request(story: Story) -> Acts:
    story.ask_privacy()
    story.rest()
    yield
    story.settle_request()


def unmasking_the_ledger(story: Story) -> Acts:
    stage(opting_out, story)
    yield
    query = LedgerQuery(store_id=SEATTLE, associate_id=MIA, limit=50)
    story.world.ask("unmask ledger", MIA, lambda ports: len(unmask_ledger(query, ports).page.rows))


def taking(story: Story) -> Acts:
    talking(story)
    yield
    story.assign(ADA, ADA, None)


def showing_history(story: Story) -> Acts:
    """A colleague gets it, and reads how it came to them."""
    talking(story)
    story.assign(ADA, MIA, None)
    story.rest()
    yield
    story.assign(MIA, None, MIA)


def deleting(story: Story) -> Acts:
    talking(story)
    yield
    story.ask("delete", delete_conversation, ADA)


def reading(story: Story) -> Acts:
    talking(story)
    yield
    story.ask("read", mark_read, ADA, story.conversation()["last_message_id"])


def putting_back(story: Story) -> Acts:
    stage(reading, story)
    yield
    story.ask("unread", mark_unread, ADA)


def sweeping(story: Story) -> Acts:
    talking(story)
    story.to_the_brink()
    yield
    story.world.sweep()


def two_who_are_one(story: Story) -> Acts:
    story.text()
    yield
    story.text(sender=DEAN)


def merging(story: Story) -> Acts:
    stage(two_who_are_one, story)
    yield
    story.merge()


def merging_the_other_way(story: Story) -> Acts:
    """What was read was old: the one who is kept was merged by then."""
    stage(merging, story)
    yield
    story.merge(keep_other=True)


def parting(story: Story) -> Acts:
    stage(merging, story)
    yield
    story.part()


def opening_a_browser(story: Story) -> Acts:
    ticket = issue_ticket(ADA, story.world.process()).token
    yield
    story.world.connect(ticket, "socket-1")


def a_colleague_looks(story: Story) -> Acts:
    for associate, socket in ((ADA, "socket-1"), (MIA, "socket-2")):
        story.world.connect(issue_ticket(associate, story.world.process()).token, socket)
    yield
    story.world.view("socket-1", story.conversation()["id"], Doing.LOOKING)


def looking(story: Story) -> Acts:
    talking(story)
    stage(a_colleague_looks, story)
    yield
    story.world.view("socket-2", story.conversation()["id"], Doing.WRITING)


def looking_away(story: Story) -> Acts:
    stage(looking, story)
    yield
    story.world.view("socket-2", story.conversation()["id"], Doing.GONE)


def leaving(story: Story) -> Acts:
    stage(opening_a_browser, story)
    yield
    story.world.disconnect("socket-1", told=True)


def leaving_without_a_word(story: Story) -> Acts:
    stage(opening_a_browser, story)
    story.world.disconnect("socket-1", told=False)
    yield
    story.text()


def deferring(story: Story) -> Acts:
    """The table refuses, the event waits on the queue."""
    talking(story)
    story.defer("canary later")
    yield


def published_by_aws(story: Story) -> Acts:
    """Two texts: the first opens the conversation."""
    story.publish()
    yield
    story.rest()
    story.publish("STOP")
    yield


def requesting(story: Story) -> Acts:
    """The store texts only who has agreed."""
    story.ask_first()
    story.order()
    story.rest()
    yield
    story.start()


def agreeing(story: Story) -> Acts:
    stage(requesting, story)
    yield
    story.text("YES")


def declining(story: Story) -> Acts:
    stage(requesting, story)
    yield
    story.text("STOP")


def answering_a_request(story: Story) -> Acts:
    """Neither yes nor no: the customer wrote."""
    stage(requesting, story)
    yield
    story.text("canary who is this")


def being_impatient(story: Story) -> Acts:
    """Nothing goes out before the answer."""
    stage(requesting, story)
    yield
    story.send()


def inviting(story: Story) -> Acts:
    yield
    story.invite()


def revoking(story: Story) -> Acts:
    story.invite()
    story.rest()
    yield
    story.revoke()


def accepting(story: Story) -> Acts:
    """The address is new."""
    story.invite()
    story.rest()
    yield
    story.accept()


def accepting_in_a_conversation(story: Story) -> Acts:
    """The address is in a conversation, which a colleague looks after."""
    story.text()
    story.rest()
    story.invite()
    story.rest()
    yield
    story.accept()


def saying_yes_to_an_invitation(story: Story) -> Acts:
    stage(accepting, story)
    yield
    story.text("YES")


def starting_a_chat(story: Story) -> Acts:
    """The text has the link, the chat has the words."""
    story.use_chat()
    story.order()
    story.rest()
    yield
    story.start()


def chatting(story: Story) -> None:
    stage(starting_a_chat, story)


def opening_the_link(story: Story) -> Acts:
    chatting(story)
    token = story.world.history.accepted[-1].body.partition("/chat#")[2][:22]
    yield
    story.world.ask("open chat", "", lambda ports: open_chat_link(token, "198.51.100.7", ports).link.id)


def guessing_a_link(story: Story) -> Acts:
    yield
    story.world.ask("open chat", "", lambda ports: open_chat_link("0" * 22, "198.51.100.7", ports).link.id)


def writing_in_chat(story: Story) -> Acts:
    chatting(story)
    yield
    story.write()


def offering_an_address_in_chat(story: Story) -> Acts:
    chatting(story)
    yield
    story.offer_in_chat()


def checking_an_upload_in_chat(story: Story) -> Acts:
    chatting(story)
    upload = story.upload_in_chat()
    yield
    story.check_in_chat(upload)


def writing_with_a_picture(story: Story) -> Acts:
    chatting(story)
    upload = story.upload_in_chat()
    story.check_in_chat(upload)
    story.rest()
    yield
    story.write(pictures=(upload,))


def opting_out_in_chat(story: Story) -> Acts:
    chatting(story)
    yield
    story.write("STOP")


def answering_in_chat(story: Story) -> Acts:
    chatting(story)
    yield
    story.send()


def seeing_in_chat(story: Story) -> Acts:
    chatting(story)
    yield
    story.browse("seen", mark_seen, story.conversation()["last_message_id"])


def renewing_the_link(story: Story) -> Acts:
    chatting(story)
    conversation_id = story.conversation()["id"]
    yield
    story.world.ask("renew", ADA, lambda ports: renew_chat_link(conversation_id, ADA, "key-renew1", ports).id)


def opening_the_chat_page(story: Story) -> Acts:
    chatting(story)
    ticket = issue_chat_ticket(story.link(), story.world.process()).token
    yield
    story.world.connect(ticket, "socket-9")


def leaving_the_chat_page(story: Story) -> Acts:
    """Without a word: the next message finds nobody there."""
    stage(opening_the_chat_page, story)
    story.world.disconnect("socket-9", told=False)
    yield
    story.send()


def _save_template(story: Story) -> None:
    command = SaveCommand(
        store_id=SEATTLE, associate_id=MIA, template_id=OrderEvent.SENT.value, kind=TemplateKind.STANDARD, name="",
        texts={"en": "On its way."}, active=False, transactional=True, delay_days=7, revision=0,
    )  # fmt: skip
    story.world.ask("save template", MIA, lambda ports: bool(save_template(command, ports)))


def saving_a_template(story: Story) -> Acts:
    yield
    _save_template(story)


def giving_a_template_its_words_back(story: Story) -> Acts:
    _save_template(story)
    story.rest()
    yield
    story.world.ask("delete template", MIA, lambda ports: delete_template(SEATTLE, OrderEvent.SENT.value, MIA, ports))


def changing_a_setting(story: Story) -> Acts:
    talking(story)
    yield
    story.world.ask(
        "change store", MIA,
        lambda ports: change_chat_link(SEATTLE, MIA, ChatLinkSetting.IN_TEXT, ChatLinkSetting.OFF, ports).store.id,
    )  # fmt: skip


def _bulk(story: Story) -> None:
    order_id = story.order_item()
    command = StartBulk(
        store_id=SEATTLE, associate_id=ADA, idempotency_key="bulk", text="We close at noon.",
        ids=(order_id, "no-such-order"),
    )  # fmt: skip
    story.world.ask("start bulk", ADA, lambda ports: start_bulk(command, ports).id)


def starting_a_bulk(story: Story) -> Acts:
    talking(story)
    story.order()
    story.rest()
    yield
    _bulk(story)


def _bulk_to_contacts(story: Story, conversation_id: str) -> None:
    command = StartBulk(
        store_id=SEATTLE, associate_id=ADA, idempotency_key="bulk", text="We close at noon.",
        ids=(conversation_id, "no-such-conversation"), to=Audience.CONTACTS,
    )  # fmt: skip
    story.world.ask("start bulk", ADA, lambda ports: start_bulk(command, ports).id)


def starting_one_to_contacts(story: Story) -> Acts:
    talking(story)
    story.world.minutes = False
    conversation_id = story.conversation()["id"]
    yield
    _bulk_to_contacts(story, conversation_id)
    story.rest()
    _a_minute_later(story)


def texting_contacts(story: Story) -> Acts:
    talking(story)
    story.world.minutes = False
    _bulk_to_contacts(story, story.conversation()["id"])
    story.rest()
    yield
    _a_minute_later(story)


def _with_a_bulk(story: Story) -> None:
    """It is due, and the clock stands still."""
    talking(story)
    story.world.minutes = False
    story.order()
    story.rest()
    _bulk(story)
    story.rest()


def texting_many(story: Story) -> Acts:
    _with_a_bulk(story)
    yield
    _a_minute_later(story)


def _steer(story: Story, name: str, act: Callable[[Steering, Dependencies], Bulk]) -> None:
    def steered(ports: Dependencies) -> str:
        return act(Steering(SEATTLE, list_bulks(SEATTLE, ADA, ports)[0].id, ADA), ports).state

    story.world.ask(name, ADA, steered)


def pausing_a_bulk(story: Story) -> Acts:
    _with_a_bulk(story)
    yield
    _steer(story, "pause bulk", pause_bulk)


def resuming_a_bulk(story: Story) -> Acts:
    _with_a_bulk(story)
    _steer(story, "pause bulk", pause_bulk)
    yield
    _steer(story, "resume bulk", resume_bulk)


def cancelling_a_bulk(story: Story) -> Acts:
    _with_a_bulk(story)
    yield
    _steer(story, "cancel bulk", cancel_bulk)


def losing_a_number(story: Story) -> Acts:
    talking(story)
    yield
    command = ChangeCommand(
        store_id=SEATTLE, associate_id=MIA, channel=Channel.SMS, address=SEATTLE_NUMBER, state=ProxyState.LOST
    )
    story.world.ask("change proxy", MIA, lambda ports: change_proxy(command, ports))


def going_on_over_another(story: Story) -> Acts:
    talking(story)
    story.world.lose(SEATTLE_NUMBER)
    yield
    story.ask("continue", continue_elsewhere, ADA)


def _with_a_contact(story: Story) -> None:
    """Of Ada's, over a number of her own; she looks after it."""
    story.world.give(ADAS_OWN, ADA)
    story.text(recipient=ADAS_OWN)
    story.rest()
    story.send(key="key-contact")
    story.rest()


def transferring(story: Story) -> Acts:
    _with_a_contact(story)
    yield
    story.world.ask("transfer", MIA, lambda ports: start_transfer(SEATTLE, MIA, ADA, MIA, ports).transfer.id)


def _under_way(story: Story) -> str:
    """A transfer that has been begun, and got no further."""
    _with_a_contact(story)
    ports = story.world.process()
    transfer = Transfer(
        id="transfer-1", merchant_id=MERCHANT, store_id=SEATTLE, from_id=ADA, from_name="", to_id=MIA, to_name="",
        by_id=MIA, by_name="", at=story.world.now(), total=1,
    )  # fmt: skip
    ports.transfers.put(transfer)
    return transfer.id


def transferring_the_rest(story: Story) -> Acts:
    transfer_id = _under_way(story)
    yield
    story.world.ask("transfer more", MIA, lambda ports: continue_transfer(SEATTLE, transfer_id, MIA, ports).transfer.id)


def giving_back(story: Story) -> Acts:
    transfer_id = _under_way(story)
    story.world.ask("transfer", MIA, lambda ports: continue_transfer(SEATTLE, transfer_id, MIA, ports).transfer.id)
    story.rest()
    yield
    story.world.ask("transfer back", MIA, lambda ports: undo_transfer(SEATTLE, transfer_id, MIA, ports).transfer.id)


# the worker whose calls are broken -> the scenes it is seen in
SCENES: dict[str, tuple[Scene, ...]] = {
    "webhook text": (
        from_unknown_sender, into_open_conversation, opting_out, opting_in_again, asking_for_help, after_closing,
        opting_out_in_own_words, after_expiry, after_deletion, writing_to_somebody_away, writing_at_whatsapp,
        writing_to_a_shared_number, quoting_another_store, stopping_a_shared_number,
        taking_up_at_whatsapp, taking_up_what_has_ended,
        agreeing, declining, answering_a_request, saying_yes_to_an_invitation, writing_where_answers_are_promised,
        stopping_as_the_merchant, beginning_where_the_merchant_is_told, writing_as_the_merchant,
    ),
    "webhook click": (unsubscribing,),
    "webhook member": (beginning_as_member, going_on_as_member),
    "webhook order": (
        new_order, changed_order, ordering_where_customers_are_told, sending_what_is_followed_up,
        ordering_after_a_talk, ordering_by_a_link, ordering_where_the_merchant_is_told,
    ),
    "webhook product": (new_product, changed_product, deleted_product),
    "webhook payment": (paying_a_cart, paying_a_cart_too_late),
    "begin cart": (beginning_a_cart,),
    "change cart": (changing_a_cart,),
    "share cart": (sharing_a_cart,),
    "cancel cart": (cancelling_a_cart,),
    "webhook status": (answering, being_undelivered, being_blocked),
    "inbound": (deferring,),
    "provider_events": (published_by_aws, receiving_a_mail, receiving_a_mail_about_an_order),
    "outbound": (
        answering, answering_unheard, being_refused, waiting_for_the_provider, not_knowing, starting, opting_out,
        asking_first, starting_a_chat, requesting, answering_in_chat, waiting_beyond_the_window,
        answering_with_a_picture, answering_by_mail, telling_the_merchant, telling_the_merchant_of_a_ticket,
    ),
    "fan_out": (
        answering, closing_the_order, deleting, being_refused, asking_the_provider, erasing_what_waits,
        sending_pictures, erasing_pictures, answering_with_a_picture, being_given_back, deleting_what_was_paid_for,
        ordering_after_a_talk, ordering_by_a_link,
    ),
    "media": (
        fetching_from_a_mail, sending_pictures, erasing_pictures, checking_an_upload,
        erasing_while_a_picture_is_checked, checking_an_upload_for_a_start, starting_with_a_picture,
        beginning_a_cart, sharing_a_cart, cancelling_a_cart, paying_a_cart,
    ),
    "push": (leaving_without_a_word, leaving_the_chat_page, telling),
    "sweep": (sweeping,),
    "hold": (holding,),
    "change": (putting_off,),
    "cancel": (taking_back,),
    "release": (sending_at_once,),
    "due": (
        releasing, releasing_after_the_end, asking_the_provider, asking_about_a_refusal, asking_in_vain, asking_nobody,
        sending_again_by_policy, waiting_too_long, answered_in_time, mailing_an_answer,
        answering_what_was_answered, telling_of_an_order, telling_who_talks_with_us,
        telling_who_opted_out, reading_a_catalogue, telling, waking, carrying_out_an_erasure, erasing_what_was_paid_for,
        texting_many, texting_contacts, following_up, following_up_what_was_cancelled, telling_the_merchant,
        telling_the_merchant_what_costs, telling_the_merchant_without_credits, telling_a_merchant_who_opted_out,
        telling_the_merchant_of_a_ticket, telling_the_merchant_of_a_ticket_that_costs,
        telling_the_merchant_of_what_has_ended, erasing_who_began_to_write,
    ),
    "send": (
        answering, being_impatient, answering_with_a_picture, answering_over_a_shared_number, paying,
        paying_with_nothing_left, sharing_a_product,
    ),
    "upload": (offering_an_address,),
    "check": (checking_an_upload,),
    "upload for start": (offering_an_address_for_a_start,),
    "check for start": (checking_an_upload_for_a_start,),
    "start": (starting, starting_a_chat, starting_from_the_pool, requesting, starting_with_a_picture),
    "invite": (inviting,),
    "revoke": (revoking,),
    "accept": (accepting, accepting_in_a_conversation, accepting_over_a_shared_number),
    "open chat": (opening_the_link, guessing_a_link),
    "write": (writing_in_chat, opting_out_in_chat, writing_with_a_picture),
    "upload in chat": (offering_an_address_in_chat,),
    "check in chat": (checking_an_upload_in_chat,),
    "seen": (seeing_in_chat,),
    "renew": (renewing_the_link,),
    "retry": (retrying, paying_again),
    "unmask": (unmasking,),
    "webhook privacy": (being_asked_for_data, a_shop_leaving),
    "settle request": (settling_a_request,),
    "export": (exporting_a_customer,),
    "merge": (merging, merging_the_other_way),
    "part": (parting,),
    "set right": (setting_right,),
    "unmask ledger": (unmasking_the_ledger,),
    "away": (leaving_for_a_while,),
    "back": (coming_back,),
    "assign": (taking, showing_history),
    "save template": (saving_a_template,),
    "delete template": (giving_a_template_its_words_back,),
    "change proxy": (losing_a_number,),
    "change store": (changing_a_setting,),
    "change merchant phone": (naming_the_merchants_phone,),
    "start bulk": (starting_a_bulk, starting_one_to_contacts),
    "pause bulk": (pausing_a_bulk,),
    "resume bulk": (resuming_a_bulk,),
    "cancel bulk": (cancelling_a_bulk,),
    "continue": (going_on_over_another,),
    "transfer": (transferring,),
    "transfer more": (transferring_the_rest,),
    "transfer back": (giving_back,),
    "close": (closing, closing_what_shares_a_number),
    "reopen": (reopening,),
    "delete": (deleting,),
    "erase": (erasing_their_customer, erasing_an_orders_customer),
    "read": (reading,),
    "unread": (putting_back,),
    "read catalogue": (asking_for_the_catalogue,),
    "favourite": (keeping_a_favourite,),
    "no favourite": (dropping_a_favourite,),
    "offer": (offering_a_product,),
    "link product": (showing_a_products_code,),
    "remind": (reminding,),
    "note": (noting, remarking),
    "remove note": (taking_a_note_away,),
    "tag": (tagging,),
    "change reminder": (changing_a_reminder,),
    "snooze reminder": (snoozing,),
    "end reminder": (being_done,),
    "restore reminder": (not_being_done,),
    "add device": (adding_a_device,),
    "forget device": (forgetting_a_device,),
    "connect": (opening_a_browser, opening_the_chat_page),
    "disconnect": (leaving,),
    "view": (looking, looking_away),
}  # fmt: skip
