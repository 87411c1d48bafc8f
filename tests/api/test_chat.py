"""The customers' routes over HTTP: the cookie, what is shown, and that nobody's address is in it (X7)."""

from typing import Any

import pytest

from chalicelib.usecases.attempts import GUESSES
from chalicelib.usecases.close_conversation import close_conversation
from chalicelib.usecases.write_in_chat import BODY_LIMIT
from tests.api.client import JSON, KEY, Answer, as_json, call
from tests.support.world import ADA, CARLA, SEATTLE_NUMBER, World


class Browser:
    """Keeps its cookies, as browsers do."""

    def __init__(self, token: str, address: str = "198.51.100.7", mark: str = World.site_mark) -> None:
        self.cookie = ""
        self._mark = mark
        self._address = address
        self.opened = self.ask("POST", "/chat", {"token": token})
        if self.opened.status == 201:
            self.chat_id = self.opened.json["chat_id"]
            self.cookie = self.opened.headers["Set-Cookie"].partition(";")[0]

    def ask(self, method: str, path: str, body: Any = None, **query: str) -> Answer:
        said = {"X-Forwarded-For": f"{self._address}, 130.176.0.1", "X-Counterline-Site": self._mark}
        headers = {**JSON, **KEY, "Cookie": self.cookie, **said}
        return call(method, path, body=None if body is None else as_json(body), headers=headers, query=query or None)

    def show(self, **query: str) -> Answer:
        return self.ask("GET", f"/chat/{self.chat_id}", **query)

    def write(self, body: str) -> Answer:
        return self.ask("POST", f"/chat/{self.chat_id}/messages", {"body": body})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    browser = Browser(world.start_chat())
    attributes = browser.opened.headers["Set-Cookie"].split("; ")[1:]
    assert {"HttpOnly", "Secure", "SameSite=Strict", f"Path=/api/chat/{browser.chat_id}"} <= set(attributes)
    assert browser.opened.json == {"chat_id": browser.chat_id}, "the session itself is in the cookie only"


def test_the_customer_sees_names_and_words_and_no_address(world: World) -> None:
    browser = Browser(world.start_chat(body="Hello there"))
    browser.write("Thank you!")
    answer = browser.show()
    assert [(each["mine"], each["author"], each["body"]) for each in answer.json["messages"]] == [
        (False, "Ada", "Hello there"),
        (True, "", "Thank you!"),
    ]
    assert (answer.json["store"], answer.json["ended"]) == ("Pine Street Shoes", False)
    assert answer.json["order"] == "#1001"
    for secret in (CARLA, SEATTLE_NUMBER, "ada@", ADA, "sto-", "mer-", "con-"):
        shown = answer.text.replace(answer.json["phone"], "")
        assert secret not in shown


def test_the_associate_sees_no_address_of_the_customer_either(world: World) -> None:
    browser = Browser(world.start_chat())
    browser.write("Thank you!")
    (conversation,) = world.table.conversations.values()
    for path in (f"/conversations/{conversation.id}", "/stores/sto-seattle/conversations"):
        answer = call("GET", path, sub=ADA)
        assert answer.status == 200
        assert conversation.customer_address not in answer.text
        assert "5550177" not in answer.text
        assert "[[link]]" not in answer.text, "the mark is ours"


def test_after_closing_it_says_so_and_whom_to_call(world: World) -> None:
    browser = Browser(world.start_chat())
    (conversation,) = world.table.conversations
    close_conversation(conversation, ADA, world)
    shown = browser.show().json
    assert (shown["ended"], shown["phone"]) == (True, "+12065550199")


def test_a_browser_may_have_two_chats(world: World) -> None:
    one, two = Browser(world.start_chat()), Browser(world.start_chat(world.order(external_id="2", number="#2")))
    assert one.show().status == two.show().status == 200
    one.cookie = two.cookie
    if one.chat_id != two.chat_id:
        assert (one.show().status, one.show().code) == (404, "chat_unavailable")


@pytest.mark.parametrize(
    "cookie", ["", "chat=", "chat=x", "chat", "=x", "other=x; ;; chat=ü", "chat=" + "x" * 5000], ids=range(7)
)
def test_another_cookie_opens_nothing(world: World, cookie: str) -> None:
    browser = Browser(world.start_chat())
    browser.cookie = cookie
    assert (browser.show().status, browser.show().code) == (404, "chat_unavailable")


def test_an_associates_sign_in_opens_no_chat(world: World) -> None:
    browser = Browser(world.start_chat())
    answer = call("GET", f"/chat/{browser.chat_id}", sub=ADA)
    assert (answer.status, answer.code) == (404, "chat_unavailable")


def test_guesses_are_counted_by_where_they_come_from(world: World) -> None:
    token = world.start_chat()
    for _ in range(GUESSES):
        assert Browser("0" * 22).opened.status == 404
    assert Browser(token).opened.text == Browser("0" * 22).opened.text
    assert Browser(token, "203.0.113.9").opened.status == 201


@pytest.mark.parametrize("mark", ["", "guessed", "üé"])
def test_where_they_come_from_is_not_what_they_say_themselves(world: World, mark: str) -> None:
    """Past CloudFront, straight to the API: another address each time."""
    token = world.start_chat()
    for number in range(GUESSES):
        assert Browser("0" * 22, f"198.51.100.{number}", mark).opened.status == 404
    assert Browser(token, "192.0.2.1", mark).opened.status == 404
    assert Browser(token).opened.status == 201


def test_a_position_brings_only_what_is_newer(world: World) -> None:
    browser = Browser(world.start_chat())
    position = browser.show().json["position"]
    browser.write("Thank you!")
    newer = browser.show(after=position).json
    assert [each["body"] for each in newer["messages"]] == ["Thank you!"]
    assert browser.show(after=newer["position"]).json["messages"] == []


@pytest.mark.parametrize("text", ["", " \n", "x" * (BODY_LIMIT + 1)])
def test_nothing_and_too_much_is_refused(world: World, text: str) -> None:
    browser = Browser(world.start_chat())
    assert (browser.write(text).status, browser.write(text).code) == (400, "invalid_input")


def test_asking_for_the_page_changes_nothing(world: World) -> None:
    """What looks at links before people do (mail scanners, previews) asks with GET."""
    browser = Browser(world.start_chat())
    before = len(world.table.changes)
    browser.show()
    assert len(world.table.changes) == before
    assert "GET" not in {method for path, methods in _app().routes.items() for method in methods if path == "/chat"}


def _app() -> Any:
    import app

    return app.app
