import inspect

from salesdash import errors
from salesdash.errors import ConfigError, FileError, InputError, Place, Problem, SalesdashError

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, SalesdashError)
]


def test_the_tree_is_drawn_whole_in_the_docstring():
    assert len(KINDS) > 8
    for kind in KINDS:
        assert kind.__name__ in (errors.__doc__ or "")


def test_every_error_says_whose_turn_it_is():
    assert {kind.turn for kind in KINDS} == {"owner", "user", "us"}
    assert FileError.turn == InputError.turn == "user"


def test_an_error_shows_key_values_and_place_in_a_log():
    error = FileError("file.cell", place=Place(file="a.csv", line=3), value="x")
    assert str(error) == "file.cell {'value': 'x', 'file': 'a.csv', 'line': 3}"
    assert str(SalesdashError("plain")) == "plain"


def test_a_config_error_carries_all_problems():
    problems = (Problem("config.unknown_key"), Problem("config.bad_value"))
    error = ConfigError(problems)
    assert error.problems == problems
    assert error.values == {"count": 2}
