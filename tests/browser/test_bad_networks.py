"""Offline, lost answers, reloads: a text is never lost and never sent twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from tests.browser.app import App
from tests.browser.complaints import Complaints
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser
OFFLINE = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|WebSocket connection to"


def test_a_text_written_offline_is_shown_as_not_sent_and_goes_out_once_when_back_online(
    stack: Stack, ben: Person, app: App, complaints: Complaints
) -> None:
    complaints.expect(OFFLINE)
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    app.page.context.set_offline(True)
    bubble = app.write("Written in a tunnel")
    expect(bubble).to_contain_text("Not sent – will retry")
    assert "Written in a tunnel" not in customer.received()
    app.page.context.set_offline(False)
    expect(bubble).to_have_attribute("data-status", "delivered")
    expect(bubble).to_have_count(1)
    assert customer.received().count("Written in a tunnel") == 1


def test_an_unsent_text_survives_a_reload(stack: Stack, ben: Person, app: App, complaints: Complaints) -> None:
    complaints.expect(OFFLINE)
    customer = Customer(stack)
    conversation = started(ben, customer)
    app.open(customer.name)
    app.page.route("**/api/conversations/*/messages", lambda route: route.abort())
    expect(app.write("Kept through a reload")).to_contain_text("Not sent – will retry")
    app.page.unroute("**/api/conversations/*/messages")
    app.page.reload()
    app.go(f"/stores/boston/messaging/{conversation}")
    expect(app.bubble("Kept through a reload")).to_have_attribute("data-status", "delivered")
    assert customer.received().count("Kept through a reload") == 1


def test_an_answer_lost_on_the_way_back_does_not_make_a_second_text(
    stack: Stack, ben: Person, app: App, complaints: Complaints
) -> None:
    """The server has taken it; the browser does not know, and asks again with the same key."""
    complaints.expect(OFFLINE)
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()

    app.page.route("**/api/conversations/*/messages", lose_the_first_answer)
    bubble = app.write("Sent once, asked twice")
    expect(bubble.filter(has_text="Delivered")).to_have_count(1)
    expect(bubble).to_have_count(1)
    assert lost == [201]
    assert customer.received().count("Sent once, asked twice") == 1


def test_a_draft_survives_a_reload_and_an_opt_out_that_is_taken_back(stack: Stack, ben: Person, app: App) -> None:
    customer = Customer(stack)
    started(ben, customer)
    app.open(customer.name)
    app.composer.fill("Half a thou")
    app.page.reload()
    expect(app.composer).to_have_value("Half a thou")
    customer.texts("STOP")
    expect(app.composer).to_have_count(0)
    customer.texts("START")
    expect(app.composer).to_have_value("Half a thou")


def test_what_happened_while_the_browser_was_away_is_there_when_it_returns(
    stack: Stack, ben: Person, new_app: Callable[..., App], complaints: Complaints
) -> None:
    complaints.expect(OFFLINE)
    customer = Customer(stack)
    started(ben, customer)
    app = new_app("ben")
    app.open(customer.name)
    app.page.context.set_offline(True)
    customer.texts("Said while you were away")
    app.page.context.set_offline(False)
    expect(app.bubble("Said while you were away")).to_be_visible()


def test_without_a_socket_texts_still_come_in(
    stack: Stack, ben: Person, new_app: Callable[..., App], complaints: Complaints
) -> None:
    """A network that lets no WebSocket through: the app asks every few seconds."""
    complaints.expect(OFFLINE)
    customer = Customer(stack)
    started(ben, customer)
    app = new_app()
    app.page.route_web_socket("**/ws**", lambda socket: socket.close())
    app.sign_in("ben")
    app.open(customer.name)
    customer.texts("Through the back door")
    expect(app.bubble("Through the back door")).to_be_visible()
