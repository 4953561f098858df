"""`copydesk demo`: forty sample records all the way, shown as they pass, and counted at the end."""
