"""The row of what colleagues wrote down. Apart from the others: only who asks for notes pays for it."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from .rows import Row


class NoteRow(Row, discriminator="no"):
    id = UnicodeAttribute(attr_name="i")
    kind = UnicodeAttribute(attr_name="k")
    about = UnicodeAttribute(attr_name="ab")
    merchant_id = UnicodeAttribute(attr_name="m")
    store_id = UnicodeAttribute(attr_name="st")
    author_id = UnicodeAttribute(attr_name="ai")
    author_name = UnicodeAttribute(attr_name="n")
    body = UnicodeAttribute(attr_name="b")
    created_at = NumberAttribute(attr_name="ca")
