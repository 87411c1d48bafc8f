"""Answers that may be unread, as a PynamoDB model (rows.py says how)."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from .rows import Row


class UnreadReplyRow(Row, discriminator="ur"):
    conversation_id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    last_message_id = UnicodeAttribute(attr_name="li")
    due_at = NumberAttribute(attr_name="du")
