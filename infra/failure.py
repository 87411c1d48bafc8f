"""The one way in which shipping fails: with a sentence for the person at the keyboard."""


class ShippingError(Exception):
    """Nothing more can be done; `str(error)` is one sentence that says why and what to do."""
