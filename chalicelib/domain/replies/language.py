"""One language: what mail programs write around a reply in it.

Everything is compared without case, bold marks and extra spaces, and without the colon or dashes around it.
"""

from msgspec import Struct


class Language(Struct, frozen=True):
    """The words of one language (phrases are separated by `|`).

    wrote: verbs of an attribution ("On Monday, Ann wrote:"). leads: how one begins.
    sender, date, to, copy, subject: labels of an Outlook-style header block.
    original: separators above a quoted mail. forwarded: separators above a forwarded one.
    sent_from: how tag lines of phones and apps begin (or, with a leading `~`, what they contain).
    prose: words that stand in sentences but not in attributions; one of them makes it a sentence.
    closings: the last line before a name.
    """

    code: str
    wrote: str = ""
    leads: str = ""
    sender: str = ""
    date: str = ""
    to: str = ""
    copy: str = "cc|bcc"
    subject: str = ""
    original: str = ""
    forwarded: str = ""
    sent_from: str = ""
    prose: str = ""
    closings: str = ""
