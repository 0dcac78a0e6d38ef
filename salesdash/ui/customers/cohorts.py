"""Cohorts on Customers: the sentence, the heatmap, and the customers behind a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import cohorts
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import DATASET, Question
from salesdash.analysis.cohort import Measure
from salesdash.analysis.cohorts import Cohorts, Heat
from salesdash.analysis.customers import CUSTOMER
from salesdash.charts import Column, Table, Words
from salesdash.periods import Grain, Period, Window
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, exports, filters, marks, shell, state
from salesdash.warehouse.cohorts import Buyer

GRAINS = tuple(cohorts.LENGTHS)
SHOWN = 100
"""Customers of a cell that are listed; the file has all."""

ROWS_SHOWN = 200

COLUMNS = ("customer", "began", "orders")

NONE_BY = ("customer", "document")
"""What tells rows or customers apart makes no rows of a heatmap."""


@dataclass(frozen=True)
class Choice:
    """What the address says: the grain, what cells show, and a dimension instead of time."""

    grain: Grain
    measure: Measure
    by: str | None

    @property
    def codes(self) -> dict[str, str]:
        """The same as an address says it, also what nobody touched."""
        return {
            "view": "cohorts",
            "every": self.grain.value,
            "shown": self.measure.value,
            "by": self.by or "",
        }


def read(codes: Mapping[str, str]) -> Choice:
    """What the codes of an address mean; what does not fit is left out."""
    grain, measure = codes.get("every", ""), codes.get("shown", "")
    by = codes.get("by", "")
    return Choice(
        Grain(grain) if grain in set(GRAINS) else Grain.MONTH,
        Measure(measure) if measure in set(Measure) else Measure.SHARE,
        by if by in _dimensions() else None,
    )


def show(selection: Selection) -> None:
    """The whole view."""
    choice = read(
        {
            "every": state.rhythm.get(),
            "shown": state.cohort_measure.get(),
            "by": state.breakdown.get(),
        }
    )
    with shell.patience("cohorts"):
        found = ask(selection, choice)
    _opening(found)
    _controls(choice)
    if found.reason is None and found.rows:
        _heat(found, selection, choice)
    _drawer(found, selection)


def ask(selection: Selection, choice: Choice) -> Cohorts:
    """The answer, which all measures share."""
    return context.remembered(
        ("cohorts", selection, choice.grain, choice.by),
        lambda: cohorts.build(_question(selection), choice.grain, choice.by),
    )


def named(heat: Heat, words: Words) -> tuple[str, str]:
    """Title and note of the heatmap."""
    metric = words.metric(heat.metric)
    title = words.say(f"cohorts.title.{heat.measure.value}", metric=metric)
    return title, words.say(f"cohorts.note.{heat.found.grain.value}")


def _question(selection: Selection) -> Question:
    return Question(context.warehouse(), context.settings(), selection, context.today())


def _dimensions() -> tuple[str, ...]:
    return tuple(each.name for each in context.dimensions(DATASET) if each.name not in NONE_BY)


def _opening(found: Cohorts) -> None:
    words, told = context.words(), []
    after = found.average[1] if len(found.average) > 1 else None
    if after is not None:
        told.append(words.say("cohorts.lead.average", count=after.cohorts))
    if found.rest.customers and found.rows and found.rows[0].unit is not None:
        cohort = words.period(found.grain, found.rows[0].unit)
        count = found.rest.customers
        told.append(words.say("cohorts.lead.older", count=count, cohort=cohort))
    lead = words.say("comparison.lead.join").join(told)
    st.html(marks.headline(words.tell(found.headline), lead))


def _controls(choice: Choice) -> None:
    """The grain, what cells show, and what the rows are."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="cohorts-choice"
    ):
        st.segmented_control(
            words.say("trends.grain"),
            [grain.value for grain in GRAINS],
            format_func=lambda code: words.say(f"periods.grain.{code}"),
            key=state.rhythm.seed(choice.grain.value),
            on_change=state.rhythm.take,
            required=True,
        )
        st.segmented_control(
            words.say("cohorts.measure.label"),
            [measure.value for measure in Measure],
            format_func=lambda code: words.say(f"cohorts.measure.{code}"),
            key=state.cohort_measure.seed(choice.measure.value),
            on_change=state.cohort_measure.take,
            required=True,
        )
        st.selectbox(
            words.say("cohorts.by.label"),
            ["", *_dimensions()],
            format_func=lambda name: (
                words.dimension(name) if name else words.say("cohorts.by.time")
            ),
            key=state.breakdown.seed(choice.by or ""),
            on_change=state.breakdown.take,
            width=190,
        )


