"""Meta's error codes as our reasons: the same codes come in refusals and in reports of status.

https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
"""

from chalicelib.domain.messages import FailureReason

FAILURE = {
    "0": FailureReason.ACCOUNT_PROBLEM,  # token invalid or expired
    "3": FailureReason.ACCOUNT_PROBLEM,  # no capability for the request
    "10": FailureReason.ACCOUNT_PROBLEM,  # permission not granted
    "33": FailureReason.SENDER_UNUSABLE,  # business number deleted
    "190": FailureReason.ACCOUNT_PROBLEM,  # token expired
    "200": FailureReason.ACCOUNT_PROBLEM,  # permission not granted or removed
    "368": FailureReason.ACCOUNT_PROBLEM,  # account restricted for violating a policy
    "130472": FailureReason.BLOCKED,  # recipient in an experiment of Meta's: no marketing to them
    "130497": FailureReason.BLOCKED,  # account may not message this country
    "131005": FailureReason.ACCOUNT_PROBLEM,  # access denied
    "131021": FailureReason.INVALID_NUMBER,  # recipient is the sender
    "131026": FailureReason.NOT_ON_CHANNEL,  # not at WhatsApp, terms not accepted, or a version too old
    "131030": FailureReason.ACCOUNT_PROBLEM,  # test number, recipient not on its list
    "131031": FailureReason.ACCOUNT_PROBLEM,  # account locked
    "131037": FailureReason.SENDER_UNUSABLE,  # display name not approved
    "131042": FailureReason.ACCOUNT_PROBLEM,  # no valid way of payment
    "131045": FailureReason.SENDER_UNUSABLE,  # number not registered
    "131047": FailureReason.OUTSIDE_WINDOW,  # more than 24 hours since the recipient's last message
    "131048": FailureReason.SENDER_UNUSABLE,  # number restricted: too many were blocked or marked as spam
    "131049": FailureReason.BLOCKED,  # Meta keeps the ecosystem healthy: not delivered
    "131050": FailureReason.BLOCKED,  # recipient takes no marketing from this business
    "132000": FailureReason.TEMPLATE_REFUSED,  # number of values
    "132001": FailureReason.TEMPLATE_REFUSED,  # does not exist in this language, or is not approved
    "132005": FailureReason.TEMPLATE_REFUSED,  # too long with its values
    "132007": FailureReason.TEMPLATE_REFUSED,  # characters against the policy
    "132012": FailureReason.TEMPLATE_REFUSED,  # format of a value
    "132015": FailureReason.TEMPLATE_REFUSED,  # paused for low quality
    "132016": FailureReason.TEMPLATE_REFUSED,  # disabled for low quality
    "132018": FailureReason.TEMPLATE_REFUSED,  # validation of a value
    "133010": FailureReason.SENDER_UNUSABLE,  # number not registered
    "134011": FailureReason.ACCOUNT_PROBLEM,  # terms of payments not accepted
}
ONE_PAIR = {"131056"}
"""Too many to one recipient in a short time: everybody else can be reached."""
RETRYABLE = {"4", "80007", "130429", *ONE_PAIR}
"""Certainly not taken, and worth another try: limits of calls, of the account, of throughput, of a pair."""
