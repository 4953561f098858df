"""The index of remembered articles, in arrays."""
