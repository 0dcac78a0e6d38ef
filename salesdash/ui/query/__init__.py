"""The screen for questions in SQL."""
