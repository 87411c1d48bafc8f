"""How a phone answers to texts: facts about the providers' answers as data.

Twilio's codes and texts: https://www.twilio.com/docs/api/errors
Vonage's: https://developer.vonage.com/en/api-errors/messages
Meta's: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
AWS's: https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html
"""

from enum import StrEnum

from msgspec import Struct


class Behaviour(StrEnum):
    NORMAL = "normal"
    LANDLINE = "landline"
    NOT_MOBILE = "not_mobile"
    OPTED_OUT = "opted_out"
    OFF = "off"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    LOST_REPLY = "lost_reply"
    UNHEARD = "unheard"
    TIMEOUT = "timeout"
    SLOW = "slow"


class Outcome(Struct, frozen=True, kw_only=True):
    """What happens to one text. The REST answer and the text's fate are independent on purpose."""

    answer_status: int = 201
    answer_code: int = 0
    """The provider's error code in an answer that is a refusal."""
    accepted: bool = True
    """Whether the provider took the message on, whatever it answered."""
    callback_code: int = 0
    """Not 0: the text ends `undelivered` (at Vonage: `rejected`) with this code."""
    reports: bool = True
    """False: no status callback ever comes; only a look-up tells what became of it."""
    answers_late: bool = False
    delivers_late: bool = False


TWILIO_OUTCOMES: dict[Behaviour, Outcome] = {
    Behaviour.NORMAL: Outcome(),
    Behaviour.LANDLINE: Outcome(callback_code=30006),
    Behaviour.NOT_MOBILE: Outcome(answer_status=400, answer_code=21614, accepted=False),
    Behaviour.OPTED_OUT: Outcome(answer_status=400, answer_code=21610, accepted=False),
    Behaviour.OFF: Outcome(callback_code=30003),
    Behaviour.RATE_LIMITED: Outcome(answer_status=429, answer_code=20429, accepted=False),
    Behaviour.SERVER_ERROR: Outcome(answer_status=500, answer_code=20500, accepted=False),
    Behaviour.LOST_REPLY: Outcome(answer_status=500, answer_code=20500),
    Behaviour.UNHEARD: Outcome(answer_status=500, answer_code=20500, reports=False),
    Behaviour.TIMEOUT: Outcome(answers_late=True),
    Behaviour.SLOW: Outcome(delivers_late=True),
}

VONAGE_OUTCOMES: dict[Behaviour, Outcome] = {
    Behaviour.NORMAL: Outcome(answer_status=202),
    Behaviour.LANDLINE: Outcome(answer_status=202, callback_code=1250),
    Behaviour.NOT_MOBILE: Outcome(answer_status=422, answer_code=1430, accepted=False),
    Behaviour.OPTED_OUT: Outcome(answer_status=202, callback_code=1240),
    Behaviour.OFF: Outcome(answer_status=202, callback_code=1180),
    Behaviour.RATE_LIMITED: Outcome(answer_status=429, answer_code=1000, accepted=False),
    Behaviour.SERVER_ERROR: Outcome(answer_status=500, answer_code=1030, accepted=False),
    Behaviour.LOST_REPLY: Outcome(answer_status=500, answer_code=1030),
    Behaviour.UNHEARD: Outcome(answer_status=500, answer_code=1030, reports=False),
    Behaviour.TIMEOUT: Outcome(answer_status=202, answers_late=True),
    Behaviour.SLOW: Outcome(answer_status=202, delivers_late=True),
}
"""Opted out is told later, in a report: https://developer.vonage.com/en/opt-out-assist/guides/messaging-opted-out-numbers"""

META_OUTCOMES: dict[Behaviour, Outcome] = {
    Behaviour.NORMAL: Outcome(answer_status=200),
    Behaviour.LANDLINE: Outcome(answer_status=200, callback_code=131026),
    Behaviour.NOT_MOBILE: Outcome(answer_status=400, answer_code=131026, accepted=False),
    Behaviour.OPTED_OUT: Outcome(answer_status=200, callback_code=131050),
    Behaviour.OFF: Outcome(answer_status=200, callback_code=131026),
    Behaviour.RATE_LIMITED: Outcome(answer_status=400, answer_code=130429, accepted=False),
    Behaviour.SERVER_ERROR: Outcome(answer_status=500, answer_code=131000, accepted=False),
    Behaviour.LOST_REPLY: Outcome(answer_status=500, answer_code=131000),
    Behaviour.UNHEARD: Outcome(answer_status=500, answer_code=131000, reports=False),
    Behaviour.TIMEOUT: Outcome(answer_status=200, answers_late=True),
    Behaviour.SLOW: Outcome(answer_status=200, delivers_late=True),
}
"""A landline has no WhatsApp, and neither has what is no mobile phone; a limit of throughput is told with 400."""

AWS_SMS_ERRORS: dict[int, tuple[str, str]] = {
    1: ("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"),
    2: ("ThrottlingException", ""),
    3: ("InternalServerException", ""),
}
"""Error and reason. AWS has no numbers for its errors; these are ours."""
AWS_SMS_EVENTS: dict[int, str] = {11: "TEXT_CARRIER_UNREACHABLE", 12: "TEXT_UNREACHABLE", 13: "TEXT_INVALID"}
"""How a text ends that does not arrive; the numbers are ours."""

AWS_SMS_OUTCOMES: dict[Behaviour, Outcome] = {
    Behaviour.NORMAL: Outcome(answer_status=200),
    Behaviour.LANDLINE: Outcome(answer_status=200, callback_code=11),
    Behaviour.NOT_MOBILE: Outcome(answer_status=200, callback_code=13),
    Behaviour.OPTED_OUT: Outcome(answer_status=400, answer_code=1, accepted=False),
    Behaviour.OFF: Outcome(answer_status=200, callback_code=12),
    Behaviour.RATE_LIMITED: Outcome(answer_status=400, answer_code=2, accepted=False),
    Behaviour.SERVER_ERROR: Outcome(answer_status=500, answer_code=3, accepted=False),
    Behaviour.LOST_REPLY: Outcome(answer_status=500, answer_code=3),
    Behaviour.UNHEARD: Outcome(answer_status=500, answer_code=3, reports=False),
    Behaviour.TIMEOUT: Outcome(answer_status=200, answers_late=True),
    Behaviour.SLOW: Outcome(answer_status=200, delivers_late=True),
}

ERROR_TEXTS: dict[int, str] = {
    100: "Invalid parameter",
    190: "Access token has expired",
    130429: "Rate limit hit",
    131000: "Something went wrong",
    131009: "Parameter value is not valid",
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131050: "Recipient has opted out of marketing messages",
    131051: "Unsupported message type",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    1000: "Throttled",
    1010: "Missing params",
    1020: "Invalid params",
    1030: "Internal error",
    1180: "Absent Subscriber Temporary",
    1240: "Illegal Number",
    1250: "Unroutable",
    1420: "Invalid sender",
    1430: "Invalid recipient",
    20001: "Unknown parameters",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "An internal server error has occurred",
    21211: "Invalid 'To' Phone Number",
    21266: "'To' and 'From' number cannot be the same",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination",
    21609: "The 'StatusCallback' URL is not a valid URL.",
    21610: "Attempt to send to unsubscribed recipient",
    21614: "'To' number is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21660: "Mismatch between the 'From' number and the account",
    30003: "Unreachable destination handset",
    30006: "Landline or unreachable carrier",
}
