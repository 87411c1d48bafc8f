"""WhatsApp over Twilio: the same webhooks and requests as texts, with other addresses and a few more fields.

https://www.twilio.com/docs/whatsapp/api
https://www.twilio.com/docs/messaging/guides/webhook-request#whatsapp-specific-parameters
"""

import json
import re

from chalicelib.domain.addresses import Address, whatsapp_address
from chalicelib.domain.errors import InvalidInput
from chalicelib.domain.message_templates import TemplateUse
from chalicelib.domain.messages import FailureReason

from .forms import Form, optional

PREFIX = "whatsapp:"
LONGEST_NAME = 100

# https://www.twilio.com/docs/api/errors
FAILURE = {
    "63003": FailureReason.NOT_ON_CHANNEL,  # channel could not find the recipient
    "63005": FailureReason.REJECTED,  # content not accepted
    "63007": FailureReason.SENDER_UNUSABLE,  # no such sender at this channel
    "63013": FailureReason.BLOCKED,  # against a policy of the channel
    "63015": FailureReason.NOT_ON_CHANNEL,  # sandbox, recipient has not joined
    "63016": FailureReason.OUTSIDE_WINDOW,
    "63020": FailureReason.ACCOUNT_PROBLEM,  # Meta's invitation not accepted
    "63024": FailureReason.NOT_ON_CHANNEL,  # invalid recipient
    "63027": FailureReason.TEMPLATE_REFUSED,  # does not exist in this language
    "63028": FailureReason.TEMPLATE_REFUSED,  # number of values
    "63029": FailureReason.TEMPLATE_REFUSED,  # too long with its values
    "63032": FailureReason.BLOCKED,  # recipient in an experiment of Meta's
    "63040": FailureReason.TEMPLATE_REFUSED,  # rejected
    "63041": FailureReason.TEMPLATE_REFUSED,  # paused
    "63042": FailureReason.TEMPLATE_REFUSED,  # disabled
    "63049": FailureReason.BLOCKED,  # Meta chose not to deliver it
    "63051": FailureReason.ACCOUNT_PROBLEM,  # account locked
}
_COORDINATE = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", re.ASCII)
_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}", re.ASCII)


def is_whatsapp(sender: str, recipient: str) -> bool:
    return sender.startswith(PREFIX) and recipient.startswith(PREFIX)


def address(raw: str) -> Address:
    """Raises InvalidInput."""
    try:
        return whatsapp_address(raw.removeprefix(PREFIX))
    except ValueError:
        raise InvalidInput from None


def written(of: Address) -> str:
    """An address as Twilio takes it."""
    return PREFIX + of.removeprefix("id:")


def sender_name(form: Form) -> str:
    return " ".join(optional(form, "ProfileName").split())[:LONGEST_NAME]


def quoted_id(form: Form) -> str:
    """Of the message that the customer answers, by Twilio's id."""
    found = optional(form, "OriginalRepliedMessageSid")
    return found if _SID.fullmatch(found) else ""


def body(form: Form, *, media: bool) -> str:
    """The words; of a place, of a button and of what has neither words nor media, what it is."""
    words = optional(form, "Body") or optional(form, "ButtonText")
    latitude, longitude = optional(form, "Latitude"), optional(form, "Longitude")
    if _COORDINATE.fullmatch(latitude) and _COORDINATE.fullmatch(longitude):
        named = ", ".join(each for each in (optional(form, "Label"), optional(form, "Address")) if each)
        place = f"[Location: {named}]" if named else "[Location]"
        return f"{place}\nhttps://maps.google.com/?q={latitude},{longitude}"
    return words if words or media else "[Sent something we cannot show]"


def template_fields(use: TemplateUse) -> dict[str, str]:
    """https://www.twilio.com/docs/content/send-templates-created-with-the-content-template-builder"""
    values = {str(number): value for number, value in enumerate(use.values, 1)}
    return {"ContentSid": use.content_id, **({"ContentVariables": json.dumps(values)} if values else {})}
