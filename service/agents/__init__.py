"""The three rooms as plain functions: a record in, what should be sent and known out."""
