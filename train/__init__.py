"""Training of the claim model: annotated documents in, numbers over hashed features out. See docs/model-card.md."""
