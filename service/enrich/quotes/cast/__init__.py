"""The cast of an article: who is named, with all mentions, and whom each speaker is."""
