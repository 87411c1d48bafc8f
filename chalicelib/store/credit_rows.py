"""What credits are stored as: a balance, and its ledger."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from .rows import Row


class CreditRow(Row, discriminator="cr"):
    """What a store has in credits: one item, changed only in transactions with a line of its ledger."""

    store_id = UnicodeAttribute(attr_name="st")
    merchant_id = UnicodeAttribute(attr_name="m")
    balance = NumberAttribute(attr_name="b")
    spare = NumberAttribute(attr_name="sp")
    """`balance` less the threshold: conditions compare, and cannot calculate."""
    threshold = NumberAttribute(attr_name="th", null=True)
    low_since = NumberAttribute(attr_name="lo", null=True)


class CreditLineRow(Row, discriminator="cl"):
    """Append-only: written under `attribute_not_exists`, never updated, never deleted."""

    id = UnicodeAttribute(attr_name="i")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    kind = UnicodeAttribute(attr_name="k")
    amount = NumberAttribute(attr_name="am")
    at = NumberAttribute(attr_name="at")
    by_id = UnicodeAttribute(attr_name="bi", null=True)
    conversation_id = UnicodeAttribute(attr_name="ci", null=True)
