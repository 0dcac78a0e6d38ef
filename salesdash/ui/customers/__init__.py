"""Pieces of Customers: the switch between its views, and a module for each of them."""
