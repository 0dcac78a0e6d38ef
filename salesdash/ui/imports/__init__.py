"""The way in on the screen: drop, questions, columns, preflight, log, repairs, templates."""
