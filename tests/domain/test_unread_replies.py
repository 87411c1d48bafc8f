"""Which answers on the chat page nobody has read, and what the mail says of them (S16, S25)."""

from typing import Any

import pytest

from chalicelib.domain.mail import Mail
from chalicelib.domain.messages import Direction, Message, MessageKind, MessageStatus
from chalicelib.domain.unread_replies import mail_subject, unread
from tests.fakes.outside import START
from tests.support.samples import message, outbound


def answer(at: int, status: MessageStatus = MessageStatus.SENT, **fields: object) -> Message:
    given = {"author_id": "ada", "author_name": "Ada", "body": f"answer {at}", "status": status}
    return outbound(START + at, **{**given, **fields})


def found(*oldest_first: Message) -> list[str]:
    return [each.body for each in unread(oldest_first[::-1]).messages]


def test_all_since_the_customer_wrote_read_or_was_mailed_oldest_first() -> None:
    assert found(answer(1), message(START + 2), answer(3), answer(4)) == ["answer 3", "answer 4"]
    assert found(answer(1), answer(2, MessageStatus.READ), answer(3)) == ["answer 3"]
    mailed = answer(2, kind=MessageKind.CHAT_REPLY, author_id=None)
    assert found(answer(1), mailed, answer(3)) == ["answer 3"]


def test_a_mail_that_failed_and_a_machines_mail_stand_in_nobodys_way() -> None:
    failed = answer(2, MessageStatus.FAILED, kind=MessageKind.CHAT_REPLY, author_id=None)
    machine = message(START + 3, mail=Mail(automatic=True))
    assert machine.direction is Direction.INBOUND
    assert found(answer(1), failed, machine, answer(4)) == ["answer 1", "answer 4"]
    assert found(answer(1), message(START + 3, mail=Mail()), answer(4)) == ["answer 4"]


@pytest.mark.parametrize("fields", [{"kind": MessageKind.AWAY_ANSWER}, {"author_id": None}])
def test_what_went_out_by_itself_is_no_answer(fields: dict[str, Any]) -> None:
    assert found(answer(1, **fields)) == []


def test_only_what_is_on_the_page_counts_and_what_comes_soon_is_waited_for() -> None:
    assert found(answer(1, MessageStatus.FAILED), answer(2, MessageStatus.UNKNOWN)) == []
    assert not unread([answer(1, MessageStatus.UNKNOWN)]).on_its_way
    assert unread([answer(2, MessageStatus.QUEUED), answer(1)]).on_its_way
    assert unread([answer(1, MessageStatus.SENDING)]).on_its_way


def test_the_subject_names_the_order() -> None:
    assert mail_subject("Pine", "#1001") == "Pine has answered you about your order #1001"
    assert mail_subject("Pine", None) == "Pine has answered you"
