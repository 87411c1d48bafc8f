"""Whatever customers call themselves, write or order is shown as text and never run."""

import pytest
from playwright.sync_api import expect

from tests.browser.app import App
from tests.browser.simulator_page import SimulatorPage
from tests.e2e.api import Person
from tests.e2e.customers import Customer, fresh_number
from tests.e2e.providers import Shopify, Twilio
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    '"><script>window.hit=1</script>',
    "'><img src=x onerror=window.hit=1>",
    "javascript:window.hit=1",
    "<a href=javascript:window.hit=1>click</a>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<body onload=window.hit=1>",
    "<details open ontoggle=window.hit=1>",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "{{constructor.constructor('window.hit=1')()}}",
    "${window.hit=1}",
    "</textarea><script>window.hit=1</script>",
    "<math><mtext></mtext><mglyph onerror=window.hit=1>",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "<input autofocus onfocus=window.hit=1>",
    "\\u003cscript\\u003ewindow.hit=1\\u003c/script\\u003e",
)


def test_markup_in_names_texts_and_orders_stays_text(
    stack: Stack, ben: Person, app: App, twilio: Twilio, shopify: Shopify, simulator: SimulatorPage
) -> None:
    customer = Customer(stack, first_name="<b onclick=window.hit=1>Eve</b>")
    lines = [{"id": n, "title": title, "quantity": 1, "price": "1.00"} for n, title in enumerate(PAYLOADS)]
    order = shopify.order("#<i>1</i>", customer.number, customer.name, line_items=lines)
    assert shopify.post("orders/create", order).status_code == 200
    for number, name in enumerate(PAYLOADS[:5]):
        named = shopify.order(f"#X{number}", fresh_number(), name)
        assert shopify.post("orders/create", named).status_code == 200
    for body in PAYLOADS:
        assert twilio.text(customer.number, stack.number("boston"), body).status_code == 200
    customer.texts(PAYLOADS[0])

    app.row("Eve</b>").click()
    log = app.page.get_by_role("log", name="Messages")
    for body in PAYLOADS:
        expect(log.get_by_text(body, exact=True).last).to_be_attached()
    expect(app.page.get_by_role("region", name="Customer", exact=True)).to_contain_text("#<i>1</i>")
    [known] = ben.do("GET", "/stores/boston/orders?q=%3Ci%3E")["rows"]
    app.go(f"/stores/boston/orders/{known['id']}")
    for title in PAYLOADS:
        expect(app.page.get_by_text(title, exact=True).first).to_be_visible()
    app.go("/stores/boston/orders")
    for number, name in enumerate(PAYLOADS[:5]):
        expect(app.order_row(f"#X{number}")).to_contain_text(name.replace(" ", " "))
    expect(simulator.phone(customer.name).get_by_test_id("text-out").last).to_contain_text(PAYLOADS[0])
    for page in (app.page, simulator.page):
        assert page.evaluate("window.hit") is None
        assert page.evaluate("document.querySelectorAll('base, iframe, meta[http-equiv=refresh]').length") == 0
