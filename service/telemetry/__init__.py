"""Observations become metrics and log lines."""
