"""Copydesk: raw articles in; enriched records, claims and duplicates out."""

__version__ = "0.2.0"
