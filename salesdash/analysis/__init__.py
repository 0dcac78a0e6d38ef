"""Questions and their answers: each module asks one question and returns a frozen view model."""
