"""What could not be handled: list, inspect, redrive, purge (`make dead-letters`; docs/operating.md)."""
