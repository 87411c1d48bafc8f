"""A picture from an associate's screen to a customer, through every part that runs (N5, N19, N20)."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from local.driver import wait_until
from tests.e2e.api import Person
from tests.e2e.customers import Customer, started
from tests.e2e.stack import Stack
from tests.media import hostile

pytestmark = pytest.mark.e2e


def put(person: Person, conversation: str, content: bytes, size: int = 0) -> tuple[str, httpx.Response]:
    """The id of a picture, and what the bucket said to it."""
    offer = person.do("POST", f"/conversations/{conversation}/pictures", {"size": size or len(content)})
    answer = httpx.put(offer["url"], content=content, headers=offer["headers"], trust_env=False)
    return offer["id"], answer


def checked(person: Person, conversation: str, picture: str) -> dict[str, Any]:
    path = f"/conversations/{conversation}/pictures/{picture}"
    person.do("POST", f"{path}/check")

    def done() -> dict[str, Any] | None:
        found: dict[str, Any] = person.do("GET", path)
        return found if found["state"] != "pending" else None

    found: dict[str, Any] = wait_until(done, "the picture")
    return found


def get(address: str) -> httpx.Response:
    return httpx.get(address, trust_env=False)


def test_a_photo_is_sent_without_what_the_camera_wrote(stack: Stack, ben: Person) -> None:
    customer = Customer(stack)
    conversation = started(ben, customer)
    picture, answer = put(ben, conversation, hostile.with_exif())
    assert answer.status_code == 200
    view = checked(ben, conversation, picture)
    assert (view["state"], view["width"], view["height"]) == ("ready", 200, 320)
    assert get(view["thumbnail_url"]).status_code == 200
    sent = ben.do("POST", f"/conversations/{conversation}/messages", {"body": "Like this?", "pictures": [picture]})
    links = ben.do("GET", f"/conversations/{conversation}/messages/{sent['id']}/media/{picture}")
    shown = get(links["url"])
    assert hostile.SECRET.encode() not in shown.content
    assert Image.open(io.BytesIO(shown.content)).size == (200, 320)
    bucket = stack.outputs["MediaBucketName"]
    raw = stack.client("s3").list_objects_v2(Bucket=bucket, Prefix=f"uploads/{conversation}/")
    assert raw.get("KeyCount", 0) == 0
    tags = stack.client("s3").get_object_tagging(Bucket=bucket, Key=f"conversations/{conversation}/{picture}/picture")
    assert tags["TagSet"] == []


def test_what_is_no_picture_is_refused_with_a_reason(stack: Stack, ben: Person) -> None:
    conversation = started(ben, Customer(stack))
    for content, code in (
        (hostile.NO_PICTURES["SVG with a script"], "unsupported"),
        (b"%PDF-1.7 a bill", "unsupported"),
        (hostile.bomb(), "too_large"),
        (hostile.picture("PNG")[:200], "broken"),
    ):
        picture, _ = put(ben, conversation, content)
        view = checked(ben, conversation, picture)
        assert (view["state"], view["refusal"]["code"], view["thumbnail_url"]) == ("refused", code, None)
        refused = ben.ask("POST", f"/conversations/{conversation}/messages", {"body": "x", "pictures": [picture]})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "picture_missing")


def test_the_address_takes_nothing_but_what_it_was_made_for(stack: Stack, ben: Person) -> None:
    conversation = started(ben, Customer(stack))
    _, larger = put(ben, conversation, hostile.picture("PNG") + b"x" * 100, size=len(hostile.picture("PNG")))
    assert larger.status_code == 403
    offer = ben.do("POST", f"/conversations/{conversation}/pictures", {"size": 5})
    elsewhere = offer["url"].replace(f"/{offer['id']}?", "/another?")
    for url, headers in ((elsewhere, offer["headers"]), (offer["url"], {"Content-Type": "text/html"})):
        assert httpx.put(url, content=b"12345", headers=headers, trust_env=False).status_code == 403


def test_a_colleagues_picture_is_none_of_mine(stack: Stack, ben: Person, maya: Person) -> None:
    conversation = started(ben, Customer(stack))
    picture, _ = put(ben, conversation, hostile.picture("PNG"))
    checked(ben, conversation, picture)
    path = f"/conversations/{conversation}"
    assert maya.ask("GET", f"{path}/pictures/{picture}").status_code == 404
    refused = maya.ask("POST", f"{path}/messages", {"body": "x", "pictures": [picture]})
    assert refused.json()["error"]["code"] == "picture_missing"
