"""The third stage: find who said what, and which figures."""

from typing import Final

NAME: Final = "enrich"
"""Name of the stage in `service/stages.py` and in the records that it writes."""
