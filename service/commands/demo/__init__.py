"""The command `copydesk demo`."""
