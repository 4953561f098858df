"""English: words, names, and the model of claims."""
