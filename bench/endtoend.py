"""HTTP in to provider out through the local stack: a customer's HELP comes in as a signed webhook and the answer
arrives at the provider. Five function processes and every hop of the emulator lie between; its own share is measured
beside it, because it bounds what can be seen here, and the classic gateway's way of the same (bench/peers/kannel.py).
Told, not judged: milliseconds of a shared machine.
"""

import shutil
import statistics
import time

import httpx

from bench import programs
from bench.peers import kannel
from bench.report import Measure
from local.clients import forget_own_aws
from tests.e2e.customers import Customer
from tests.e2e.providers import Twilio
from tests.e2e.stack import Stack

TEXTS, TRANSACTIONS = 40, 200


def measure() -> list[Measure]:
    from bench.environment import BUILD

    forget_own_aws()
    state = BUILD / "stack"
    shutil.rmtree(state, ignore_errors=True)
    stack = Stack(state)
    try:
        inbound, whole = _texts(stack)
        transaction = _emulator(stack)
    finally:
        stack.stop()
    return [
        Measure("e2e.webhook_p50_ms", "End to end: webhook answered, p50 ms", statistics.median(inbound)),
        Measure("e2e.webhook_p99_ms", "   p99", _p99(inbound)),
        Measure("e2e.provider_p50_ms", "   webhook in to provider out, p50 ms", statistics.median(whole)),
        Measure("e2e.provider_p99_ms", "   p99", _p99(whole)),
        Measure(
            "e2e.emulator_transaction_p50_ms",
            "   of it one transaction of the emulator, p50 ms",
            statistics.median(transaction),
        ),
        Measure(
            "e2e.emulator_transactions_per_s",
            "   the emulator's bound, transactions a second",
            1e3 / statistics.mean(transaction),
        ),
        *_kannel(),
    ]


def _kannel() -> list[Measure]:
    names = {
        "inbound_p50_ms": "   Kannel, the classic gateway: text answered, p50 ms",
        "inbound_p99_ms": "      p99",
        "provider_p50_ms": "      text in to provider out, p50 ms",
        "provider_p99_ms": "      p99",
        "cpu_ms": "      CPU of a text and its answer, ms",
    }
    why, values = "", dict[str, float]()
    try:
        found = kannel.measure()
    except programs.Unavailable as error:
        why = str(error)
    else:
        for name, taken in (("inbound", found.inbound), ("provider", found.whole)):
            values |= {f"{name}_p50_ms": statistics.median(taken), f"{name}_p99_ms": _p99(taken)}
        values["cpu_ms"] = found.cpu
    return [Measure(f"e2e.kannel_{key}", what, values.get(key), note=why) for key, what in names.items()]


def _texts(stack: Stack) -> tuple[list[float], list[float]]:
    """Milliseconds until the webhook was answered, and until the answer was with the provider; one at a time.

    Each of another customer: somebody who asks for help again and again is not answered for ever.
    """
    inbound: list[float] = []
    whole: list[float] = []
    with httpx.Client(timeout=30, trust_env=False) as http:
        twilio = Twilio(stack, http)
        for number in range(TEXTS + 3):
            customer = Customer(stack)
            started = time.perf_counter()
            twilio.text(customer.number, stack.number("boston"), "HELP").raise_for_status()
            answered = time.perf_counter()
            _await_answer(customer)
            if number >= 3:  # the first ones start the function processes
                inbound.append((answered - started) * 1e3)
                whole.append((time.perf_counter() - started) * 1e3)
    return inbound, whole


def _await_answer(customer: Customer) -> None:
    deadline = time.monotonic() + 60
    while not customer.received():
        if time.monotonic() > deadline:
            raise TimeoutError("no answer arrived at the provider")
        time.sleep(0.005)


def _emulator(stack: Stack) -> list[float]:
    """Milliseconds of bare transactions of the size of a text's, over the same HTTP."""
    client, table, taken = stack.client("dynamodb"), stack.outputs["TableName"], []
    for number in range(TRANSACTIONS):
        puts = [
            {
                "Put": {
                    "TableName": table,
                    "Item": {"pk": {"S": f"bench#{number}#{part}"}, "sk": {"S": "~"}, "b": {"S": "x" * 400}},
                }
            }
            for part in range(3)
        ]
        started = time.perf_counter()
        client.transact_write_items(TransactItems=puts)
        taken.append((time.perf_counter() - started) * 1e3)
    return taken


def _p99(values: list[float]) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[98]
