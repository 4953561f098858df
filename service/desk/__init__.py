"""The page on the store: what a reader asks (pure queries), and the server that answers in HTML and in JSON."""
