"""What customers are worth: the sentence, who still is one, the back-test, customers one by one."""

from collections.abc import Mapping, Sequence

import streamlit as st

from salesdash import charts, formats
from salesdash.analysis import pulse, silence, worth
from salesdash.analysis.answers import Reason
from salesdash.analysis.asking import DATASET, Question
from salesdash.analysis.customers import CUSTOMER
from salesdash.analysis.pulse import Pulse
from salesdash.analysis.silence import Silence
from salesdash.analysis.worth import BackTest, People, Worth
from salesdash.charts import Column, Table, Words
from salesdash.metrics import Unit
from salesdash.selection import Selection
from salesdash.ui import agenda, cards, context, marks, shell, state, url
from salesdash.ui.customers import risk
from salesdash.ui.marks import Cell

ALL = 100_000
"""More customers at risk than anybody can call."""

SHOWN = 15
"""So many customers are listed; the file has all."""

NONE_BY = (CUSTOMER, "document")
"""What tells rows or customers apart makes no groups."""

COLUMNS = ("customer", "purchases", "last", "alive", "orders", "amount", "value")
_KINDS = ("key", "num opt", "num opt", "num", "num", "num opt", "num")
EXPORTED = ("customer", "purchases", "first", "last", "silence", "bought", "mean")
EXPECTED = ("alive", "orders", "amount", "value", "staying")


def show(selection: Selection) -> None:
    """The whole view; customers at risk also where nothing can be expected."""
    months, by = chosen()
    with shell.patience("worth"):
        found = ask(selection, months, by)
        risks = at_risk(selection, found)
    _opening(found)
    _controls(months, by)
    if found.people is not None:
        _figures(found)
        left, right = st.columns([7, 5], gap="small")
        with left:
            _pulse(found.people, selection)
        with right:
            _back_test(found, selection)
    asked, models = _question(selection), found.models
    risk.card(risks, selection, lambda: silence.build(asked, ALL, models))
    if found.people is not None:
        _customers(found, found.people, selection)
    if found.groups:
        _groups(found, selection)


def chosen() -> tuple[int, str | None]:
    """The months ahead and the dimension that the address says."""
    return read({"ahead": state.ahead.get(), "by": state.breakdown.get()})


def read(codes: Mapping[str, str]) -> tuple[int, str | None]:
    """The same of any codes; what does not fit is left out."""
    code, by = codes.get("ahead", ""), codes.get("by", "")
    months = int(code) if code in {str(each) for each in worth.HORIZONS} else worth.USUAL
    return months, by if by in _dimensions() else None


def ask(selection: Selection, months: int, by: str | None) -> Worth:
    """The answer, shared by all sessions that ask the same."""
    return context.remembered(
        ("worth", selection, months, by), lambda: worth.build(_question(selection), months, by)
    )


def at_risk(selection: Selection, found: Worth) -> Silence:
    """Who is at risk, with the models of the answer."""
    return context.remembered(
        ("risk", selection),
        lambda: silence.build(_question(selection), silence.LISTED, found.models),
    )


def _question(selection: Selection) -> Question:
    return Question(context.warehouse(), context.settings(), selection, context.today())


def _dimensions() -> tuple[str, ...]:
    return tuple(each.name for each in context.dimensions(DATASET) if each.name not in NONE_BY)


def _opening(found: Worth) -> None:
    words = context.words()
    lead = words.say("comparison.lead.join").join(words.tell(each) for each in worth.notes(found))
    st.html(marks.headline(words.tell(worth.sentence(found)), lead))
    codes = {"view": "value", "ahead": str(found.months), "by": found.by or ""}
    agenda.offer("customers", worth.sentence(found), "worth", codes)


def _controls(months: int, by: str | None) -> None:
    """How far ahead, and by what."""
    words = context.words()
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="worth-choice"
    ):
        st.segmented_control(
            words.say("worth.ahead.label"),
            [str(each) for each in worth.HORIZONS],
            format_func=lambda code: words.say("worth.ahead.months", count=int(code)),
            key=state.ahead.seed(str(months)),
            on_change=state.ahead.take,
            required=True,
        )
        st.selectbox(
            words.say("worth.by.label"),
            ["", *_dimensions()],
            format_func=lambda name: words.dimension(name) if name else words.say("worth.by.none"),
            key=state.breakdown.seed(by or ""),
            on_change=state.breakdown.take,
            width=190,
        )


def _figures(found: Worth) -> None:
    """The value of the base, its orders, how much hangs on few, how many still are customers."""
    words, kind = context.words(), "revenue" if found.margin is None else "value"
    share = "" if found.share is None else words.value(found.share, Unit.SHARE)
    figures = [
        (
            words.value(found.value, Unit.MONEY),
            words.say(f"worth.figure.value.{kind}", months=found.months),
        ),
        (f"{round(found.orders):,}", words.say("worth.figure.orders", months=found.months)),
        (share, words.say("worth.figure.share", count=found.tenth)),
        (f"{found.alive:,}", words.say("worth.figure.alive", count=f"{found.returning:,}")),
    ]
    with st.container(border=True, key="card-worth-figures"):
        st.html(marks.figures((value, name, False) for value, name in figures))


