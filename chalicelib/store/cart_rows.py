"""What a remote cart is stored as."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from .rows import Row


class CartRow(Row, discriminator="ct"):
    """`step` stands beside the value for the stream's reader: infra/resources.yaml names it."""

    value = JSONAttribute(attr_name="v")
    revision = NumberAttribute(attr_name="rv")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    conversation_id = UnicodeAttribute(attr_name="ci")
    step = UnicodeAttribute(attr_name="s", null=True)
    """What the worker is to do next; absent: nothing."""
