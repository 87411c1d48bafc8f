"""The HTTP edge: parse, call a use case, present. Beside `app.py` the only place that imports chalice."""
