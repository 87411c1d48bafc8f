"""P7, P8, P11: what the counted requests cost.

P7 takes every message alone: no batch of the stream or a queue holds two. Where there is more to do, AWS hands on what
waits at once; what ten at a time cost is told beside. Each text has one open browser to be told of it. Lambda's time is
CPU time as measured here plus what the calls take on AWS (WAITED), which is assumed, not measured.
"""

from collections.abc import Iterable

import yaml
from msgspec import Struct

from bench import counts, prices
from bench.report import Measure
from infra.package import ROOT
from tests.support.cloud import Bill
from tests.support.stories import Day

MILLION = 1e6
IN_BUDGET, OUT_BUDGET, IDLE_BUDGET, SWEEP_BUDGET, REMINDERS_BUDGET = 7.5, 12.5, 1.0, 4.0, 1.3
CPU = 0.004
"""Seconds per invocation, on the generous side of p3.ms."""
WAITED = {"TransactWriteItems": 0.025, "PostToConnection": 0.015, "SendMessageBatch": 0.015}
"""Seconds a call takes on AWS within a region (a transaction: published, 25 ms); any other: OTHERWISE."""
OTHERWISE, PROVIDER = 0.005, 0.15
TOGETHER = 10
MEMORY_GB = {"api": 1.0, "other": 0.5}


class Invocation(Struct, frozen=True):
    """One run of a function, and how it is reached."""

    bill: Bill
    rest: int = 0
    """Requests of the REST API that led to it."""
    url: int = 0
    """Requests of the webhooks' function URL that led to it."""
    queue: int = 0
    """Requests with which Lambda takes it from a FIFO queue: receive and delete."""
    times: int = 1
    """How many runs the bill is about."""

    @property
    def dollars(self) -> dict[str, float]:
        calls, times = [*self.bill.calls, *self.bill.others], self.times * self.bill.runs
        names = [name.rpartition(".")[2] for name in calls]
        seconds = CPU * times + sum(WAITED.get(name, OTHERWISE) for name in names) + PROVIDER * self.bill.provider
        memory = MEMORY_GB["api" if self.rest else "other"]
        return {
            "API Gateway": self.rest * prices.REST_REQUEST
            + self.url * prices.FUNCTION_URL_REQUEST
            + names.count("PostToConnection") * prices.WEBSOCKET_MESSAGE,
            "DynamoDB": self.bill.write_units * prices.WRITE_UNIT + self.bill.read_units * prices.READ_UNIT,
            "Lambda": times * prices.LAMBDA_REQUEST + seconds * memory * prices.LAMBDA_GB_SECOND,
            "SQS": (sum("sqs" in call for call in calls) + self.queue) * prices.SQS_FIFO_REQUEST,
        }


def measure() -> list[Measure]:
    bills = counts.bills_of(100)
    inbound, outbound = _sum(_inbound(bills)), _sum(_outbound(bills))
    busy_in, busy_out = (sum(_sum(found).values()) / TOGETHER for found in _together())
    minutes = _minutes()
    idle, alarms = _idle(minutes["nothing due"])
    sweep, told = counts.expiry_bill(500), _reminders(minutes)
    expiring = (sweep.write_units * prices.WRITE_UNIT + sweep.read_units * prices.READ_UNIT) / 500 * MILLION
    return [
        Measure("p7.in_usd", "P7 1M texts in, with push, $", sum(inbound.values()), IN_BUDGET),
        *_parts("p7.in", inbound),
        Measure("p7.out_usd", "   1M texts out, with callbacks and push, $", sum(outbound.values()), OUT_BUDGET),
        *_parts("p7.out", outbound),
        Measure("p7.in_together_usd", f"   in, {TOGETHER} at a time, $", busy_in),
        Measure("p7.out_together_usd", f"   out, {TOGETHER} at a time, $", busy_out),
        Measure("p8.idle_usd", "P8 idle, $ a month", idle, IDLE_BUDGET, note=alarms),
        Measure("p11.sweep_usd", "P11 1M conversations expiring, $", expiring, SWEEP_BUDGET),
        Measure("p11.reminders_usd", "   1M reminders, no browser open, $", told["nobody there"], REMINDERS_BUDGET),
        Measure("p11.reminders_told_usd", "   1M reminders, each told to an open browser, $", told["a browser open"]),
    ]


