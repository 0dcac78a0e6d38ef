"""What visitors do: the select boxes of each app, and the steps through their options."""

from dataclasses import dataclass

PERIODS, COMPARISONS = 6, 3


@dataclass(frozen=True)
class Step:
    """One filter change: the key of a select box and the option to pick."""

    key: str
    option: int


def fresh(app: str) -> list[Step]:
    """Changes, each of which shows what has not been shown before (as far as there are so many).

    The first steps of salesdash change the period under each comparison in turn. The peers keep no
    answers, so that repeating theirs costs the same.
    """
    if app != "salesdash":
        return [Step("region", option) for option in (1, 2, 3, 0)] * 4
    steps = []
    for comparison in range(COMPARISONS):
        if comparison:
            steps.append(Step("w.comparison", comparison))
        steps += [Step("w.period", period) for period in (0, 2, 3, 4, 5, 1)]
    return steps


def main_box(app: str) -> tuple[str, int]:
    """The box to change when anything will do, with the number of options to choose from."""
    return ("w.period", PERIODS) if app == "salesdash" else ("region", 4)
