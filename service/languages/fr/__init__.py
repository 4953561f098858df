"""What Copydesk knows of French."""
