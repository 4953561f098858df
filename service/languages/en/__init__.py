"""English: word tables, name lists, cue lists, the trained model."""

from __future__ import annotations

from pathlib import Path

MODEL_FILE = Path(__file__).with_name("model.npz")
