"""What Copydesk knows of German."""
