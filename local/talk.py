"""The demo's conversations of today: held for real, through the API and the customers' phones."""

from typing import Any

from chalicelib.domain.orders import order_id

from . import merchant
from .customers import BUYERS
from .driver import Associate, Driver, wait_until
from .merchant import BOSTON, SEATTLE

ANA, JAMES, SOFIA, WALTER, PRIYA, HANA = 0, 1, 2, 3, 11, 15
VISITOR = "+12125550149"
ENDED = ("delivered", "failed", "sent", "unknown")
"""Statuses in which a text rests, as far as this demo goes."""


def hold(driver: Driver, orders: list[dict[str, Any]]) -> None:
    """`orders`: as the shop answered, in the order of PURCHASES."""
    maya, ben, elena = (
        driver.sign_in(f"{name}@juniper.example", merchant.PASSWORD) for name in ("maya", "ben", "elena")
    )
    _add_phones(driver)
    _about_a_coat(driver, ben, _id(orders[ANA]))
    _waiting_for_an_answer(driver, maya, _id(orders[JAMES]))
    _about_a_tent(driver, elena, _id(orders[SOFIA]))
    _to_a_landline(ben, _id(orders[WALTER]))
    _opted_out(driver, ben, _id(orders[PRIYA]))
    driver.text(VISITOR, _number(BOSTON), "Hello, are you open on Sunday?")
    _by_mail(driver, elena)


def _about_a_coat(driver: Driver, associate: Associate, order: str) -> None:
    """Both ways, read, and answered."""
    talk = _start(associate, BOSTON.id, order, "Hi Ana, your coat is packed. Shall we hold it for you or ship it?")
    driver.text(BUYERS[ANA].phone, _number(BOSTON), "Oh lovely! I'd rather pick it up, is tomorrow after 5 ok?")
    _read(associate, talk)
    _send(associate, talk, "Of course, we are here until 8. Just say your name at the counter.")
    driver.text(BUYERS[ANA].phone, _number(BOSTON), "Perfect, thank you 🌲")
    _read(associate, talk)


def _waiting_for_an_answer(driver: Driver, associate: Associate, order: str) -> None:
    """Two texts that nobody has read."""
    _start(associate, BOSTON.id, order, "Hi James, the walnut boots run small. Would you like to try half a size up?")
    driver.text(BUYERS[JAMES].phone, _number(BOSTON), "Good to know. Do you have 44 in store?")
    driver.text(BUYERS[JAMES].phone, _number(BOSTON), "And could you put them aside for me?")


def _about_a_tent(driver: Driver, associate: Associate, order: str) -> None:
    talk = _start(associate, SEATTLE.id, order, "Hi Sofia, a question about your tent: with or without the footprint?")
    driver.text(BUYERS[SOFIA].phone, _number(SEATTLE), "With, please. How much is it?")
    _read(associate, talk)
    _send(associate, talk, "It is $39. I have put one into your parcel, you can pay it on delivery.")


def _to_a_landline(associate: Associate, order: str) -> None:
    """Fails, and says why."""
    _start(associate, BOSTON.id, order, "Hello Walter, your blanket arrives on Tuesday.")


def _opted_out(driver: Driver, associate: Associate, order: str) -> None:
    talk = _start(associate, BOSTON.id, order, "Hi Priya, thank you for your order! Anything else we can do for you?")
    driver.text(BUYERS[PRIYA].phone, _number(BOSTON), "STOP")
    _read(associate, talk)


def _by_mail(driver: Driver, associate: Associate) -> None:
    """A mail, its answer, and the customer's answer to that, with everything quoted below."""
    hana, seattle = BUYERS[HANA].email, next(address for store, address in merchant.MAILBOXES if store is SEATTLE)
    driver.simulator("POST", "/mailboxes", {"address": hana, "name": f"{BUYERS[HANA].first_name} Kobayashi"})
    asked = "Hello,\n\ncan you gift-wrap the weekender, with a card? It is for my sister.\n\nBest,\nHana\n"
    driver.mail(hana, {"to": seattle, "subject": "A present", "text": asked})
    talk = _conversation(associate, SEATTLE.id, "can you gift-wrap the weekender")
    _read(associate, talk)
    _send(associate, talk, "With pleasure! Tell us what the card should say, and we put it in.")
    wait_until(lambda: _got(driver, hana), "an answer by mail")
    [answer] = _got(driver, hana)
    quoted = "".join(f"> {line}\n" for line in answer["text"].splitlines())
    thanks = f'Wonderful: "Bon voyage, Yumi!"\n\nOn Sunday, {answer["peer_name"]} <{answer["peer"]}> wrote:\n{quoted}'
    content = {"to": answer["answer_to"], "subject": answer["subject"], "text": thanks}
    driver.mail(hana, {**content, "in_reply_to": answer["id"]})


def _got(driver: Driver, address: str) -> list[dict[str, Any]]:
    """The mails that lie in a mailbox."""
    mails = driver.simulator("GET", f"/mailboxes/{address}")["mails"]
    return [mail for mail in mails if mail["direction"] == "in"]


def _conversation(associate: Associate, store: str, said: str) -> str:
    """The id of the open conversation in which these words were said last."""

    def found() -> str:
        rows = associate.get(f"/stores/{store}/conversations?state=open")["rows"]
        return next((str(row["id"]) for row in rows if said in (row["last_preview"] or "")), "")

    return str(wait_until(found, "a mail in the inbox"))


def _add_phones(driver: Driver) -> None:
    """Phones for those who talk here and are not among the simulator's own."""
    known = {phone["number"] for phone in driver.simulator("GET", "/state")["phones"]}
    wanted = {
        VISITOR: "Somebody new",
        **{BUYERS[i].phone: f"{BUYERS[i].first_name} {BUYERS[i].last_name}" for i in (PRIYA,)},
    }
    for number, name in wanted.items():
        if number not in known:
            driver.simulator("POST", "/phones", {"number": number, "name": name})


def _start(associate: Associate, store: str, order: str, body: str) -> str:
    """The conversation's id, when the first text has come to rest."""
    thread = associate.post(f"/stores/{store}/conversations", {"order_id": order, "body": body})
    conversation = str(thread["conversation"]["id"])
    _settled(associate, conversation)
    return conversation


def _send(associate: Associate, conversation: str, body: str) -> None:
    associate.post(f"/conversations/{conversation}/messages", {"body": body})
    _settled(associate, conversation)


def _settled(associate: Associate, conversation: str) -> None:
    def rests() -> bool:
        messages = associate.get(f"/conversations/{conversation}")["messages"]
        return all(message["status"] in ENDED for message in messages if message["direction"] == "outbound")

    wait_until(rests, "a text to be sent")


def _read(associate: Associate, conversation: str) -> None:
    last = associate.get(f"/conversations/{conversation}")["messages"][-1]["id"]
    associate.post(f"/conversations/{conversation}/read", {"up_to": last})


def _id(order: dict[str, Any]) -> str:
    return order_id(merchant.SHOPIFY_ID, order["id"])


def _number(store: Any) -> str:
    return str(store.proxy)
