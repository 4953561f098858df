"""Floors of quality on data that the project owns: a change that costs quality fails here."""
