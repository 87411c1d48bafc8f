"""The one-machine cloud's own parts."""
