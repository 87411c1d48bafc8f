"""Mailboxes on the simulator's page: a mail in, an answer out and back, as people see it; usable by everybody."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from local.merchant import MAIL_DOMAIN
from tests.browser.app import App
from tests.browser.test_attachments import SHOWN
from tests.browser.test_screens import SCREENS, Album
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=\"document.title='caught'\"><script>document.title='caught'</script>"


def open_mailbox(page: Page, stack: Stack, address: str, name: str) -> Locator:
    """A fresh mailbox, chosen in the list."""
    stack.driver.simulator("POST", "/mailboxes", {"address": address, "name": name})
    page.goto(f"{stack.origin}/simulator")
    page.get_by_role("button", name="Mailboxes", exact=True).click()
    page.get_by_role("button", name=f"Mailbox of {name}", exact=True).click()
    return page.get_by_role("article", name=f"Mailbox of {name}", exact=True)


def write(page: Page, text: str) -> None:
    """In the open dialog."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Message").fill(text)
    dialog.get_by_role("button", name="Send", exact=True).click()
    expect(dialog).to_be_hidden()


def test_a_mail_comes_in_and_an_answer_goes_out_and_back(
    stack: Stack, new_app: Callable[..., App], new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    box = open_mailbox(page, stack, "wilma@mail.example", "Wilma Writer")
    box.get_by_role("button", name="New mail").click()
    page.get_by_role("dialog").get_by_role("combobox", name="To").fill(f"boston@{MAIL_DOMAIN}")
    page.get_by_role("dialog").get_by_role("textbox", name="Subject").fill("The lantern")
    write(page, "Is the lantern in?")
    expect(box.get_by_test_id("mail-out").get_by_test_id("mail-status")).to_have_text("Delivered")

    app = new_app("ben")
    app.page.get_by_text("Is the lantern in?").first.click()
    app.page.get_by_role("textbox", name="Message").fill("It is, we keep one for you.")
    app.page.get_by_role("button", name="Send", exact=True).click()

    answer = box.get_by_test_id("mail-in")
    expect(answer).to_contain_text("Re: The lantern")
    expect(answer.frame_locator("iframe").get_by_text("It is, we keep one for you.")).to_be_visible()
    answer.get_by_role("button", name="Text", exact=True).click()
    expect(answer.get_by_text("It is, we keep one for you.")).to_be_visible()
    answer.get_by_role("button", name="Answer").click()
    write(page, "Thank you, see you at five.")
    expect(app.page.get_by_text("Thank you, see you at five.").first).to_be_visible()
    expect(app.page.get_by_text("wrote:")).to_have_count(0)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_mail_about_an_order_leads_to_it_and_the_order_leads_back(
    stack: Stack, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack)
    order, address = customer.orders(), f"{customer.last_name.lower()}@mail.example"
    stack.driver.simulator("POST", "/mailboxes", {"address": address, "name": customer.name, "verified": True})
    content = {
        "to": f"boston@{MAIL_DOMAIN}",
        "subject": f"My order {order['number']}",
        "text": "Can it be gift wrapped?",
    }
    stack.driver.mail(address, content)
    app = new_app("ben", size=size, theme=theme)
    pane = app.open(customer.name)
    link = pane.get_by_test_id("message").get_by_role("link", name=f"Order {order['number']}")
    expect(link).to_be_visible()
    album = Album(app.page, SCREENS / f"{size}-{theme}")
    album.take("mail-about-order")
    link.click()
    expect(app.page.get_by_role("heading", name=f"Order {order['number']}")).to_be_visible()
    app.page.get_by_role("button", name="Open conversation").click()
    expect(app.bubble("Can it be gift wrapped?")).to_be_visible()
    assert not album.violations, "\n".join(album.violations)


def test_what_a_stranger_puts_into_a_mail_does_not_run(
    stack: Stack, new_context: Callable[..., BrowserContext]
) -> None:
    page = new_context().new_page()
    box = open_mailbox(page, stack, "mallory@mail.example", "Mallory Mischief")
    content = {"to": f"boston@{MAIL_DOMAIN}", "subject": HOSTILE, "text": HOSTILE, "html": f"<b>Seen</b>{HOSTILE}"}
    stack.driver.mail("mallory@mail.example", content)
    mail = box.get_by_test_id("mail-out")
    expect(mail.frame_locator("iframe").get_by_text("Seen")).to_be_visible()
    expect(mail).to_contain_text("<script>")
    assert "caught" not in page.title()
    assert mail.frame_locator("iframe").locator("script, [onerror]").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_mailboxes_are_accessible(
    stack: Stack, new_context: Callable[..., BrowserContext], size: str, theme: str
) -> None:
    page = new_context(size, theme).new_page()
    album = Album(page, SCREENS / f"{size}-{theme}")
    page.goto(f"{stack.origin}/simulator")
    page.get_by_role("button", name="Mailboxes", exact=True).click()
    expect(page.get_by_role("button", name="Mailbox of Hana Kobayashi")).to_be_visible()
    album.take("simulator-mailboxes")
    page.get_by_role("button", name="Mailbox of Hana Kobayashi").click()
    expect(page.get_by_test_id("mail-in")).to_be_visible()
    album.take("simulator-mailbox")
    page.get_by_role("button", name="New mail").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    album.take("simulator-mail", dialog=True)
    assert album.violations == []


def test_a_picture_attached_to_a_mail_shows_and_what_is_hostile_says_why(
    stack: Stack, new_app: Callable[..., App], new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    page = new_context().new_page()
    box = open_mailbox(page, stack, "paula@mail.example", "Paula Pictures")
    box.get_by_role("button", name="New mail").click()
    page.get_by_role("dialog").get_by_role("combobox", name="To").fill(f"boston@{MAIL_DOMAIN}")
    page.get_by_role("dialog").get_by_role("textbox", name="Subject").fill("The scratch")
    files = {"scratch.jpg": hostile.with_exif(), "bomb.png": hostile.bomb(), "page.jpg": hostile.SCRIPT}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    page.get_by_role("dialog").locator("input[type=file]").set_input_files([tmp_path / name for name in files])
    write(page, "This is what it looks like.")

    app = new_app("ben")
    app.page.get_by_text("This is what it looks like.").first.click()
    picture = app.page.get_by_test_id("picture").get_by_role("img")
    expect(picture).to_have_count(1)
    app.page.wait_for_function(SHOWN, arg=picture.element_handle())
    for refusal in ("This file is too large.", "This kind of file is not taken."):
        expect(app.page.get_by_text(f"An attachment is not shown. {refusal}")).to_be_visible()
    expect(app.page.get_by_text("which cannot be shown here")).to_have_count(0)
