"""Phones and a shop on one machine, so that the whole product works without any provider account."""

from .app import app_of, create_app
from .behaviours import Behaviour
from .config import Delays, Shop, SimulatorConfig, StoreNumber, TwilioConnection, VonageConnection
from .records import Customer, OrderLine
from .simulator import Simulator

__all__ = [
    "Behaviour",
    "Customer",
    "Delays",
    "OrderLine",
    "Shop",
    "Simulator",
    "SimulatorConfig",
    "StoreNumber",
    "TwilioConnection",
    "VonageConnection",
    "app_of",
    "create_app",
]
