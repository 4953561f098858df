"""The store: outputs of Copydesk in a database, each record counted exactly once."""
