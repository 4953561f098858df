"""What threads remembers of a collection: facets of claims, and the stories of articles."""
