"""Claims made ready for comparison: words as numbers, weights, figures with what they may mean."""
