"""Text becomes typed rows: one pass over the table, and a named reject for what does not parse."""
