"""The newest text of a mail, and what was folded away around it.

    reply = extract_reply(text, html, subject)
    reply.newest            what the customer wrote now, answers between quoted lines in their order
    reply.folded            quotes, signatures and notices, in the order of the mail; nothing is lost

Pure, linear in the size of the mail, and never an exception, whatever the mail looks like (docs/email.md).
"""

from .extraction import Folded, Reply, extract_reply
from .folding import Kind

__all__ = ["Folded", "Kind", "Reply", "extract_reply"]
