"""Find the fields of an article in whatever shape a news source gives it."""
