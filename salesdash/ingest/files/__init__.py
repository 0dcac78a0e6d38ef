"""Bytes become a table of text: what the file is, how it is encoded, cut and laid out."""
