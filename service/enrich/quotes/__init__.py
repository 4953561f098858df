"""Who said what: a text's attributions, with speaker and cue. `finder.py` is the way in."""
