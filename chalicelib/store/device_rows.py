"""The row of a browser that is woken for reminders. Apart from the others: only who asks for it pays for it."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from .rows import Row


class DeviceRow(Row, discriminator="dv"):
    associate_id = UnicodeAttribute(attr_name="ai")
    merchant_id = UnicodeAttribute(attr_name="m")
    endpoint = UnicodeAttribute(attr_name="ep")
    created_at = NumberAttribute(attr_name="ca")
