"""The screen People: teams on a day, what changes, and the list itself."""
