"""What whole use cases cost, from the handler on: a change that adds a request fails here (P4-P6, P10).

The counts of single access patterns: tests/store/test_counts.py.
"""

from chalicelib.domain.conversations import LIFETIME
from tests.support.cloud import Bill, Context
from tests.support.stories import Day


def lines(bills: dict[str, Bill]) -> dict[str, str]:
    return {name: bill.as_text() for name, bill in bills.items()}


TOLD = "Query GetItem apigatewaymanagementapi.PostToConnection; 0 WCU, 1.5 RCU, 0 texts"
"""One open browser hears of a change: the sockets of the store, its owner, the frame."""


TO_ONE = " apigatewaymanagementapi.PostToConnection"


def test_p4_a_text_to_a_known_route(day: Day) -> None:
    assert lines(day.inbound()) == {
        "text": "GetItem TransactWriteItems; 8 WCU, 0.5 RCU, 0 texts",
        "duplicate": "GetItem TransactWriteItems; 3 WCU, 0.5 RCU, 0 texts",
        "fan_out": "not called",
        "push": TOLD,
    }


def test_p5_a_text_to_a_customer_until_it_is_delivered(day: Day) -> None:
    bills = day.outbound()
    assert lines(bills) == {
        "send": "BatchGetItem TransactWriteItems; 8 WCU, 2 RCU, 0 texts",
        "fan_out": "sqs.SendMessageBatch; 0 WCU, 0 RCU, 0 texts",
        "push": TOLD,
        "deliver": "TransactWriteItems UpdateItem; 5 WCU, 0 RCU, 1 texts",
        "fan_out sent": "not called",
        "push sent": TOLD,
        "report sent": "UpdateItem; 1 WCU, 0 RCU, 0 texts",
        "report delivered": "UpdateItem; 1 WCU, 0 RCU, 0 texts",
        "fan_out delivered": "not called",
        "push delivered": TOLD,
    }
    steps = [bills[name] for name in ("send", "deliver", "report sent", "report delivered")]
    assert sum(len(bill.calls) for bill in steps) <= 6
    assert sum(bill.write_units for bill in steps) <= 16


def test_p6_a_page_is_one_query_after_the_associate(day: Day) -> None:
    """The associate is read strongly consistent each time (1 unit): access ends when it is taken away."""
    day.fill(100)
    assert lines(day.pages()) == {
        "inbox": "GetItem Query; 0 WCU, 2.5 RCU, 0 texts",
        "conversation": "GetItem Query; 0 WCU, 4 RCU, 0 texts",
        "start dialog": "GetItem Query; 0 WCU, 2 RCU, 0 texts",
    }


def test_who_looks_is_told_to_colleagues_and_the_streams_readers_are_not_called(day: Day) -> None:
    bills = day.viewing()
    alone = "GetItem BatchGetItem UpdateItem Query"
    assert lines(bills) == {
        "alone": f"{alone}; 1 WCU, 4 RCU, 0 texts",
        "beside a colleague": f"{alone} GetItem{2 * TO_ONE}; 1 WCU, 5 RCU, 0 texts",
        "fan_out": "not called",
        "push": "not called",
    }


def test_a_member_comes_to_their_chat_and_begins_it(day: Day) -> None:
    assert lines(day.coming_as_member()) == {
        "first": "GetItem GetItem GetItem TransactWriteItems GetItem GetItem GetItem ssm.GetParameter ssm.GetParameter;"
        " 4 WCU, 6 RCU, 0 texts",
        "writes": "GetItem GetItem GetItem UpdateItem GetItem GetItem GetItem TransactWriteItems"
        " GetItem GetItem GetItem GetItem PutItem; 15 WCU, 9.5 RCU, 0 texts",
        "again": "GetItem GetItem GetItem GetItem PutItem; 1 WCU, 4 RCU, 0 texts",
        "forged": "; 0 WCU, 0 RCU, 0 texts",
    }


def test_a_click_that_stops_mails_costs_little_and_looking_or_forging_nothing(day: Day) -> None:
    bills = day.clicking()
    assert lines(bills) == {
        "look": "; 0 WCU, 0 RCU, 0 texts",
        "click": "GetItem TransactWriteItems GetItem UpdateItem; 7 WCU, 2 RCU, 0 texts",
        "again": "GetItem GetItem; 0 WCU, 2 RCU, 0 texts",
        "forged": "; 0 WCU, 0 RCU, 0 texts",
        "fan_out": "not called",
        "push": TOLD,
    }


def test_p11_a_reminder_is_told_for_one_unit_and_to_its_associate_alone(day: Day) -> None:
    bills = day.reminding()
    nothing, due = bills["nothing due"], bills["due, nobody there"]
    assert sorted(due.calls) == sorted([*nothing.calls, "BatchWriteItem"])
    assert (nothing.write_units, due.write_units, due.read_units) == (0, 1, nothing.read_units)
    assert bills["due, a browser open"].as_text() == due.as_text()
    assert lines({name: bill for name, bill in bills.items() if name.startswith("push")}) == {
        "push, nobody there": "Query; 0 WCU, 0.5 RCU, 0 texts",
        "push, a browser open": TOLD,
    }


def test_p10_nothing_costs_more_with_size(day: Day) -> None:
    day.fill(100)
    small = lines(day.pages()) | lines(day.inbound()) | lines(day.outbound())
    day.fill(1_500)
    day.cloud.clock.advance(1)
    day.cloud.text("Another one")
    day.cloud.settle()
    large = lines(day.pages()) | lines(day.outbound())
    assert large == {name: small[name] for name in large}


def test_p11_expiry_costs_the_same_per_conversation(day: Day) -> None:
    import app

    day.fill(200, routes=True)
    day.cloud.clock.advance(LIFETIME)
    bill = day.bill(lambda: app.sweep({"time": "", "at": 0, **_HOURLY}, Context()))
    assert bill.calls.count("GetItem") == 201
    assert 201 <= bill.calls.count("Query") <= 201 + 12, "each conversation's routes, beside the lists"
    assert bill.calls.count("TransactWriteItems") == 201
    assert bill.write_units <= 201 * 6


_HOURLY = {
    "version": "0", "account": "0", "region": "us-east-1", "detail": {}, "detail-type": "Scheduled Event",
    "source": "aws.events", "id": "1", "resources": [],
}  # fmt: skip
