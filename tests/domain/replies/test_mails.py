"""Whole mails of many programs: what each shows as new, and what is folded."""

import pytest

from chalicelib.domain.replies import extract_reply
from tests.domain.replies.reading import Mail, mails

MAILS = [*mails("clients"), *mails("plain"), *mails("unseen")]
"""The unseen ones were written when the rules were finished, to try them on (docs/email.md)."""


@pytest.mark.parametrize("mail", MAILS, ids=[mail.name for mail in MAILS])
def test_the_newest_text(mail: Mail) -> None:
    reply = extract_reply(mail.text, mail.html, mail.subject)
    assert reply.newest == mail.newest
    if mail.folded is not None:
        assert tuple(part.kind.value for part in reply.folded) == mail.folded
