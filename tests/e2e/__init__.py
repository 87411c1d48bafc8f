"""Tests against the whole local stack: real deployment, real webhooks, real queues and streams."""