def _heat(found: Cohorts, selection: Selection, choice: Choice) -> None:
    heat, words = Heat(found, choice.measure), context.words()
    title, note = named(heat, words)
    about = Reason(f"cohorts.topic.{choice.measure.value}")
    put = agenda.tool("cohorts", "customers", agenda.topic(about, selection), choice.codes)
    with cards.card("cohorts", title, note):
        cards.chart(
            "cohorts",
            charts.cohorts,
            heat,
            (title, note),
            selection,
            choice,
            follow=_follower(found),
            more=put,
        )
        told = "<br>".join(marks.escape(each) for each in foot(found, words))
        st.html(f'<div class="sd-note">{told}</div>')


def foot(found: Cohorts, words: Words) -> list[str]:
    """What to know about the rows and cells."""
    told = []
    if found.by is None:
        told.append(words.say("cohorts.foot.running"))
    else:
        dimension = cards.inner(words.dimension(found.by), words)
        told.append(words.say("cohorts.foot.member", dimension=dimension))
    if found.first is not None and any(not row.known for row in found.rows):
        first = formats.date(found.first, words.lang, "exact")
        told.append(words.say("cohorts.foot.unknown", first=first, months=found.months))
    returns = sum(float(each) for each in found.rest.returns)
    if returns:
        amount = words.value(returns, found.unit)
        told.append(words.say("cohorts.foot.returns", amount=amount))
    return told


_opened: state.Slot[tuple[Period, Period] | None] = state.Slot("opened_cohort", None)


def _follower(found: Cohorts) -> cards.Follow:
    """What a click on a cell does: open its customers, or narrow every screen to its member."""

    def follow(pick: Mapping[str, object]) -> bool:
        number, place = int(str(pick["row"])), int(str(pick["place"]))
        row = found.rows[number] if number < len(found.rows) else None
        if row is None or row.others:
            return False
        unit = row.unit
        if unit is None:
            filters.drill(str(found.by), row.member)
            return True
        _opened.set((unit, found.units[found.units.index(unit) + place]))
        return True

    return follow


def _drawer(found: Cohorts, selection: Selection) -> None:
    """The customers of the cell that was clicked, once: its own clicks don't rerun the page."""
    opened = _opened.get()
    _opened.clear()
    if opened is not None and opened[0] in found.units:
        title = context.words().say("cohorts.rows.title")
        st.dialog(title, position="right", width="medium")(_customers)(found, selection, opened)


def _customers(found: Cohorts, selection: Selection, cell: tuple[Period, Period]) -> None:
    words, (began, period) = context.words(), cell
    buyers = cohorts.customers(_question(selection), began, period)
    heading = words.say(
        "cohorts.rows.heading",
        cohort=words.period(found.grain, began),
        period=words.period(found.grain, period),
    )
    st.html(marks.head(heading, words.say("cohorts.rows.count", count=len(buyers)), level=3))
    table = _listed(buyers, found, words)
    cards.listed("cohort-customers", table, ("key", "num", "num", "num"), SHOWN, selection, cell)
    listed = [buyer.customer for buyer in buyers[:SHOWN]]
    _rows(replace(selection, window=Window(period)).where(CUSTOMER, *listed), found.metric)


def _rows(selection: Selection, metric: str) -> None:
    """The newest lines of the customers that are listed."""
    words = context.words()
    rows = context.rows(selection, ROWS_SHOWN, context.settings().metrics[metric])
    key = "ui.metric.rows_newest" if rows.more else "ui.metric.rows_all"
    note = words.say(key, count=rows.table.num_rows)
    st.html(marks.head(words.say("ui.metric.rows"), note, level=3))
    st.dataframe(
        exports.readable(rows.table, words),
        hide_index=True,
        height=360,
        alt=words.say("ui.metric.rows"),
        key="cohort-rows",
    )


def _listed(buyers: tuple[Buyer, ...], found: Cohorts, words: Words) -> Table:
    names = context.names("customer")
    columns = [Column(words.say(f"cohorts.rows.{name}"), name != "customer") for name in COLUMNS]
    columns.append(Column(words.metric(found.metric)))
    rows = [
        (names.get(one.customer, one.customer), one.began.isoformat(), one.orders, one.figure)
        for one in buyers
    ]
    shown = [
        (
            name,
            formats.date(one.began, words.lang, "exact"),
            f"{one.orders:,}" if one.orders else "",
            words.value(one.figure, found.unit, "exact"),
        )
        for (name, *_), one in zip(rows, buyers, strict=True)
    ]
    return Table(tuple(columns), tuple(shown), tuple(rows))
