"""P4, P5, P6, P10, P11: requests and capacity units of whole use cases, from the handler on, over the emulator."""

import time
from collections.abc import Iterable

from bench.report import Measure
from chalicelib.domain.conversations import LIFETIME
from tests.support.cloud import Bill, Context
from tests.support.stories import Day

SIZES = (100, 10_000)
LARGEST = 1_000_000
P5_STEPS = ("send", "deliver", "report sent", "report delivered")
ASSOCIATE_READ = 1
"""Units of the one read before each page: who may see it."""
Bills = dict[str, Bill]


def measure(sizes: Iterable[int] = SIZES) -> list[Measure]:
    runs = {size: _run(size) for size in sizes}
    _, bills = next(iter(runs.values()))
    lines = [{name: bill.as_text() for name, bill in found.items()} for _, found in runs.values()]
    same = all(line == lines[0] for line in lines)
    shown = ", ".join(f"{size:,}" for size in runs)
    return [
        *_inbound(bills),
        *_outbound(bills),
        *_pages(bills),
        Measure("p10.identical", f"P10 the same counts at {shown}", same, True),
        Measure("p10.largest", "   items of each kind at the largest", float(max(runs))),
        Measure("p10.seconds", "   seconds to fill and run the largest", max(seconds for seconds, _ in runs.values())),
        *[measure for size, (_, found) in runs.items() for measure in _totals(size, found)],
        *_expiry(),
    ]


def _totals(size: int, bills: Bills) -> list[Measure]:
    """Of a text in, a text out until it is delivered, and the three pages."""
    requests = float(sum(len(bill.calls) + len(bill.others) for bill in bills.values()))
    return [
        Measure(f"p10.at_{size}_requests", f"   at {size:,}: AWS requests of a day's steps", requests),
        Measure(f"p10.at_{size}_wcu", "      write units", sum(bill.write_units for bill in bills.values())),
        Measure(f"p10.at_{size}_rcu", "      read units", sum(bill.read_units for bill in bills.values())),
    ]


def bills_of(size: int) -> Bills:
    """Every step of a day in an installation of this size."""
    return _run(size)[1]


def _run(size: int) -> tuple[float, Bills]:
    started = time.monotonic()
    day = Day()
    try:
        day.fill(size)
        return time.monotonic() - started, _named("page", day.pages()) | _named("in", day.inbound()) | _named(
            "out", day.outbound()
        )
    finally:
        day.close()


def _named(prefix: str, bills: Bills) -> Bills:
    return {f"{prefix} {name}": bill for name, bill in bills.items()}


def _inbound(bills: Bills) -> list[Measure]:
    text, duplicate = bills["in text"], bills["in duplicate"]
    queued = float(
        sum("sqs" in other for bill in (text, bills["in fan_out"], bills["in push"]) for other in bill.others)
    )
    return [
        Measure("p4.requests", "P4 text to a known route: DynamoDB requests", float(len(text.calls)), 2),
        Measure("p4.wcu", "   write units", text.write_units, 8),
        Measure("p4.rcu", "   read units", text.read_units, 0.5),
        Measure("p4.sqs", "   SQS requests", queued, 0),
        Measure("p4.duplicate_wcu", "   write units of a duplicate", duplicate.write_units, 3),
    ]


def _outbound(bills: Bills) -> list[Measure]:
    steps = [bills[f"out {name}"] for name in P5_STEPS]
    return [
        Measure(
            "p5.requests",
            "P5 text out, claim, result, 2 callbacks: requests",
            float(sum(len(b.calls) for b in steps)),
            6,
        ),
        Measure("p5.wcu", "   write units", sum(bill.write_units for bill in steps), 16),
        Measure("p5.rcu", "   read units", sum(bill.read_units for bill in steps)),
    ]


def _pages(bills: Bills) -> list[Measure]:
    measures = []
    for key, name, most in (
        ("inbox", "inbox", 1.5),
        ("conversation", "conversation", 4),
        ("start", "start dialog", 1.5),
    ):
        bill = bills[f"page {name}"]
        queries, units = float(bill.calls.count("Query")), bill.read_units - ASSOCIATE_READ
        measures.append(Measure(f"p6.{key}_queries", f"P6 {name}: queries", queries, 1))
        measures.append(Measure(f"p6.{key}_rcu", "   read units of the query", units, most))
    return measures


def _expiry(count: int = 500) -> list[Measure]:
    """P11's first half; reminders: bench/cost.py."""
    bill = expiry_bill(count)
    writes, reads = bill.write_units / count, bill.read_units / count
    return [
        Measure("p11.sweep_requests", "P11 sweep: requests per expiring conversation", len(bill.calls) / count),
        Measure("p11.sweep_wcu", "   write units", writes),
        Measure("p11.sweep_rcu", "   read units", reads),
    ]


def expiry_bill(count: int) -> Bill:
    """A sweep over `count` expired conversations (and one more), each with its route."""
    import app

    day = Day()
    try:
        day.fill(count, routes=True)
        day.cloud.clock.advance(LIFETIME)
        return day.bill(lambda: app.sweep(SCHEDULED, Context()))
    finally:
        day.close()


SCHEDULED = {
    "version": "0", "account": "0", "region": "us-east-1", "detail": {}, "detail-type": "Scheduled Event",
    "source": "aws.events", "time": "2026-11-22T10:00:00Z", "id": "1", "resources": [],
}  # fmt: skip
