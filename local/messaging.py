"""`make messaging STORE=seattle FLAG=off`: switches a store's messaging, to see what its people see then (D4)."""

import sys

from msgspec.structs import replace

from chalicelib.store.setup import DynamoSetup

from . import directory, merchant
from .problems import Problem, report
from .running import running_stack

FLAGS = {"on": True, "off": False}


def main(arguments: list[str]) -> int:
    stores = {store.id: store for store in merchant.STORES}
    try:
        if len(arguments) != 2 or arguments[0] not in stores or arguments[1] not in FLAGS:
            raise Problem(f"Name a store and what to do, like: make messaging STORE={next(iter(stores))} FLAG=off")
        session, deployed = running_stack()
        setup = DynamoSetup(directory.table(deployed.outputs, session.endpoint), session.client("ssm"))
        setup.put_store(replace(stores[arguments[0]], messaging=FLAGS[arguments[1]]))
    except Problem as problem:
        print(report(problem), file=sys.stderr)
        return 1
    print(f"Messaging of {stores[arguments[0]].name} is {arguments[1]}. It shows within a minute.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
