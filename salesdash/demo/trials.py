"""Actions of the demo company that were to move a figure: what was said of them, and what waits.

One goes with the launched product and worked, one was to stop the region that slips and did not;
both are judged in last week's meeting. The third is about the person in a slump and waits today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from salesdash.analysis import judging, kept
from salesdash.analysis.asking import Question
from salesdash.analysis.judging import Case
from salesdash.config import Settings
from salesdash.demo.company import Company
from salesdash.imports import Home
from salesdash.selection import Filter, Selection
from salesdash.workspace import Action, Promise, Stamp, Standing, Verdict

AT = time(9, 30)
GIVEN = timedelta(minutes=25)
"""After the meeting was opened."""


@dataclass(frozen=True)
class Trials:
    """Writes them into an open demo home; `words` are those of its diary."""

    home: Home
    settings: Settings
    company: Company
    monday: date

    @property
    def words(self) -> tuple[Mapping[str, Any], ...]:
        """What they are called, who did them when, and what was said."""
        return tuple(self.company.diary["trials"])

    def promise(self) -> None:
        """Make them, weeks ago, and say that they were done."""
        store = self.home.workspace.actions
        for each in self.words:
            if each["metric"] not in self.settings.metrics:
                continue
            made = datetime.combine(self.monday - timedelta(weeks=each["weeks_ago"]), AT)
            done = made + timedelta(days=each["done"])
            promise = Promise(
                each["text"],
                each["owner"],
                done.date(),
                metric=each["metric"],
                scope=(self._scope(each["plot"]),),
                expected=Decimal(each["expected"]),
                check=self.monday - timedelta(days=each["checked_before"]),
            )
            number = store.make(promise, Stamp(str(self.company.diary["chair"]), made))
            store.settle(number, Standing.DONE, Stamp(each["owner"], done))

    def judge(self, opened: datetime, cut: int) -> None:
        """Give the verdicts of a meeting that was opened at that moment, at its cut."""
        question = Question(
            self.home.warehouse, self.settings, Selection(None, cut=cut), opened.date()
        )
        actions = self.home.workspace.actions.all()
        asked = judging.trials(actions)
        stamp = Stamp(str(self.company.diary["chair"]), opened + GIVEN)
        for action, each in self._judged(actions):
            case = Case.of(question, action.id, asked)
            found = case.effect()
            seen = kept.proof(case.evidence(found, self.company.currency))
            said = (Verdict(each["word"]), found.verdict, each["note"])
            self.home.workspace.verdicts.give(action.id, seen, said, stamp, 0)

    def _judged(self, actions: tuple[Action, ...]) -> Iterator[tuple[Action, Mapping[str, Any]]]:
        said = {each["text"]: each for each in self.words if "word" in each}
        yield from ((action, said[action.text]) for action in actions if action.text in said)

    def _scope(self, plot: str) -> Filter:
        """Whom a story is about."""
        plots = self.company.plots
        if plot == "launch":
            launched = next(p for p in self.company.products if p.name == plots.launch)
            return Filter("category", (launched.category,))
        return Filter(plot, (getattr(plots, plot),))
