"""The pieces of Meetings: which come next, the sheet of one, what is written under each line."""
