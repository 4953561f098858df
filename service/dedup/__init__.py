"""The second stage: decide what repeats what."""

from typing import Final

NAME: Final = "dedup"
"""Name of the stage in `service/stages.py` and in the records that it writes."""
