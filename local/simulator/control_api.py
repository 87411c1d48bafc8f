"""The control API: what the page and the tests drive the simulator with. Described in docs/simulator.md."""

from collections.abc import Awaitable, Callable

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from local.simulator.behaviours import Behaviour
from local.simulator.control_requests import body_of, from_our_page, json_answer
from local.simulator.errors import ControlError
from local.simulator.mail.one_click import one_click_url
from local.simulator.mail.records import Mail
from local.simulator.records import Message, ShopEvent, ShopOrder, public_order, public_text
from local.simulator.shopify.account import POLICY, account_page
from local.simulator.shopify.products import ProductChange, public_product
from local.simulator.shopify.shop import PRIVACY_TOPICS, TOPICS, NewOrder
from local.simulator.simulator import Simulator

MAX_TEXT = 1600
"""Characters of a text."""
MAX_MEDIA = 10
MAX_URL = 2_000


class NewPhone(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    number: str | None = None
    name: str | None = None
    behaviour: Behaviour = Behaviour.NORMAL


class PhoneChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str | None = None
    behaviour: Behaviour | None = None


class NewText(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    to: str
    body: str = ""
    media_urls: list[str] = []
    quoting: str | None = None
    """The SID of a text that it answers."""
    pictures: list[str] = []
    """Ids from POST /pictures."""


class ShopChange(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    lose_next_webhook: bool


class Repeat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sid: str | None = None
    mail_id: str | None = None
    event_id: str | None = None


class ControlApi:
    """One method per route."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def routes(self) -> list[Route]:
        table: tuple[tuple[str, str, Callable[[Request], Awaitable[Response]]], ...] = (
            ("GET", "/state", self.state),
            ("GET", "/events", self.events),
            ("POST", "/phones", self.add_phone),
            ("GET", "/phones/{number}", self.get_phone),
            ("PATCH", "/phones/{number}", self.change_phone),
            ("DELETE", "/phones/{number}", self.remove_phone),
            ("POST", "/phones/{number}/texts", self.send_text),
            ("PATCH", "/shop", self.change_shop),
            ("POST", "/shop/orders", self.place_order),
            ("GET", "/shop/orders/{id}/account", self.show_account),
            ("POST", "/shop/orders/{id}/{action}", self.act_on_order),
            ("POST", "/mails/{id}/unsubscribe", self.unsubscribe),
            ("PATCH", "/shop/products/{id}", self.change_product),
            ("DELETE", "/shop/products/{id}", self.delete_product),
            ("POST", "/webhooks/repeat", self.repeat),
        )
        origin = self._simulator.config.origin
        return [Route(path, from_our_page(handler, origin), methods=[method]) for method, path, handler in table]

    async def state(self, request: Request) -> Response:
        return json_answer(self._simulator.public_state())

    async def events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._simulator.feed.stream(), media_type="text/event-stream", headers=headers)

    async def add_phone(self, request: Request) -> Response:
        wanted = await body_of(request, NewPhone)
        phone = self._simulator.phonebook.add(wanted.number, wanted.name, wanted.behaviour)
        return json_answer(self._simulator.phonebook.public(phone), 201)

    async def get_phone(self, request: Request) -> Response:
        book = self._simulator.phonebook
        return json_answer(book.public(book.get(request.path_params["number"])))

    async def change_phone(self, request: Request) -> Response:
        book = self._simulator.phonebook
        phone = book.get(request.path_params["number"])
        wanted = await body_of(request, PhoneChange)
        book.change(phone, wanted.name, wanted.behaviour)
        return json_answer(book.public(phone))

    async def remove_phone(self, request: Request) -> Response:
        phone = self._simulator.phonebook.get(request.path_params["number"])
        self._simulator.state.remove_phone(phone.number)
        return Response(status_code=204)

    async def send_text(self, request: Request) -> Response:
        phone = self._simulator.phonebook.get(request.path_params["number"])
        text = await body_of(request, NewText)
        _check_text(text)
        quoted = self._message(text.quoting).sid if text.quoting is not None else ""
        try:
            message = self._simulator.network.text(
                phone, text.to, text.body, text.media_urls, pictures=text.pictures, quoted_sid=quoted
            )
        except KeyError:
            raise ControlError(400, "invalid_input", f"No store has the number {text.to!r}.") from None
        return json_answer(public_text(message, self._simulator.pictures), 201)

    async def change_shop(self, request: Request) -> Response:
        self._simulator.state.lose_next_webhook = (await body_of(request, ShopChange)).lose_next_webhook
        return Response(status_code=204)

    async def place_order(self, request: Request) -> Response:
        wanted = await body_of(request, NewOrder)
        return json_answer(public_order(self._simulator.desk.place(wanted)), 201)

    async def show_account(self, request: Request) -> Response:
        order, shop = self._order(request.path_params["id"]), self._simulator.config.shop
        page = account_page(order, shop, self._simulator.clock())
        return HTMLResponse(page, headers={"Cache-Control": "no-store", "Content-Security-Policy": POLICY})

    async def act_on_order(self, request: Request) -> Response:
        order = self._order(request.path_params["id"])
        action = request.path_params["action"]
        if action in PRIVACY_TOPICS:
            self._simulator.desk.ask_privacy(order, action)
            return json_answer(public_order(order))
        if action not in TOPICS:
            raise ControlError(404, "not_found", f"An order can be moved on with {', '.join(TOPICS)}.")
        self._simulator.desk.act(order, action)
        return json_answer(public_order(order))

    async def change_product(self, request: Request) -> Response:
        desk = self._simulator.products
        product = desk.find(request.path_params["id"])
        desk.change(product, await body_of(request, ProductChange))
        return json_answer(public_product(product))

    async def delete_product(self, request: Request) -> Response:
        desk = self._simulator.products
        desk.delete(desk.find(request.path_params["id"]))
        return Response(status_code=204)

    async def repeat(self, request: Request) -> Response:
        wanted = await body_of(request, Repeat)
        if sum(each is not None for each in (wanted.sid, wanted.mail_id, wanted.event_id)) != 1:
            raise ControlError(400, "invalid_input", "Give either `sid`, `mail_id` or `event_id`.")
        if wanted.sid is not None:
            return json_answer({"status": await self._simulator.network.repeat(self._message(wanted.sid))})
        if wanted.mail_id is not None:
            return json_answer({"status": await self._simulator.mail.repeat(self._mail(wanted.mail_id))})
        assert wanted.event_id is not None
        return json_answer({"status": await self._simulator.webhooks.repeat(self._event(wanted.event_id))})

    def _order(self, order_id: str) -> ShopOrder:
        order = self._simulator.state.orders.get(order_id)
        if order is None:
            raise ControlError(404, "not_found", f"The shop has no order with the id {order_id!r}.")
        return order

    def _message(self, sid: str) -> Message:
        message = self._simulator.state.messages.get(sid)
        if message is None:
            raise ControlError(404, "not_found", f"There is no text with the SID {sid!r}.")
        if not message.from_phone and not message.callback_url:
            raise ControlError(400, "invalid_input", "That text was sent without a status callback.")
        return message

    async def unsubscribe(self, request: Request) -> Response:
        mail = self._mail(request.path_params["id"])
        if not one_click_url(mail.headers):
            raise ControlError(409, "conflict", "This mail has no button to unsubscribe.")
        return json_answer({"status": await self._simulator.unsubscribe(mail)})

    def _mail(self, mail_id: str) -> Mail:
        mail = self._simulator.state.mails.get(mail_id)
        if mail is None:
            raise ControlError(404, "not_found", f"There is no mail with the id {mail_id!r}.")
        return mail

    def _event(self, event_id: str) -> ShopEvent:
        state = self._simulator.state
        of_orders = [event for order in state.orders.values() for event in order.events]
        of_products = [event for product in state.products.values() for event in product.events]
        for event in (*of_orders, *of_products):
            if event.event_id == event_id:
                return event
        raise ControlError(404, "not_found", f"The shop sent no webhook with the event id {event_id!r}.")


def _check_text(text: NewText) -> None:
    complaints = (
        (not text.body and not text.media_urls and not text.pictures, "A text needs a body or media."),
        (len(text.body) > MAX_TEXT, f"A text has at most {MAX_TEXT} characters."),
        (len(text.media_urls) + len(text.pictures) > MAX_MEDIA, f"A text has at most {MAX_MEDIA} media."),
        (
            not all(url.startswith(("http://", "https://")) and len(url) <= MAX_URL for url in text.media_urls),
            f"A media URL is http or https, with at most {MAX_URL} characters.",
        ),
    )
    for wrong, message in complaints:
        if wrong:
            raise ControlError(400, "invalid_input", message)
