"""Pages to compare with: an empty one, and what one would write on a first afternoon."""
