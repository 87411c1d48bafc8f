"""The edges that are not HTTP: queues, stream, topic, sockets, schedule. `app.py` has one line for each."""
