"""The first stage: read raw records, clean their texts, sketch them."""

from typing import Final

NAME: Final = "intake"
"""Name of the stage in `service/stages.py` and in the records that it writes."""
