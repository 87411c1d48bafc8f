"""Pure rules and types: no I/O, no clock, no randomness. Times are integers: milliseconds since the epoch, UTC."""
