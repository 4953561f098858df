"""What Copydesk knows of Italian."""
