"""The bucket of attachments, as S3 is spoken to over HTTPS."""

from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.aws import clients
from chalicelib.aws.files import S3Files
from chalicelib.domain.errors import Unavailable
from chalicelib.usecases.ports import File, HttpResponse, NoAnswer, NotConnected
from tests.fakes.http import Exchange, FakeHttp

BUCKET = "https://bucket.s3.us-east-1.amazonaws.com"
KEY = "conversations/c-1/m-1-0/picture"
OK = HttpResponse(200, b"")
LISTED = b"""<?xml version="1.0"?>
<ListBucketResult><Contents><Key>a/&amp;b</Key></Contents><Contents><Key>c</Key></Contents></ListBucketResult>"""


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    clients.session.cache_clear()


def files(*exchanges: Exchange, shown_as: str = "") -> tuple[S3Files, FakeHttp]:
    http = FakeHttp(*exchanges)
    return S3Files(BUCKET, shown_as, http), http


def test_a_picture_is_put_signed_and_may_be_shown() -> None:
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", OK))
    store.put(KEY, File(content=b"pixels", content_type="image/png"))
    (request,) = http.requests
    assert (request.body, request.headers["Content-Type"]) == (b"pixels", "image/png")
    assert request.headers["Authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
    assert "Content-Disposition" not in request.headers


def test_other_files_say_that_they_are_to_be_saved() -> None:
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", OK))
    store.put(KEY, File(content=b"%PDF-", content_type="application/pdf", download_as="bill.pdf"))
    assert http.requests[0].headers["Content-Disposition"] == 'attachment; filename="bill.pdf"'


@pytest.mark.parametrize("trouble", [NotConnected(), NoAnswer(), HttpResponse(503, b"")])
def test_a_stumble_is_tried_again_and_a_refusal_is_not(trouble: HttpResponse | Exception) -> None:
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", trouble), Exchange("PUT", f"{BUCKET}/{KEY}", OK))
    store.put(KEY, File(content=b"x", content_type="image/png"))
    http.assert_all_used()
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", HttpResponse(403, b"")))
    with pytest.raises(Unavailable):
        store.put(KEY, File(content=b"x", content_type="image/png"))
    store, http = files(*[Exchange("PUT", f"{BUCKET}/{KEY}", trouble)] * 3)
    with pytest.raises(Unavailable):
        store.put(KEY, File(content=b"x", content_type="image/png"))


def test_a_link_is_signed_for_its_time_and_costs_no_request() -> None:
    store, http = files()
    link = urlsplit(store.link(KEY, 900_000))
    query = parse_qs(link.query)
    assert f"{link.scheme}://{link.netloc}{link.path}" == f"{BUCKET}/{KEY}"
    assert query["X-Amz-Expires"] == ["900"]
    assert query["X-Amz-SignedHeaders"] == ["host"]
    assert len(query["X-Amz-Signature"][0]) == 64
    assert http.requests == []


def test_a_link_leads_where_browsers_find_the_bucket() -> None:
    store, _ = files(shown_as="http://localhost:8000/files")
    assert store.link(KEY, 1000).startswith(f"http://localhost:8000/files/{KEY}?X-Amz-")


COPIED = HttpResponse(200, b"<CopyObjectResult><ETag>x</ETag></CopyObjectResult>")
FIRST = "conversations/start.seattle.o-1/p-1/picture"


@pytest.mark.parametrize("url", [BUCKET, "http://localhost:4566/bucket"])
def test_a_copy_is_made_within_the_bucket_and_has_no_tag_by_which_it_would_go(url: str) -> None:
    http = FakeHttp(Exchange("PUT", f"{url}/{KEY}", COPIED))
    assert S3Files(url, "", http).copy(FIRST, KEY)
    (request,) = http.requests
    assert request.headers["x-amz-copy-source"] == f"bucket/{FIRST}"
    assert request.headers["x-amz-tagging-directive"] == "REPLACE"
    assert "x-amz-tagging" not in request.headers
    assert "x-amz-copy-source" in request.headers["Authorization"]


def test_a_copy_that_failed_after_its_status_was_sent_is_made_again() -> None:
    late = HttpResponse(200, b"<Error><Code>InternalError</Code></Error>")
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", late), Exchange("PUT", f"{BUCKET}/{KEY}", COPIED))
    assert store.copy(FIRST, KEY)
    http.assert_all_used()
    store, _ = files(*[Exchange("PUT", f"{BUCKET}/{KEY}", late)] * 3)
    with pytest.raises(Unavailable):
        store.copy(FIRST, KEY)


def test_what_is_gone_cannot_be_copied() -> None:
    store, _ = files(Exchange("PUT", f"{BUCKET}/{KEY}", HttpResponse(404, b"")))
    assert not store.copy(FIRST, KEY)


def test_keys_are_found_and_deleted() -> None:
    listing = f"{BUCKET}?list-type=2&max-keys=100&prefix=conversations%2Fc-1%2F"
    store, http = files(
        Exchange("GET", listing, HttpResponse(200, LISTED)),
        Exchange("DELETE", f"{BUCKET}/a/%26b", HttpResponse(204, b"")),
        Exchange("DELETE", f"{BUCKET}/c", HttpResponse(204, b"")),
    )
    found = store.below("conversations/c-1/")
    assert found == ["a/&b", "c"]
    store.delete(found)
    http.assert_all_used()


def test_what_nothing_refers_to_yet_says_so_and_is_kept_when_something_does() -> None:
    store, http = files(
        Exchange("PUT", f"{BUCKET}/{KEY}", OK),
        Exchange("DELETE", f"{BUCKET}/{KEY}?tagging", HttpResponse(204, b"")),
        Exchange("DELETE", f"{BUCKET}/{KEY}?tagging", HttpResponse(404, b"")),
    )
    store.put(KEY, File(content=b"x", content_type="image/png", unused=True))
    assert http.requests[0].headers["x-amz-tagging"] == "unused=yes"
    assert store.keep(KEY)
    assert not store.keep(KEY)


def test_what_is_there_already_may_be_in_use_and_stays() -> None:
    """Two checks of one upload: the later one must not mark as unused what has gone out meanwhile."""
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", HttpResponse(412, b"")))
    store.put(KEY, File(content=b"x", content_type="image/png", unused=True))
    assert http.requests[0].headers["If-None-Match"] == "*"
    store, http = files(Exchange("PUT", f"{BUCKET}/{KEY}", OK))
    store.put(KEY, File(content=b"x", content_type="image/png"))
    assert "If-None-Match" not in http.requests[0].headers


def test_an_upload_is_signed_for_its_type_and_size() -> None:
    store, http = files(shown_as="http://localhost:8000/files")
    link = urlsplit(store.upload_link("uploads/c-1/ada/p-1", "application/octet-stream", 1234, 900_000))
    query = parse_qs(link.query)
    assert f"{link.scheme}://{link.netloc}{link.path}" == "http://localhost:8000/files/uploads/c-1/ada/p-1"
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]
    assert query["X-Amz-Expires"] == ["900"]
    assert http.requests == []
    other = store.upload_link("uploads/c-1/ada/p-1", "application/octet-stream", 1235, 900_000)
    assert parse_qs(urlsplit(other).query)["X-Amz-Signature"] != query["X-Amz-Signature"]


@pytest.mark.parametrize(
    ("answer", "content"),
    [
        (HttpResponse(206, b"abc"), b"abc"),
        (HttpResponse(200, b"abcdefgh"), b"abcde"),
        (HttpResponse(404, b"<Error/>"), None),
        (HttpResponse(416, b"<Error/>"), None),
    ],
)
def test_a_file_is_read_up_to_what_is_taken(answer: HttpResponse, content: bytes | None) -> None:
    store, http = files(Exchange("GET", f"{BUCKET}/{KEY}", answer))
    assert store.get(KEY, 4) == content
    assert http.requests[0].headers["Range"] == "bytes=0-4"
