"""What Copydesk knows of each language."""
