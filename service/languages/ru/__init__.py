"""What Copydesk knows of Russian."""
