"""The row of a link to a product. Apart from the others: only who shares products pays for it."""

from pynamodb.attributes import JSONAttribute, NumberAttribute

from .rows import Row


class ProductLinkRow(Row, discriminator="pl"):
    value = JSONAttribute(attr_name="v")
    clicks = NumberAttribute(attr_name="c", null=True)
    clicked_at = NumberAttribute(attr_name="ca", null=True)
