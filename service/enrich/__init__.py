"""The third stage: find who said what, and which figures."""
