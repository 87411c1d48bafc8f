"""Chromium drives the app and the simulator page against the whole local stack."""
