"""Counterline's backend. `app.py` lists every way in; docs/architecture.md has the map."""
