"""Stages put together: on Kafka, in memory."""
