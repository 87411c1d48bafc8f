"""E-mail, the reading half: raw bytes to a ReceivedMail (docs/email.md). What is new in it: domain/replies."""

from .reading import read_mail
from .received import Attachment, Bounce, MailAddress, Problem, ReceivedMail, Signals

__all__ = ["Attachment", "Bounce", "MailAddress", "Problem", "ReceivedMail", "Signals", "read_mail"]
