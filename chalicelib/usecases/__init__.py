"""What Counterline does: one module per verb. Plain functions over ports; no adapter is imported here."""
