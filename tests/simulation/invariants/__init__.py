"""One checker per invariant (docs/requirements.md), over what happened. Each yields what is wrong, in words."""

from tests.simulation.history import History

from . import (
    automatic_texts,
    carts,
    erasures,
    held_texts,
    i00_surprises,
    i01_no_loss,
    i02_no_duplicates,
    i03_one_send,
    i04_credits,
    i05_routes,
    i06_opt_out,
    i07_order,
    i08_status,
    i09_expiry,
    i10_tenants,
    i11_quiescence,
    i12_idempotency,
    i13_screens,
    i14_personal_data,
    i15_assignment,
    i16_absence,
    i17_audit,
    i18_requests,
    merged_customers,
    notes,
    products,
    reminders,
    sales,
    unread_replies,
    waiting_customers,
)  # fmt: skip

CHECKERS = {
    "I0": i00_surprises.check,
    "I1": i01_no_loss.check,
    "I2": i02_no_duplicates.check,
    "I3": i03_one_send.check,
    "I4": i04_credits.check,
    "I5": i05_routes.check,
    "I6": i06_opt_out.check,
    "I7": i07_order.check,
    "I8": i08_status.check,
    "I9": i09_expiry.check,
    "I10": i10_tenants.check,
    "I11": i11_quiescence.check,
    "I12": i12_idempotency.check,
    "I13": i13_screens.check,
    "I14": i14_personal_data.check,
    "I15": i15_assignment.check,
    "I16": i16_absence.check,
    "X3": held_texts.check,
    "I17": i17_audit.check,
    "I18": i18_requests.check,
    "X11": merged_customers.check,
    "N18": products.check,
    "N24": carts.check,
    "L11": automatic_texts.check,
    "S24": notes.check,
    "H20": reminders.check,
    "H24": sales.check,
    "X13": erasures.check,
    "S16": unread_replies.check,
    "X18": waiting_customers.check,
}


def check(history: History) -> list[str]:
    """Every violation, named by its invariant."""
    return [f"{name}: {what}" for name, checker in CHECKERS.items() for what in checker(history)]
