"""The command `clv`: what customers are expected to bring, and which of them are at risk."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from salesdash.analysis import silence, worth
from salesdash.analysis.asking import Question
from salesdash.analysis.silence import AtRisk, Silence
from salesdash.analysis.worth import BackTest, Worth
from salesdash.charts import Words
from salesdash.commands.asked import Clv as Given
from salesdash.commands.asked import Query
from salesdash.commands.defining import bound
from salesdash.commands.office import Desk, day
from salesdash.commands.questions import question
from salesdash.commands.replies import Reply, plain
from salesdash.commands.wording import words
from salesdash.errors import UsageError
from salesdash.lifetimes import Models
from salesdash.metrics import Unit
from salesdash.periods import Period, Window
from salesdash.selection import Selection

TOP = 20


def clv(desk: Desk, given: Given) -> Reply:
    """{as_of, horizon, kind, parameters, log_likelihood, customers, back_test, total, top ...}.

    `kind`: "value" where the gross margin is known, else "revenue". Times of `parameters` are
    weeks. `back_test`: fitted to what was known then, with its own parameters. `why` says what
    stands in the way; `at_risk` is there all the same.
    """
    months, top = _checked(given)
    selection, by = _selection(desk, given)
    asked = Question(desk.home.warehouse, desk.settings, selection, desk.today)
    found, told = worth.build(asked, months, by), words(desk)
    risks = silence.build(asked, top, found.models)
    models = found.models
    document = {
        "as_of": found.last,
        "from": found.first,
        "horizon": months,
        "kind": "revenue" if found.margin is None else "value",
        "margin": found.margin,
        "discount_rate": desk.settings.discount_rate,
        "customers": found.customers,
        "returning": found.returning,
        "alive": None if models is None else found.alive,
        "unnamed_lines": found.unnamed,
        "parameters": models and _parameters(models),
        "log_likelihood": models and models.frequency.log_likelihood,
        "correlation": models and models.spend.correlation,
        "back_test": found.tested and _tested(found.tested),
        "total": models and _total(found),
        "top": [_person(found, row) for row in _rows(found, top)],
        "by": by,
        "groups": found.groups,
        "at_risk": _risks(risks, told),
        "why": found.why and told.tell(found.why),
        "sentence": told.tell(worth.sentence(found)),
        "notes": [told.tell(each) for each in worth.notes(found)],
        "words": _words(found, risks, _rows(found, top), told),
        "filters": selection.filters,
        "cut": desk.home.warehouse.version if selection.cut is None else selection.cut,
    }
    return Reply(plain(document))


def _checked(given: Given) -> tuple[int, int]:
    """Months and how many customers; UsageError for what cannot be."""
    months = worth.USUAL if given.horizon is None else given.horizon
    if not 1 <= months <= worth.MOST_MONTHS:
        raise UsageError("worth.horizon", value=months, most=worth.MOST_MONTHS)
    top = TOP if given.top is None else given.top
    if top < 0:
        raise UsageError("worth.top", value=top)
    return months, top


def _selection(desk: Desk, given: Given) -> tuple[Selection, str | None]:
    """The rows up to a day (none: the data edge), and the dimension as the rows call it."""
    by = () if given.by is None else (given.by,)
    about = Query((worth.VALUE,), by=by, where=given.where, as_of_cut=given.as_of_cut)
    asked = question(desk, about, bound(desk))
    last = day("to", given.to)
    window = None if last is None else Window(Period(last, last + timedelta(days=1)))
    selection = Selection(window, filters=asked.selection.filters, cut=asked.selection.cut)
    return selection, next(iter(asked.by), None)


def _parameters(models: Models) -> dict[str, float]:
    """r, alpha (weeks), a, b of BG/NBD; p, q, v (money) of gamma-gamma."""
    named = ((models.frequency, ("r", "alpha", "a", "b")), (models.spend, ("p", "q", "v")))
    return {name: getattr(model, name) for model, names in named for name in names}


def _tested(found: BackTest) -> dict[str, object]:
    return {
        "from": found.first,
        "to": found.last,
        "customers": found.customers,
        "orders": _pair(found.orders),
        "sales": _pair(found.amounts),
        "parameters": _parameters(found.models),
        "log_likelihood": found.models.frequency.log_likelihood,
        "weeks": [
            {"to": until, "expected": due, "came": came} for until, due, came in found.course
        ],
    }


def _pair(figures: tuple[float, float]) -> dict[str, float | None]:
    expected, came = figures
    return {"expected": expected, "came": came, "error": worth.off(figures)}


def _total(found: Worth) -> dict[str, object]:
    return {
        "orders": found.orders,
        "sales": found.amount,
        "value": found.value,
        "tenth": found.tenth,
        "share_of_tenth": found.share,
    }


def _rows(found: Worth, top: int) -> list[dict[str, object]]:
    return [] if found.people is None else found.people.top(top)


def _person(found: Worth, row: Mapping[str, object]) -> dict[str, object]:
    people, customer = found.people, str(row["customer"])
    return {**row, "name": customer if people is None else people.called(customer)}


def _risks(found: Silence, told: Words) -> dict[str, object]:
    """Who is at risk; `stake` in sales, by the models where `modelled`."""
    return {
        "count": found.count,
        "stake": found.stake,
        "bought_in_last_year": found.year,
        "lost": found.lost,
        "modelled": found.modelled,
        "customers": [_risk(each, told) for each in found.risks],
    }


def _risk(each: AtRisk, told: Words) -> dict[str, object]:
    known = {name: value for name, value in vars(each).items() if name != "reasons"}
    return {**known, "reasons": [told.tell(reason) for reason in each.reasons]}


def _words(
    found: Worth, risks: Silence, rows: Sequence[Mapping[str, object]], told: Words
) -> dict[str, object]:
    """Figures as people read them."""
    money = (found.amount, found.value, risks.stake)
    amount, value, stake = (told.value(each, Unit.MONEY) for each in money)
    return {
        "orders": told.value(round(found.orders), Unit.COUNT),
        "amount": amount,
        "value": value,
        "stake": stake,
        "top": [
            {
                "orders": f"{row['orders']:.1f}",
                "alive": told.value(float(str(row["alive"])), Unit.SHARE),
                "value": told.value(float(str(row["value"])), Unit.MONEY),
            }
            for row in rows
        ],
    }
