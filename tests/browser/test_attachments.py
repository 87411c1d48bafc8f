"""Pictures and files in the conversation, as people see and use them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessibility import faultless
from tests.browser.app import App
from tests.browser.simulator_page import SimulatorPage
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.browser

SHOWN = "image => image.complete && image.naturalWidth > 0 && image.src.includes('X-Amz-Signature')"


def sends(simulator: SimulatorPage, customer: Customer, folder: Path, **files: bytes) -> None:
    """The customer picks files on the simulated phone."""
    paths = []
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content)
        paths.append(path)
    simulator.phone(customer.name).locator("input[type=file]").set_input_files(paths)


def pictures(app: App) -> Locator:
    return app.page.get_by_test_id("picture")


def known(stack: Stack) -> Customer:
    """With an order, so that they have a name."""
    customer = Customer(stack)
    customer.orders()
    return customer


def test_pictures_from_a_phone_show_in_place_and_large(
    stack: Stack, app: App, simulator: SimulatorPage, tmp_path: Path
) -> None:
    customer = known(stack)
    app.page.get_by_role("link", name="Messaging").click()
    wide, tall = hostile.picture("JPEG", (900, 300)), hostile.picture("PNG", (300, 800))
    sends(simulator, customer, tmp_path, wide_jpg=wide, tall_png=tall)
    expect(app.row(customer.name)).to_contain_text("2 pictures")
    app.open(customer.name)
    expect(pictures(app)).to_have_count(2)
    first = pictures(app).first.get_by_role("img")
    expect(first).to_have_attribute("alt", f"Picture 1 of 2 from {customer.name}")
    app.page.wait_for_function(SHOWN, arg=first.element_handle())
    box = first.bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(3, rel=0.02)

    pictures(app).first.click()
    dialog = app.page.get_by_role("dialog")
    expect(dialog).to_have_accessible_name(f"Picture 1 of 2 from {customer.name}")
    app.page.wait_for_function(SHOWN, arg=dialog.get_by_role("img").element_handle())
    faultless(app.page)
    app.page.keyboard.press("ArrowRight")
    expect(dialog).to_have_accessible_name(f"Picture 2 of 2 from {customer.name}")
    app.page.keyboard.press("ArrowRight")
    expect(dialog).to_have_accessible_name(f"Picture 2 of 2 from {customer.name}")
    app.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(pictures(app).first).to_be_focused()


def test_a_document_is_saved_and_what_is_refused_says_why(
    stack: Stack, app: App, simulator: SimulatorPage, tmp_path: Path
) -> None:
    customer = known(stack)
    app.page.get_by_role("link", name="Messaging").click()
    page = b"<!doctype html><script>document.title = 'canary'</script>"
    sends(simulator, customer, tmp_path, bill_pdf=b"%PDF-1.7 a bill", page_jpg=page)
    pane = app.open(customer.name)
    expect(pane).to_contain_text("An attachment is not shown. This kind of file is not taken.")
    with app.page.expect_download() as download:
        pane.get_by_role("link", name="Download PDF document").click()
    assert download.value.suggested_filename == "attachment.pdf"
    assert Path(download.value.path()).read_bytes() == b"%PDF-1.7 a bill"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_pictures_fit_every_screen(
    stack: Stack, new_app: Callable[..., App], simulator: SimulatorPage, tmp_path: Path, size: str, theme: str
) -> None:
    customer = known(stack)
    app = new_app("ben", size=size, theme=theme)
    app.go("/stores/boston/messaging")
    sends(
        simulator, customer, tmp_path,
        wide_jpg=hostile.picture("JPEG", (1600, 500)), bill_pdf=b"%PDF-1.7", page_svg=b"<svg/>",
    )  # fmt: skip
    app.open(customer.name)
    image = pictures(app).first.get_by_role("img")
    app.page.wait_for_function(SHOWN, arg=image.element_handle())
    box, width = image.bounding_box(), app.page.evaluate("innerWidth")
    assert box is not None
    assert box["x"] + box["width"] <= width
    assert app.page.evaluate("document.documentElement.scrollWidth") <= width
    faultless(app.page)
    app.page.screenshot(path=tmp_path / f"attachments-{size}-{theme}.png")
