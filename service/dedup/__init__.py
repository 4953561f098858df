"""The second stage: decide what repeats what."""
