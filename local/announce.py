"""What `make run` tells at the end: where to look, and who to be."""

import json

from . import merchant
from .ports import HOST
from .workspace import Workspace


def summary(origin: str, workspace: Workspace, smtp_port: int, *, wanted: int) -> str:
    """Addresses and sign-ins, calm enough to be read. `wanted`: where mail programs usually find the SMTP door."""
    demo = json.loads(workspace.demo.read_text())
    numbers = ", ".join(f"{store['name']} {store['number']}" for store in demo["stores"])
    shown = {person.email: person.shows for person in merchant.ASSOCIATES}
    elsewhere = f"; port {wanted} is in use by another program" if smtp_port != wanted else ""
    mailboxes = ", ".join(address for _, address in merchant.MAILBOXES)
    width = max(map(len, shown))
    people = "\n".join(
        f"    {associate['email']:<{width}}  {shown[associate['email']]}" for associate in demo["associates"]
    )
    folder = workspace.state.name
    return f"""
Counterline is running.

  App         {origin}/
  Simulator   {origin}/simulator   (customers' phones and mailboxes, and the shop)
  Mail (SMTP) {HOST}:{smtp_port}   (takes mail for the shop from any mail program{elsewhere})

  Sign in with the password {merchant.PASSWORD} as
{people}

  Text numbers: {numbers}
  Mailboxes:    {mailboxes}
  For programs: {folder}/demo.json    Logs: make logs    Stop: Ctrl-C (the data is kept)
"""
