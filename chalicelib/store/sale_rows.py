"""The row of a sale. Apart from the others: only who asks for sales pays for it."""

from pynamodb.attributes import JSONAttribute

from .rows import Row


class SaleRow(Row, discriminator="sa"):
    value = JSONAttribute(attr_name="v")
