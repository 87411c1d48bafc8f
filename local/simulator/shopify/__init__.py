"""The shop and its webhooks."""
