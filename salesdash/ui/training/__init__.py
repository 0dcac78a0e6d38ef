"""Training on the screen: who is late, people by courses, a checklist, assigning."""
