"""Columns become fields: what each column is, how its values are written, what the amount is."""
