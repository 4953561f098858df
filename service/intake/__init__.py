"""The first stage: read raw records, clean their texts, sketch them."""
