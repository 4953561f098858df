"""Normal form, hashes and sketch of a text: what intake makes and dedup compares."""
