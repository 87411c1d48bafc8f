"""What `make run` tells at the end: where to look, and who to be."""

import json

from . import merchant
from .workspace import Workspace


def summary(origin: str, workspace: Workspace) -> str:
    """Addresses and sign-ins, calm enough to be read."""
    demo = json.loads(workspace.demo.read_text())
    numbers = ", ".join(f"{store['name']} {store['number']}" for store in demo["stores"])
    shown = {person.email: person.shows for person in merchant.ASSOCIATES}
    width = max(map(len, shown))
    people = "\n".join(
        f"    {associate['email']:<{width}}  {shown[associate['email']]}" for associate in demo["associates"]
    )
    folder = workspace.state.name
    return f"""
Counterline is running.

  App         {origin}/
  Simulator   {origin}/simulator   (customers' phones and the shop)

  Sign in with the password {merchant.PASSWORD} as
{people}

  Text numbers: {numbers}
  For programs: {folder}/demo.json    Logs: make logs    Stop: Ctrl-C (the data is kept)
"""
