"""The Pipeline on the screen: what is open, what is late, what was decided and why."""
