"""The edges that are not HTTP: queues, stream, sockets, schedule. `app.py` has one line for each."""
