"""Text -> tokens that know their word: the shared first step of figures and dates."""
