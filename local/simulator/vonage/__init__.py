"""Vonage: texts."""
