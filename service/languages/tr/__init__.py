"""What Copydesk knows of Turkish."""
