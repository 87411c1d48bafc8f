"""Contract of ports.UploadStore."""

from msgspec.structs import replace

from chalicelib.domain.media import Media, MediaRefusal
from chalicelib.domain.uploads import LIFETIME, Upload
from chalicelib.store import keys
from chalicelib.store.table import Table
from tests.fakes.outside import START
from tests.store.conftest import Stores
from tests.support.samples import MERCHANT

UPLOAD = Upload(conversation_id="v1", merchant_id=MERCHANT, owner="ada", created_at=START, media=Media(id="p1"))
READY = UPLOAD.settled(UPLOAD.media.ready("image/jpeg", 700, width=40, height=30))


def test_it_is_found_in_its_conversation_only(stores: Stores) -> None:
    stores.uploads.add(UPLOAD)
    assert stores.uploads.find("v1", "p1") == UPLOAD
    assert stores.uploads.find("v2", "p1") is None
    assert stores.uploads.find("v1", "p2") is None


def test_several_come_in_the_order_they_are_asked_for(stores: Stores) -> None:
    other = replace(UPLOAD, media=Media(id="p2"))
    stores.uploads.add(UPLOAD)
    stores.uploads.add(other)
    assert list(stores.uploads.find_several("v1", ["p2", "nothing", "p1"])) == [other, None, UPLOAD]


def test_an_id_is_given_once(stores: Stores) -> None:
    stores.uploads.add(UPLOAD)
    stores.uploads.add(replace(UPLOAD, owner="bob"))
    assert stores.uploads.find("v1", "p1") == UPLOAD


def test_it_is_settled_once_and_a_repeat_of_that_succeeds(stores: Stores) -> None:
    stores.uploads.add(UPLOAD)
    assert stores.uploads.settle(READY, UPLOAD)
    assert stores.uploads.settle(READY, UPLOAD)
    refused = UPLOAD.settled(UPLOAD.media.refused(MediaRefusal.BROKEN))
    assert not stores.uploads.settle(refused, UPLOAD)
    assert stores.uploads.find("v1", "p1") == READY


def test_what_is_not_there_is_not_made_by_settling(stores: Stores) -> None:
    assert not stores.uploads.settle(READY, UPLOAD)
    assert stores.uploads.find("v1", "p1") is None


def test_garbage_is_collected_only_after_its_time(real: Stores, table: Table) -> None:
    real.uploads.add(UPLOAD)
    row = table.get(keys.upload("v1", "p1"))
    assert row is not None
    assert row.ttl * 1000 > START + LIFETIME
