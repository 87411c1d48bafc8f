"""Adapters for the AWS services beside the table: queues, sockets, parameters."""
