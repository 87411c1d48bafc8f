"""Attachments come from their provider's hosts and from nowhere else, within bounds of size and time (X23)."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from chalicelib.channels import twilio_media, vonage_media
from chalicelib.channels.meta_whatsapp import MetaWhatsApp
from chalicelib.channels.meta_whatsapp_media import STORE
from chalicelib.channels.twilio import API_URL, Twilio
from chalicelib.channels.vonage import Vonage
from chalicelib.domain.media import MAX_BYTES, MediaRefusal, MediaRefused
from chalicelib.domain.merchants import Connection
from chalicelib.downloads import MOST_REDIRECTS, SafeDownloads, is_public, origin_of
from chalicelib.usecases.ports import FetchesMedia, MediaUnavailable, Origin
from tests.fakes.media import FakeDownloads

ACCOUNT = "AC" + "1" * 32
ORIGINS = twilio_media.origins(API_URL, ACCOUNT, "Basic secret")
OWN = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"

FOREIGN = [
    "https://example.com/a.jpg",
    "http://api.twilio.com/2010-04-01/Accounts/x",
    OWN.replace("https", "http"),
    OWN.replace("https", "ftp"),
    OWN.replace(ACCOUNT, "AC" + "2" * 32),
    OWN.replace("api.twilio.com", "api.twilio.com.example.com"),
    OWN.replace("api.twilio.com", "api.twilio.com@example.com"),
    OWN.replace("api.twilio.com", "example.com\\@api.twilio.com"),
    OWN.replace("api.twilio.com", "user:secret@api.twilio.com"),
    OWN.replace("api.twilio.com", "API.TWILIO.COM"),
    OWN.replace("api.twilio.com", "api.twilio.com:8443"),
    OWN.replace("api.twilio.com", "api.twilio.com."),
    OWN.replace("api.twilio.com", "аpi.twilio.com"),
    OWN.replace("/Messages/", "/Messages/../../"),
    OWN.replace("/Messages/", "/Messages/%2e%2E/"),
    OWN.replace("/Messages/", "/Messages/./../"),
    OWN + "\r\nX: y",
    OWN + " b",
    "//api.twilio.com/2010-04-01/",
    "https://s3-external-1.amazonaws.com/somebody-elses-bucket/a",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com.evil/a",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/../evil/a",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "http://169.254.169.254/latest/meta-data/",
    "https://[::1]/",
    "https://0x7f000001/",
    "gopher://api.twilio.com/",
    "",
    "https://",
]


def leading_to(*addresses: str) -> SafeDownloads:
    """Where every name has these."""
    return SafeDownloads(resolve=lambda host, port: addresses)


@pytest.mark.parametrize("url", FOREIGN)
def test_an_address_on_nobodys_list_is_not_even_looked_up(url: str) -> None:
    asked: list[str] = []
    downloads = SafeDownloads(resolve=lambda host, port: asked.append(host) or ["93.184.216.34"])
    with pytest.raises(MediaRefused) as refused:
        downloads.get(url, ORIGINS)
    assert refused.value.reason is MediaRefusal.FOREIGN
    assert asked == []


def test_credentials_go_to_the_accounts_own_part_of_the_api_only() -> None:
    assert origin_of(OWN, ORIGINS).headers == {"Authorization": "Basic secret"}
    for store in twilio_media.STORES:
        assert origin_of(f"{store}a/b?c=d", ORIGINS).headers == {}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_near_to_us_are_refused_whatever_name_leads_there(address: str) -> None:
    assert not is_public(address)
    for downloads in (leading_to(address), leading_to("93.184.216.34", address)):
        with pytest.raises(MediaRefused):
            downloads.get(OWN, ORIGINS)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_addresses_of_the_internet_are_not(address: str) -> None:
    assert is_public(address)


def test_a_name_nobody_knows_is_tried_again() -> None:
    def fails(host: str, port: int) -> list[str]:
        raise OSError

    for resolve in (fails, lambda host, port: []):
        with pytest.raises(MediaUnavailable):
            SafeDownloads(resolve=resolve).get(OWN, ORIGINS)


class Provider(BaseHTTPRequestHandler):
    """What it answers is in the path."""

    seen: ClassVar[list[tuple[str, str | None, str]]] = []

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["Authorization"], self.headers["Host"]))
        _, _, what, *rest = self.path.split("/")
        getattr(self, what)(*rest)

    def content(self, size: str) -> None:
        self._head(200, {"Content-Length": size})
        with suppress(OSError):  # whoever heard that it is too large has gone
            self.wfile.write(b"x" * int(size))

    def endless(self) -> None:
        self._head(200, {})
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            pass

    def slow(self) -> None:
        self._head(200, {"Content-Length": "100"})
        try:
            for _ in range(50):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def short(self) -> None:
        self._head(200, {"Content-Length": "100"})
        self.wfile.write(b"x")

    def to(self, *target: str) -> None:
        self._head(302, {"Location": "/" + "/".join(target)})

    def away(self) -> None:
        self._head(307, {"Location": "http://169.254.169.254/latest/meta-data/"})

    def status(self, code: str) -> None:
        self._head(int(code), {"Content-Length": "0"})

    def _head(self, code: int, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    listening.server_close()
    thread.join(5)


def origins(server: str) -> list[Origin]:
    own = Origin(prefix=f"{server}/own/", headers={"Authorization": "Basic secret"}, private=True)
    return [own, Origin(prefix=f"{server}/cdn/", private=True)]


def test_a_file_comes_as_it_is(server: str) -> None:
    assert SafeDownloads().get(f"{server}/own/content/70000", origins(server)) == b"x" * 70_000
    path, authorization, host = Provider.seen[-1]
    assert (path, authorization) == ("/own/content/70000", "Basic secret")
    assert f"http://{host}" == server


def test_a_redirect_within_the_list_is_followed_without_credentials(server: str) -> None:
    assert SafeDownloads().get(f"{server}/own/to/cdn/content/5", origins(server)) == b"xxxxx"
    assert Provider.seen[-1][:2] == ("/cdn/content/5", None)


@pytest.mark.parametrize("path", ["/own/away", "/own/to/elsewhere/content/5"])
def test_a_redirect_out_of_the_list_is_not(server: str, path: str) -> None:
    seen = len(Provider.seen)
    with pytest.raises(MediaRefused) as refused:
        SafeDownloads().get(server + path, origins(server))
    assert refused.value.reason is MediaRefusal.FOREIGN
    assert len(Provider.seen) == seen + 1


def test_redirects_end(server: str) -> None:
    with pytest.raises(MediaRefused):
        SafeDownloads().get(server + "/own/to" * (MOST_REDIRECTS + 3) + "/own/content/5", origins(server))


@pytest.mark.parametrize("path", [f"/own/content/{MAX_BYTES + 1}", "/own/endless"])
def test_what_is_too_large_is_refused_whether_or_not_it_says_so(server: str, path: str) -> None:
    with pytest.raises(MediaRefused) as refused:
        SafeDownloads().get(server + path, origins(server))
    assert refused.value.reason is MediaRefusal.TOO_LARGE


def test_the_largest_is_not(server: str) -> None:
    assert len(SafeDownloads().get(f"{server}/own/content/{MAX_BYTES}", origins(server))) == MAX_BYTES


def test_one_that_trickles_is_left(server: str) -> None:
    """Time passes a second a look here."""
    ticks = iter(range(1000))
    with pytest.raises(MediaUnavailable):
        SafeDownloads(clock=lambda: next(ticks) * 30.0).get(f"{server}/own/slow", origins(server))


@pytest.mark.parametrize(
    "path", ["/own/status/404", "/own/status/401", "/own/status/503", "/own/status/204", "/own/short"]
)
def test_any_other_answer_is_tried_again(server: str, path: str) -> None:
    with pytest.raises(MediaUnavailable):
        SafeDownloads().get(server + path, origins(server))


def test_nobody_there_is_tried_again() -> None:
    with pytest.raises(MediaUnavailable):
        SafeDownloads().get("http://127.0.0.1:1/own/", [Origin(prefix="http://127.0.0.1:1/own/", private=True)])


def test_both_adapters_fetch() -> None:
    connection = Connection(id="c", merchant_id="m", provider="p", secret_ref="/s", store_id="s", account=ACCOUNT)
    vonage = f"{vonage_media.STORES[1]}1b456509"
    downloads = FakeDownloads()
    downloads.content = {OWN: b"a", vonage: b"b"}
    for adapter, source, content in ((Twilio(), OWN, b"a"), (Vonage(), vonage, b"b")):
        assert isinstance(adapter, FetchesMedia)
        assert adapter.fetch_media(source, connection, {"auth_token": "t"}, downloads) == content
        assert origin_of(source, downloads.origins)
        assert not any(origin.private for origin in downloads.origins)


GRAPH = "https://graph.facebook.com/v25.0"
WHATSAPP = Connection(id="c", merchant_id="m", provider="meta", secret_ref="/s", store_id="s", account="1")


def test_whatsapp_is_asked_where_the_file_is() -> None:
    downloads, url = FakeDownloads(), f"{STORE}?mid=7&ext=1&hash=x"
    downloads.content = {f"{GRAPH}/7": json.dumps({"url": url, "id": "7"}).encode(), url: b"a"}
    assert MetaWhatsApp().fetch_media("7", WHATSAPP, {"access_token": "t"}, downloads) == b"a"
    assert origin_of(url, downloads.origins).headers == {"Authorization": "Bearer t"}
    assert [origin.prefix for origin in downloads.origins] == [STORE]


@pytest.mark.parametrize("answer", [b"", b"{}", b"[]", b'{"url": 1}', b"\xff"])
def test_an_answer_that_says_nothing_is_asked_for_again(answer: bytes) -> None:
    downloads = FakeDownloads()
    downloads.content = {f"{GRAPH}/..%2F7": answer}
    with pytest.raises(MediaUnavailable):
        MetaWhatsApp().fetch_media("../7", WHATSAPP, {"access_token": "t"}, downloads)


def test_a_provider_that_was_named_by_the_operator_may_be_near() -> None:
    near = [*twilio_media.origins("http://127.0.0.1:8000/simulator/twilio", ACCOUNT, "Basic s")]
    near += vonage_media.origins("http://127.0.0.1:8000/simulator/vonage")
    assert {origin.prefix.startswith("http://127.0.0.1:8000/simulator/") for origin in near if origin.private} == {True}
    assert len([origin for origin in near if origin.private]) == 3