def _inbound(bills: dict[str, Bill]) -> list[Invocation]:
    return [Invocation(bills["in text"], url=1), Invocation(bills["in fan_out"]), Invocation(bills["in push"])]


def _outbound(bills: dict[str, Bill]) -> list[Invocation]:
    passed = [f"out {step}{when}" for when in ("", " sent", " delivered") for step in ("fan_out", "push")]
    over_http = [Invocation(bills["out send"], rest=1)]
    over_http += [Invocation(bills[f"out report {state}"], url=1) for state in ("sent", "delivered")]
    return [*over_http, Invocation(bills["out deliver"], queue=2), *(Invocation(bills[name]) for name in passed)]


def _together() -> tuple[list[Invocation], list[Invocation]]:
    day = Day()
    try:
        bills = day.together(TOGETHER)
    finally:
        day.close()
    passed = {name: Invocation(bill) for name, bill in bills.items() if name.startswith(("in ", "out "))}
    inbound = [invocation for name, invocation in passed.items() if name.startswith("in ")]
    outbound = [invocation for name, invocation in passed.items() if name.startswith("out ")]
    reports = 2 * TOGETHER
    return (
        [Invocation(bills["texts"], url=TOGETHER, times=TOGETHER), *inbound],
        [
            Invocation(bills["sends"], rest=TOGETHER, times=TOGETHER),
            Invocation(bills["reports"], url=reports, times=reports),
            Invocation(bills["deliver"], queue=2),
            *outbound,
        ],
    )


def _minutes() -> dict[str, Bill]:
    day = Day()
    try:
        return day.reminding()
    finally:
        day.close()


def _reminders(bills: dict[str, Bill]) -> dict[str, float]:
    """Each alone: what its minute costs beyond one in which nothing is due, which is part of P8, and `push`."""
    idle = sum(_sum([Invocation(bills["nothing due"])]).values())
    return {
        who: sum(_sum([Invocation(bills[f"due, {who}"]), Invocation(bills[f"push, {who}"])]).values()) - idle
        for who in ("nobody there", "a browser open")
    }


def _sum(invocations: Iterable[Invocation]) -> dict[str, float]:
    total: dict[str, float] = {}
    for invocation in invocations:
        for part, dollars in invocation.dollars.items():
            total[part] = total.get(part, 0) + dollars * MILLION
    return total


def _parts(key: str, parts: dict[str, float]) -> list[Measure]:
    names = {"API Gateway": "gateway", "DynamoDB": "dynamodb", "Lambda": "lambda", "SQS": "queues"}
    return [Measure(f"{key}_{names[part]}_usd", f"      of it {part}", dollars) for part, dollars in parts.items()]


def _idle(minute: Bill) -> tuple[float, str]:
    """From the template: polls of the queues, alarms and dashboards beyond the free ones, the hourly sweep, and a
    look each minute at what is due."""
    template = yaml.load((ROOT / "infra" / "resources.yaml").read_text(), Loader=_Loader)["Resources"]
    kinds = [resource.get("Type") for resource in template.values()]
    alarms, dashboards = kinds.count("AWS::CloudWatch::Alarm"), kinds.count("AWS::CloudWatch::Dashboard")
    polls = 5 * (30 * 86_400 / 20)  # per queue: five pollers, 20 seconds long
    month = (
        max(0, 4 * polls - prices.FREE_SQS_REQUESTS) * (3 * prices.SQS_REQUEST + prices.SQS_FIFO_REQUEST) / 4
        + max(0, alarms - prices.FREE_ALARMS) * prices.ALARM_MONTH
        + max(0, dashboards - prices.FREE_DASHBOARDS) * prices.DASHBOARD_MONTH
        + 720 * (prices.LAMBDA_REQUEST + 2 * MEMORY_GB["other"] * prices.LAMBDA_GB_SECOND)
        + 43_200 * (prices.LAMBDA_REQUEST + 0.02 * MEMORY_GB["other"] * prices.LAMBDA_GB_SECOND)
        + 43_200 * minute.read_units * prices.READ_UNIT
    )
    return month, f"{alarms} alarms, {dashboards} dashboard: free while the account has no others"


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's tags as nothing."""


_Loader.add_multi_constructor("!", lambda loader, suffix, node: None)
