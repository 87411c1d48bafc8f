"""Adapters for the AWS services beside the table: queues, topic, sockets, parameters."""
