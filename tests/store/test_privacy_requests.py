"""Contract of ports.PrivacyRequests."""

from msgspec.structs import replace

from chalicelib.domain.privacy_requests import PrivacyRequest, RequestKind
from tests.fakes.outside import START
from tests.store.conftest import Stores

REQUEST = PrivacyRequest(
    id="r-1", merchant_id="m-1", store_id="s-1", connection_id="shop-1", kind=RequestKind.DATA, customer_id="c-1",
    requested_at=START,
)  # fmt: skip


def test_one_that_is_there_stays_as_it_is(stores: Stores) -> None:
    stores.privacy_requests.add(REQUEST)
    stores.privacy_requests.add(replace(REQUEST, requested_at=START + 5))
    assert list(stores.privacy_requests.of_store("s-1")) == [REQUEST]
    assert stores.privacy_requests.find("s-1", "r-1") == REQUEST


def test_another_stores_is_not_seen(stores: Stores) -> None:
    stores.privacy_requests.add(REQUEST)
    assert list(stores.privacy_requests.of_store("s-2")) == []
    assert stores.privacy_requests.find("s-2", "r-1") is None


def test_a_change_happens_to_what_was_read(stores: Stores) -> None:
    stores.privacy_requests.add(REQUEST)
    done = REQUEST.settled("mia", START + 1)
    assert stores.privacy_requests.change(done, REQUEST)
    assert not stores.privacy_requests.change(REQUEST.settled("ada", START + 2), REQUEST), "somebody was faster"
    assert stores.privacy_requests.find("s-1", "r-1") == done
    assert stores.privacy_requests.change(done.reopened(), done)
    assert stores.privacy_requests.find("s-1", "r-1") == replace(REQUEST, revision=3)
