"""Phones, mailboxes and a shop on one machine, so that the whole product works without any provider account."""

from local.simulator.app import app_of, create_app
from local.simulator.behaviours import Behaviour
from local.simulator.cloud import Cloud, CloudUnavailable
from local.simulator.config import (
    AwsSmsConnection,
    Delays,
    MetaConnection,
    OtherShop,
    PaymentConnection,
    SesConnection,
    Shop,
    SimulatorConfig,
    StoreMailbox,
    StoreNumber,
    TwilioConnection,
    VonageConnection,
)
from local.simulator.mail.records import MailBehaviour
from local.simulator.records import Customer, OrderLine
from local.simulator.simulator import Simulator

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
    "OtherShop",
    "PaymentConnection",
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
