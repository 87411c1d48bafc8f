"""Measures what the budgets in docs/performance.md promise: cold starts, requests, CPU, cost. `make bench`."""
