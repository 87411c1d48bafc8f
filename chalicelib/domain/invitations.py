"""The words that lead a customer to the chat page. None of them says anything of what the store wrote (D15).

Texts name the store and the way out (CTIA Messaging Principles, 5.1).
"""

from .chat_links import PLACE

_OUT = "Reply STOP to opt out."


def text_with_link(store_name: str) -> str:
    return f"{store_name}: a message is waiting for you. Read it and answer here: {PLACE}\n{_OUT}"


def text_about_mail(store_name: str) -> str:
    """D15: it says that a message waits, and where the link is."""
    return f"{store_name}: a message is waiting for you. Please check your e-mail.\n{_OUT}"


def mail_with_link(store_name: str) -> str:
    return (
        f"{store_name} has a message for you.\n\nRead it and answer here:\n{PLACE}\n\n"
        "The link is yours alone: whoever has it can read this conversation and write in it."
    )
