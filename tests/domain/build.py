"""Domain objects for tests: valid, and different only where a test says so."""

from msgspec.structs import replace

from chalicelib.domain.addresses import Address
from chalicelib.domain.conversations import Conversation, ConversationKind
from chalicelib.domain.messages import Direction, Message, MessageStatus
from chalicelib.domain.orders import Order

T0 = 1_795_300_000_000
CUSTOMER = Address("+15557654321")
PROXY = Address("+15550001000")


def message(status: MessageStatus = MessageStatus.QUEUED, **changed: object) -> Message:
    inbound = status is MessageStatus.RECEIVED
    made = Message(
        id="01KAEGB4ZZ0000000000000002",
        conversation_id="v1",
        merchant_id="m1",
        store_id="s1",
        connection_id="c1",
        channel="sms",
        proxy=PROXY,
        customer_address=CUSTOMER,
        consent_scope="s1",
        direction=Direction.INBOUND if inbound else Direction.OUTBOUND,
        body="Your order is ready.",
        created_at=T0,
        expires_at=T0 + 1_000_000,
        status=status,
        status_at=T0,
    )
    return replace(made, **changed)


def conversation(**changed: object) -> Conversation:
    made = Conversation(
        id="v1",
        merchant_id="m1",
        store_id="s1",
        connection_id="c1",
        customer_id="u1",
        customer_name="Jo Mitchell",
        kind=ConversationKind.ORDER,
        channel="sms",
        proxy=PROXY,
        customer_address=CUSTOMER,
        consent_scope="s1",
        order_id="o1",
        order_number="#1042",
        created_at=T0,
        last_activity_at=T0,
    )
    return replace(made, **changed)


def order(**changed: object) -> Order:
    made = Order(
        id="o1",
        merchant_id="m1",
        store_id="s1",
        connection_id="c2",
        external_id="1",
        number="#1042",
        customer_id="u1",
        customer_name="Jo Mitchell",
        placed_at=T0,
        updated_at=T0,
        total=5990,
        currency="USD",
    )
    return replace(made, **changed)
