"""`make dead-letters`: what could not be handled, and sending it on its way again.

    python -m infra.dead_letters [--stage STAGE] list
    python -m infra.dead_letters [--stage STAGE] inspect ID
    python -m infra.dead_letters [--stage STAGE] redrive [inbound | outbound | stream]
    python -m infra.dead_letters [--stage STAGE] purge ID

Without a stage: the local stack that `make run` started from this folder. With one: plain AWS credentials and a
region, as every AWS tool takes them (AWS_ENDPOINT_URL too). Prints ids and kinds, never names, addresses or texts.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.account import account_id, reason
from infra.dead_letters.letters import Letter, Queue
from infra.dead_letters.redrive import Redrive
from infra.dead_letters.shelf import Shelf
from infra.dead_letters.stream_records import StreamRecords
from infra.failure import ShippingError

Say = Callable[[str], object]


class DeadLetters:
    """The commands, over one installation. `client(service)` makes boto3 clients, `outputs` are its stack's."""

    def __init__(self, client: Callable[[str], Any], outputs: dict[str, str], stage: str, say: Say = print) -> None:
        self._client, self._outputs, self._say = client, outputs, say
        self._function = f"counterline-{stage}-fan_out"
        self._shelves = {queue: Shelf(queue, client("sqs"), outputs) for queue in Queue}

    def show(self) -> None:
        """Every queue with its letters."""
        for queue, shelf in self._shelves.items():
            found = self._read(shelf)
            self._say(f"{queue}: {shelf.count()}")
            for letter in found:
                age = _age(time.time() - letter.sent_at / 1000)
                self._say(f"  {letter.id}  {letter.kind:18} {age:>6}  {letter.ids}")

    def inspect(self, letter_id: str) -> None:
        """Raises ShippingError when there is no such letter."""
        _, letter = self._find(letter_id)
        self._say(f"{letter.queue} {letter.kind}, received {letter.tries} times\n{letter.described()}")

    def redrive(self, queue: Queue | None = None) -> bool:
        """Whether nothing is left."""
        records = StreamRecords(self._client, self._outputs["TableName"], self._function)
        work = Redrive(self._client("sqs"), self._outputs, records, self._say)
        done = [work.run(self._shelves[each]) for each in Queue if queue in (None, each)]
        return not any(summary.unreadable + summary.failed for summary in done)

    def purge(self, letter_id: str, ask: Callable[[str], str] = input) -> bool:
        """Deletes one letter for good, after asking."""
        shelf, letter = self._find(letter_id, keep=True)
        try:
            self._say(f"{letter.queue} {letter.kind} {letter.ids}")
            if ask("Delete it for good? Type yes: ").strip() != "yes":
                self._say("Kept.")
                return False
            shelf.delete(letter)
            self._say("Deleted.")
            return True
        finally:
            shelf.give_back()

    def _find(self, letter_id: str, *, keep: bool = False) -> tuple[Shelf, Letter]:
        """`keep`: it stays hidden from others until `give_back`."""
        for shelf in self._shelves.values():
            found = None
            for batch in shelf.letters():
                found = next((each for each in batch if each.id == letter_id), None)
                if found:
                    break
            if not found or not keep:
                shelf.give_back()
            if found:
                return shelf, found
        raise ShippingError(f"There is no dead letter {letter_id} (or it is behind ten others of its conversation).")

    def _read(self, shelf: Shelf) -> list[Letter]:
        try:
            return [letter for batch in shelf.letters() for letter in batch]
        finally:
            shelf.give_back()


def of_stage(stage: str) -> DeadLetters:
    """Raises ShippingError."""
    if stage == "local":
        from local.problems import Problem  # the local cloud need not be there where AWS is
        from local.running import running_stack

        try:
            emulator, record = running_stack()
        except Problem as problem:
            raise ShippingError(f"{problem} (or name an installation: make dead-letters STAGE=prod)") from problem
        return DeadLetters(emulator.client, record.outputs, stage)
    session = boto3.Session()
    account_id(session)
    clients: dict[str, Any] = {}

    def client(service: str) -> Any:
        return clients.setdefault(service, session.client(service))  # type: ignore[call-overload]  # any service

    name = f"counterline-{stage}"
    stack = client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    return DeadLetters(client, {each["OutputKey"]: each["OutputValue"] for each in stack["Outputs"]}, stage)


def run(letters: DeadLetters, arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "inspect":
            letters.inspect(arguments.what)
        case "redrive":
            return 0 if letters.redrive(arguments.what and Queue(arguments.what)) else 2
        case "purge":
            return 0 if letters.purge(arguments.what) else 2
        case _:
            letters.show()
    return 0


def main(given: list[str]) -> int:
    try:
        arguments = _parser().parse_args(given)
        return run(of_stage(arguments.stage), arguments)
    except KeyboardInterrupt:
        print("Interrupted: what is left stays where it is; run it again.", file=sys.stderr)
        return 130
    except ClientError as error:
        print(f"AWS refuses {error.operation_name}: {reason(error)}.", file=sys.stderr)
    except BotoCoreError as error:
        print(f"AWS cannot be reached: {error}", file=sys.stderr)
    except ShippingError as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make dead-letters", description="What could not be handled.")
    parser.add_argument("--stage", default="local")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("list", help="queue, id, kind, age, ids (the default)")
    commands.add_parser("inspect", help="one body, masked").add_argument("what", metavar="ID")
    again = commands.add_parser("redrive", help="send on their way again; safe to run twice")
    again.add_argument("what", nargs="?", metavar="QUEUE", choices=list(Queue), help="inbound, outbound or stream")
    commands.add_parser("purge", help="delete one for good, after asking").add_argument("what", metavar="ID")
    return parser


def _age(seconds: float) -> str:
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
