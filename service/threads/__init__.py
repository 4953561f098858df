"""The fourth stage: join the same claim across articles, and articles of one event."""

from typing import Final

NAME: Final = "threads"
"""Name of the stage in `service/stages.py` and in the records that it writes."""