def _tool(key: str, found: Reason, selection: Selection) -> cards.More:
    months, by = chosen()
    codes = {"view": "value", "ahead": str(months), "by": by or "", "card": key}
    return agenda.tool(key, "customers", agenda.topic(found, selection), codes)


def _pulse(people: People, selection: Selection) -> None:
    words = context.words()
    title, note = words.say("worth.alive.title"), words.say("worth.alive.note")
    answer: Pulse = context.remembered(("pulse", selection), lambda: pulse.build(people))
    with cards.card("pulse", title, note):
        put = _tool("pulse", Reason("worth.alive.title"), selection)
        cards.chart("pulse", charts.pulse, answer, (title, note), selection, more=put)
        st.html(f'<div class="sd-note">{marks.escape(words.say("worth.alive.foot"))}</div>')


def _back_test(found: Worth, selection: Selection) -> None:
    """What the models would have said, beside what came."""
    words = context.words()
    if found.tested is None:
        with cards.card("tracking", words.say("worth.test.title")):
            why = words.tell(found.untested) if found.untested else ""
            st.html(f'<div class="sd-body sd-muted">{marks.escape(why)}</div>')
        return
    tested = found.tested
    title, note = tested_title(tested, words)
    with cards.card("tracking", title, note):
        put = _tool("tracking", Reason("worth.test.title"), selection)
        cards.chart(
            "tracking", charts.tracking, tested, (title, note), selection, found.months, more=put
        )
        error = worth.off(tested.amounts)
        told = words.say(
            "worth.test.money",
            expected=words.value(tested.amounts[0], Unit.MONEY),
            came=words.value(tested.amounts[1], Unit.MONEY),
            error=formats.DASH if error is None else words.change(error),
        )
        st.html(f'<div class="sd-note">{marks.escape(told)}</div>')


def tested_title(tested: BackTest, words: Words) -> tuple[str, str]:
    """Title and note of the back-test."""
    day = formats.date(tested.first, words.lang, "exact")
    return words.say("worth.test.title"), words.say("worth.test.note", day=day)


def _customers(found: Worth, people: People, selection: Selection) -> None:
    """The most valuable customers; a name opens all their figures."""
    words = context.words()
    title = words.say("worth.people.title")
    note = words.say("worth.people.note", count=found.customers)
    day = formats.date(found.last, words.lang, "exact")
    with cards.card("worth-people", title, note):
        head = [
            Cell(words.say(f"worth.column.{name}"), kind)
            for name, kind in zip(COLUMNS, _KINDS, strict=True)
        ]
        st.html(marks.table(head, _lines(people, selection, words)))
        foot = words.say("worth.people.foot", day=day)
        st.html(f'<div class="sd-note">{marks.escape(foot)}</div>')
        with cards.tools("worth-people"):
            _tool("worth-people", Reason("worth.people.title"), selection)()
            asked = words.say("worth.people.title"), selection, found.months
            cards.files("worth", "customers", lambda: exported(people, words), *asked)


def _lines(people: People, selection: Selection, words: Words) -> list[list[Cell]]:
    found = []
    for row in people.top(SHOWN):
        customer = str(row["customer"])
        narrowed = selection.where(CUSTOMER, customer)
        link = url.address("trends", url.link("trends", narrowed, metric=worth.VALUE, by=""))
        texts = (
            people.called(customer),
            f"{row['purchases']:,}",
            formats.date(row["last"], words.lang, "exact"),
            words.value(row["alive"], Unit.SHARE),
            f"{row['orders']:.1f}",
            *(words.value(row[name], Unit.MONEY) for name in ("amount", "value")),
        )
        cells = [Cell(text, kind) for text, kind in zip(texts, _KINDS, strict=True)]
        found.append([Cell(texts[0], _KINDS[0], link=link), *cells[1:]])
    return found


def exported(people: People, words: Words) -> Table:
    """All customers with what is known and what is expected of each."""
    names = (*EXPORTED, *EXPECTED)
    columns = tuple(Column(words.say(f"worth.column.{name}"), name != CUSTOMER) for name in names)
    table = people.table.to_pydict()
    table[CUSTOMER] = [people.called(str(each)) for each in table[CUSTOMER]]
    rows = tuple(zip(*(table[name] for name in names), strict=True))
    return Table(columns, tuple(tuple(map(str, row)) for row in rows), rows)


def _groups(found: Worth, selection: Selection) -> None:
    words, by = context.words(), str(found.by)
    title = words.say("worth.groups.title", dimension=cards.inner(words.dimension(by), words))
    names = ("customers", "orders", "amount", "value")
    columns = [Column(words.dimension(by), figures=False)]
    columns += [Column(words.say(f"worth.column.{name}")) for name in names]
    known = context.names(by)
    shown, rows = [], []
    for group in found.groups:
        name = known.get(group.member, group.member) or words.say("worth.groups.none")
        money = (words.value(each, Unit.MONEY) for each in (group.amount, group.value))
        shown.append((name, f"{group.customers:,}", f"{group.orders:,.0f}", *money))
        rows.append((name, group.customers, group.orders, group.amount, group.value))
    table = Table(tuple(columns), tuple(shown), tuple(rows))
    with cards.card("worth-groups", title, words.say("worth.groups.note")):
        kinds: Sequence[str] = ("key", "num", "num opt", "num opt", "num")
        cards.listed("worth-groups", table, kinds, SHOWN, selection, found.months, by)
