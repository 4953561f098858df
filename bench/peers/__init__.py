"""The same work built the way a user would without Copydesk. Only benchmarks import this."""
