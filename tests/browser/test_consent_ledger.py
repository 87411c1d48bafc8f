"""The consent ledger: beside the customer for associates, in the settings and as a file for managers (X5)."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from local.driver import wait_until
from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_an_associate_sees_why_a_customer_is_not_written_to(
    stack: Stack, ben: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    app = new_app("ben", size=size, theme=theme)
    app.go(f"/stores/boston/messaging/{conversation}/customer")
    pane = app.page.get_by_role("region", name="Customer", exact=True)
    pane.get_by_role("button", name="Consent history").press("Enter")
    expect(pane).to_contain_text("Nothing yet")
    customer.texts("STOP")
    customer.waits_for("You have opted out")
    lines = pane.get_by_test_id("consent-line")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("Opted out")
    expect(lines).to_contain_text("by a keyword")
    expect(pane).not_to_contain_text(customer.number)
    faultless(app.page, "[aria-label=Customer]")
    _look(app, f"history-{size}-{theme}")


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_a_manager_reads_the_ledger_and_exports_it(
    stack: Stack, ben: Person, maya: Person, new_app: Callable[..., App], size: str, theme: str
) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    for said in ("STOP", "START", "Please stop texting me"):
        customer.texts(said)
    wait_until(
        lambda: '"intent"' in ben.ask("GET", f"/conversations/{conversation}/consent").text, "the sentence's line"
    )
    app = new_app("maya", size=size, theme=theme)
    app.go("/stores/boston/settings/consent")
    rows = app.page.get_by_test_id("ledger-row").filter(has_text=f"•••{customer.number[-2:]}")
    expect(rows.filter(has_text="understood from a sentence").first).to_be_visible()
    faultless(app.page)
    _look(app, f"ledger-{size}-{theme}")
    assert customer.number not in _exported(app)
    app.page.get_by_role("checkbox", name="With real addresses").press("Space")
    app.page.get_by_role("combobox", name="Format").select_option("jsonl")
    lines = [json.loads(line) for line in _exported(app).splitlines()]
    own = [line for line in lines if line["address"] == customer.number]
    assert [line["source"] for line in own] == ["intent", "keyword", "keyword"]
    assert {line["conversation_id"] for line in own} == {conversation}
    acts = maya.do("GET", "/stores/boston/audit?act=ledger_unmasked")["rows"]
    assert acts[0]["associate_name"] == "Maya Holm"
    app.page.get_by_label("To", exact=True).fill("2020-01-01")
    expect(app.page.get_by_text("Nothing in this span of time")).to_be_visible()


def test_who_may_not_manage_gets_no_ledger_of_the_store(ben: Person) -> None:
    assert ben.refused("GET", "/stores/boston/consent") == (403, "permission_denied")
    assert ben.refused("POST", "/stores/boston/consent/unmask") == (403, "permission_denied")


def _exported(app: App) -> str:
    with app.page.expect_download() as download:
        app.page.get_by_role("button", name="Export").press("Enter")
    return Path(download.value.path()).read_text("utf-8")


def _look(app: App, name: str) -> None:
    """A picture for people, where they asked for pictures."""
    if folder := os.environ.get("PICTURES"):
        app.page.screenshot(path=Path(folder) / f"{name}.png")
