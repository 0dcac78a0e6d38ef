"""Did it help? Effects and verdicts: on the page of an action, in a meeting, added up."""
