"""The command `quality`: how fresh and complete the data are, and what is to be mended."""

from salesdash import imports as way_in
from salesdash import texts
from salesdash.analysis import quality as qualities
from salesdash.analysis.health import Empty, Health, Log
from salesdash.analysis.quality import Quality
from salesdash.charts import Words
from salesdash.commands.arguments import Quality as Arguments
from salesdash.commands.hints import near
from salesdash.commands.office import Desk
from salesdash.commands.picturing import unmatched
from salesdash.commands.questions import ensure_cut
from salesdash.commands.replies import Document, Reply, plain
from salesdash.datasets import DATASETS
from salesdash.errors import UsageError
from salesdash.warehouse.coverage import Month


def quality(desk: Desk, given: Arguments) -> Reply:
    """{headline, lead, findings, seen, cut, datasets}: `findings` gravest first, in words.

    Of each dataset with rows (or of the one that was named): {dataset, rows, counted, until,
    age_days, stale, imports, last_import, months, empty_months, undated, after_today, before_1990,
    fields, unmatched, repeats, rejected, restated}. `seen`: the day ages are counted to.
    """
    if given.dataset is not None and given.dataset not in DATASETS:
        known = ", ".join(DATASETS)
        hint = near(given.dataset, DATASETS)
        raise UsageError("dataset.unknown", dataset=given.dataset, known=known, **hint)
    cut = ensure_cut(desk, given.as_of_cut)
    events = desk.home.done(cut)
    known_beside = Log(events, way_in.waiting(desk.home, events))
    found = qualities.build(desk.home.warehouse, desk.settings, desk.today, known_beside, cut)
    return Reply({**_told(desk, found), "cut": cut, "datasets": _datasets(found, given, desk.lang)})


def _told(desk: Desk, found: Quality) -> dict[str, Document]:
    words = Words(desk.lang, desk.settings.company.currency, desk.settings.fiscal)
    return {
        "headline": words.tell(found.headline),
        "lead": words.tell(found.lead) if found.lead is not None else None,
        "findings": [words.tell(each) for each in found.findings],
        "seen": plain(found.seen),
    }


def _datasets(found: Quality, given: Arguments, lang: str) -> list[Document]:
    wanted = (each for each in found.datasets if given.dataset in (None, each.dataset))
    return [_health(each, lang) for each in wanted]


def _health(found: Health, lang: str) -> dict[str, Document]:
    filled, fresh = found.filled, found.fresh
    return {
        "dataset": found.dataset,
        "rows": filled.rows,
        "counted": filled.counted,
        "until": plain(fresh.until),
        "age_days": fresh.age,
        "stale": fresh.stale,
        "imports": fresh.imports,
        "last_import": _last(found),
        "months": [_month(month) for month in found.covered.months],
        "empty_months": found.covered.empty,
        "undated": filled.undated if found.covered.months else 0,
        "after_today": filled.ahead,
        "before_1990": filled.early,
        "fields": [_field(each) for each in found.empty],
        "unmatched": [unmatched(each) for each in found.lost],
        "repeats": plain(found.repeats),
        "rejected": [
            {**_fields_of(each), "reason": texts.t(each.reason, lang), "key": each.reason}
            for each in found.waiting
        ],
        "restated": plain(found.restated),
    }


def _last(found: Health) -> Document:
    """{event, file, at, as_of} of the last import that stands."""
    event = found.fresh.last
    if event is None:
        return None
    return {
        "event": event.id,
        "file": event.file_name,
        "at": plain(event.at),
        "as_of": plain(event.as_of),
    }


def _month(month: Month) -> Document:
    """{month, rows, amount}: rows that count, and the sum of their amounts."""
    return {"month": plain(month.start), "rows": month.counted, "amount": month.amount}


def _field(found: Empty) -> Document:
    """{field, empty, share, metrics}: rows that leave it open, and what is read from it."""
    return {
        "field": found.field,
        "empty": found.rows,
        "share": found.share,
        "metrics": list(found.metrics),
    }


def _fields_of(found: way_in.Waiting) -> dict[str, Document]:
    return {
        "event": found.event,
        "column": found.column,
        "rows": found.rows,
        "example": found.example,
    }
