"""What Copydesk knows of Spanish."""
