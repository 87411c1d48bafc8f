"""Which addresses are a browser's (H20): nobody has us call another one."""

import pytest

from chalicelib.domain.devices import LONGEST_ENDPOINT, MOST_DEVICES, Device, check_endpoint, to_make_room
from chalicelib.domain.errors import InvalidInput

LOCAL = "http://127.0.0.1:8000/simulator/push"


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc:APA91b_x-1",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://eu.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMc",
        "https://wns2-by3p.notify.windows.com/w/?token=BQYAAA%3d%3d",
    ],
)
def test_push_services_of_browsers_are_known(endpoint: str) -> None:
    check_endpoint(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com",
        "https://fcm.googleapis.com/",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.example.test/x",
        "https://example.test/fcm.googleapis.com/x",
        "https://user@fcm.googleapis.com/x",
        "https://example.test#@fcm.googleapis.com/x",
        "https://example.test\\@fcm.googleapis.com/x",
        "https://evilpush.apple.com/x",
        "https://push.apple.com/x",
        "https://169.254.169.254/latest/meta-data",
        "https://FCM.googleapis.com/x",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x\r\nHost: example.test",
        "https://fcm.googleapis.com/" + "x" * LONGEST_ENDPOINT,
        f"{LOCAL}/abc",
        "",
    ],
)
def test_no_other_address_is_taken(endpoint: str) -> None:
    with pytest.raises(InvalidInput):
        check_endpoint(endpoint)


@pytest.mark.parametrize("tail", ["", "/", "/../twilio", "/a/b", "/a?b", "@example.test/a", "/a\n"])
def test_at_a_service_of_ones_own_only_what_is_directly_below_it(tail: str) -> None:
    check_endpoint(f"{LOCAL}/abc_-1", LOCAL)
    with pytest.raises(InvalidInput):
        check_endpoint(LOCAL + tail, LOCAL)


def test_what_stands_where_the_service_would_be_is_not_taken() -> None:
    with pytest.raises(InvalidInput):
        check_endpoint("/abc", LOCAL)


def test_the_oldest_makes_room() -> None:
    made = [
        Device(associate_id="ada", merchant_id="m", endpoint=f"https://fcm.googleapis.com/{n}", created_at=100 - n)
        for n in range(MOST_DEVICES)
    ]
    assert to_make_room(made[1:]) == []
    assert to_make_room(made) == [made[-1]]
