"""What Copydesk knows of Portuguese."""
