"""The row of what a shop asks for. Apart from the others: only who asks for it pays for it."""

from pynamodb.attributes import JSONAttribute, NumberAttribute

from .rows import Row


class PrivacyRequestRow(Row, discriminator="dr"):
    value = JSONAttribute(attr_name="v")
    revision = NumberAttribute(attr_name="rv")
