"""Phones, mailboxes and a shop on one machine, so that the whole product works without any provider account."""

from .app import app_of, create_app
from .behaviours import Behaviour
from .cloud import Cloud, CloudUnavailable
from .config import (
    AwsSmsConnection,
    Delays,
    MetaConnection,
    SesConnection,
    Shop,
    SimulatorConfig,
    StoreMailbox,
    StoreNumber,
    TwilioConnection,
    VonageConnection,
)
from .mail_records import MailBehaviour
from .records import Customer, OrderLine
from .simulator import Simulator

__all__ = [
    "AwsSmsConnection",
    "Behaviour",
    "Cloud",
    "CloudUnavailable",
    "Customer",
    "Delays",
    "MailBehaviour",
    "MetaConnection",
    "OrderLine",
    "SesConnection",
    "Shop",
    "Simulator",
    "SimulatorConfig",
    "StoreMailbox",
    "StoreNumber",
    "TwilioConnection",
    "VonageConnection",
    "app_of",
    "create_app",
]
