"""Pictures and files from a customer's phone to the associate's screen, through every part that runs (X23)."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.e2e


def sends(customer: Customer, *contents: bytes, body: str = "", store: str = "") -> None:
    """From the customer's phone; returns when the webhook was answered."""
    driver = customer.stack.driver
    kept = [
        httpx.post(f"{customer.stack.origin}/simulator/api/pictures", content=each, trust_env=False).json()["id"]
        for each in contents
    ]
    text = {"to": customer.stack.number(store or customer.store), "body": body, "pictures": kept}
    sent = driver.simulator("POST", f"/phones/{customer.number}/texts", text)

    def taken() -> bool:
        texts = driver.simulator("GET", f"/phones/{customer.number}")["texts"]
        return any(each["sid"] == sent["sid"] and each["status"] == "delivered" for each in texts)

    wait_until(taken, "the webhook's answer")


def settled(person: Person, customer: Customer) -> tuple[str, dict[str, Any]]:
    """The conversation and its last message, once nothing is pending in it."""
    row = person.rows(customer.store)[0]

    def done() -> dict[str, Any] | None:
        message: dict[str, Any] = person.messages(row["id"])[-1]
        return message if all(each["state"] != "pending" for each in message["media"]) else None

    found: dict[str, Any] = wait_until(done, "the attachments")
    return row["id"], found


def links(person: Person, conversation: str, message: dict[str, Any], place: int = 0) -> dict[str, Any]:
    media = message["media"][place]["id"]
    found: dict[str, Any] = person.do("GET", f"/conversations/{conversation}/messages/{message['id']}/media/{media}")
    return found


def get(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False)


def test_a_photo_arrives_upright_without_what_the_camera_wrote(stack: Stack, ben: Person) -> None:
    customer = Customer(stack)
    sends(customer, hostile.with_exif(), body="Does this fit?")
    conversation, message = settled(ben, customer)
    [media] = message["media"]
    assert (message["body"], media["state"], media["width"], media["height"]) == ("Does this fit?", "ready", 200, 320)
    found = links(ben, conversation, message)
    for address in (found["url"], found["thumbnail_url"]):
        answer = get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert hostile.SECRET.encode() not in answer.content
        assert Image.open(io.BytesIO(answer.content)).size[0] < Image.open(io.BytesIO(answer.content)).size[1]
    assert customer.number not in str(message) + str(found)


def test_nothing_in_the_bucket_can_be_had_without_an_address_that_was_given_out(stack: Stack, ben: Person) -> None:
    customer = Customer(stack)
    sends(customer, hostile.picture("PNG"))
    conversation, message = settled(ben, customer)
    address = links(ben, conversation, message)["url"]
    bare = address.partition("?")[0]
    assert get(address).status_code == 200
    assert get(bare).status_code == 403
    assert get(address.replace("X-Amz-Signature=", "X-Amz-Signature=0")).status_code == 403
    assert get(address.replace("/picture?", "/thumbnail?")).status_code == 403
    assert get(bare.rsplit("/", 1)[0] + "?list-type=2&X-Amz-Signature=0").status_code in (400, 403)


def test_a_document_is_saved_and_hostile_files_are_refused_with_a_reason(stack: Stack, ben: Person) -> None:
    customer = Customer(stack)
    sends(
        customer,
        b"%PDF-1.7 a bill",
        hostile.NO_PICTURES["SVG with a script"],
        hostile.bomb(),
        hostile.picture("PNG")[:200],
    )
    conversation, message = settled(ben, customer)
    document, *refused = message["media"]
    answer = get(links(ben, conversation, message)["url"])
    assert (document["state"], answer.content) == ("ready", b"%PDF-1.7 a bill")
    assert answer.headers["content-disposition"] == 'attachment; filename="attachment.pdf"'
    assert [(each["state"], each["refusal"]["code"]) for each in refused] == [
        ("refused", "unsupported"),
        ("refused", "too_large"),
        ("refused", "broken"),
    ]


def test_a_deleted_conversation_takes_its_pictures_along(stack: Stack, ben: Person) -> None:
    customer = Customer(stack)
    sends(customer, hostile.picture("JPEG"))
    conversation, message = settled(ben, customer)
    address = links(ben, conversation, message)["url"]
    assert get(address).status_code == 200
    ben.do("DELETE", f"/conversations/{conversation}")
    wait_until(lambda: get(address).status_code in (403, 404), "the picture to be gone")
    bucket = stack.outputs["MediaBucketName"]
    kept = stack.client("s3").list_objects_v2(Bucket=bucket, Prefix=f"conversations/{conversation}/")
    assert kept.get("KeyCount", 0) == 0


def test_another_stores_associate_gets_no_address(stack: Stack, ben: Person, elena: Person) -> None:
    customer = Customer(stack)
    sends(customer, hostile.picture("JPEG"))
    conversation, message = settled(ben, customer)
    media = message["media"][0]["id"]
    path = f"/conversations/{conversation}/messages/{message['id']}/media/{media}"
    assert elena.refused("GET", path) == (404, "not_found")
