"""The verbs of `copydesk`, one file each."""
