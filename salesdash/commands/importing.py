"""The command `import`, and the preflight that the screen shows too."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from salesdash import imports as way_in
from salesdash import ingest, texts
from salesdash.analysis import asking, presets
from salesdash.commands.arguments import Import
from salesdash.commands.defining import bound
from salesdash.commands.office import Desk, absolute
from salesdash.commands.picturing import document as pictured
from salesdash.commands.replies import REFUSED, Document, Reply, plain, problem, refusal
from salesdash.commands.requests import request
from salesdash.datasets import DATASETS, Dataset
from salesdash.errors import HomeBusy, SalesdashError
from salesdash.imports import Progress, Request, Staged, together
from salesdash.imports.running import working
from salesdash.ingest import ColumnMap, Question, Reading
from salesdash.metrics import Bound, Metric, Number
from salesdash.selection import Selection
from salesdash.warehouse import Warehouse
from salesdash.warehouse.questions import measure

OPTION_NAMES = {".": "point", ",": "comma"}
"""Answers whose words stand under another name."""


SHOWN = 6
"""Metrics that are compared with and without an import."""


@dataclass(frozen=True)
class Kpi:
    """A metric over the days that a file covers, without and with it."""

    metric: Metric
    before: Number | None
    after: Number | None


def preflight(desk: Desk, staged: Staged) -> tuple[Kpi, ...]:
    """What an import would do to metrics, over the days that it covers: see `moved`.

    Empty when it covers no day. Nothing is stored.
    """
    if staged.period is None or not staged.is_ready:
        return ()
    metrics = bound(desk).metrics
    with staged.with_change() as changed:
        question = asking.Question(changed, desk.settings, Selection(None), desk.today)
        ids = moved(bound(desk), presets.tiles(question), staged)
        if not ids:
            return ()
        before = _figures(desk, desk.home.warehouse, staged, ids)
        after = _figures(desk, changed, staged, ids)
    return tuple(Kpi(metrics[name], before[name], after[name]) for name in ids)


def _figures(
    desk: Desk, warehouse: Warehouse, staged: Staged, ids: tuple[str, ...]
) -> Mapping[str, Number | None]:
    found = measure(warehouse, bound(desk), ids, Selection(None), windows=(staged.period,))
    return {name: found.figure(name).value for name in ids}


def moved(metrics: Bound, first: Iterable[str], staged: Staged) -> tuple[str, ...]:
    """The metrics that look at the datasets of a file: those named `first`, then the others."""
    names = {part.dataset.name for part in staged.parts}
    offered = dict.fromkeys((*first, *(metric.id for metric in metrics.offered)))
    known = (name for name in offered if name in metrics.metrics)
    looking = (name for name in known if names & set(metrics.datasets(name)))
    return tuple(islice(looking, SHOWN))


def import_files(desk: Desk, given: Import) -> Reply:
    """Bring files in, one after the other; the document of one file, or a list of several.

    Imported: {event, dataset, profile, mapping, mode, as_of, encoding, delimiter, sheets, dates,
    amount_basis, counts, warnings ...}; a file that feeds several datasets adds `parts`, all of
    them in this form, the first of which stands at the top too. A dry run adds `kpis`, and to each
    part a `picture`: {months, gaps, suspicious, unmatched, repeats}. With open questions:
    {questions}, nothing of that file stored, exit 1. The same file again: `duplicate_of` names its
    event, nothing added. The files of a .zip are several files. One bad file stops no other; its
    document is {file, error}.
    """
    with TemporaryDirectory(prefix="salesdash-") as folder:
        requests = list(_requests(given, Path(folder)))
        if len(requests) == 1:
            return _import(desk, requests[0], dry=given.dry_run)
        replies = [_one_of_many(desk, each, dry=given.dry_run) for each in requests]
    return Reply([each.document for each in replies], max(each.exit for each in replies))


def _requests(given: Import, folder: Path) -> Iterator[Request]:
    """What is asked for each file, and for each file in an archive."""
    for number, file in enumerate(given.files):
        path = absolute(file)
        wanted = request(path, given)
        options = wanted.read_options
        for part in ingest.parts(path, path.name, options, folder / f"{number}"):
            yield replace(wanted, path=part.path, name=part.name)


def _one_of_many(desk: Desk, wanted: Request, *, dry: bool) -> Reply:
    try:
        return _import(desk, wanted, dry=dry)
    except HomeBusy:
        raise
    except SalesdashError as error:
        refused = refusal(error, desk.lang)
        error_only = refused.document if isinstance(refused.document, dict) else {}
        return Reply({"file": wanted.name, **error_only}, refused.exit)


def _import(desk: Desk, wanted: Request, *, dry: bool) -> Reply:
    with working(desk.home.path, wanted.name, desk.who) as work:
        return _worked(desk, wanted, work.tell, dry=dry)


def _worked(desk: Desk, wanted: Request, progress: Progress, *, dry: bool) -> Reply:
    staged = way_in.stage(desk.home, wanted, desk.now, progress)
    try:
        if staged.questions:
            asked = [_question(each, desk.lang) for each in staged.questions]
            return Reply({"file": wanted.name, "questions": asked}, REFUSED)
        if dry:
            staged = way_in.pictured(staged)
        parts = [_facts(part, desk.lang) for part in staged.parts]
        if dry or staged.duplicate_of is not None:
            return Reply({**_document(parts), "kpis": _kpis(desk, preflight(desk, staged))})
        event = way_in.commit(desk.home, staged, desk.who, desk.now)
        for part, each in zip(parts, together(event, desk.home.done()), strict=True):
            part |= {"event": each.id, "counts": plain(each.counts)}
        return Reply(_document(parts))
    finally:
        staged.discard()


def _document(parts: list[dict[str, Document]]) -> dict[str, Document]:
    """The facts of the first dataset; those of all under `parts` when the file feeds several."""
    return {**parts[0], "parts": list(parts)} if len(parts) > 1 else parts[0]


def _facts(part: Staged, lang: str) -> dict[str, Document]:
    """What was decided and counted; `event` None: nothing is stored."""
    reading, mapping = part.reading, part.mapping
    facts: dict[str, object] = {
        "file": part.request.name,
        "event": part.duplicate_of,
        "duplicate_of": part.duplicate_of,
        "dataset": part.dataset.name,
        "mode": part.mode,
        "as_of": part.as_of,
        "as_of_source": part.as_of_source,
        "period": _period(part),
    }
    if reading is not None and mapping is not None:
        facts |= _mapped(reading, mapping, part, lang)
    found = {name: plain(value) for name, value in facts.items()}
    if part.picture is not None:
        found["picture"] = pictured(part.picture)
    return {**found, "counts": _counts(part), "warnings": _warnings(part, lang)}


def _mapped(
    reading: Reading, mapping: ingest.Mapping, part: Staged, lang: str
) -> dict[str, object]:
    """How the file was read, and what its columns became."""
    sheets = [sheet.name for sheet in reading.sheets_of(reading.tables[mapping.table])]
    return {
        "profile": mapping.profile,
        "profile_title": ingest.profiles()[mapping.profile].title[lang],
        "rests_on": ingest.profiles()[mapping.profile].evidence[lang],
        "mapping": {column.header: column.field for column in mapping.columns},
        "columns": [_column(column) for column in mapping.columns],
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheets": [name for name in sheets if name],
        "dates": _dates(mapping, part.dataset),
        "currency": mapping.currency,
        "amount": mapping.amount.name,
        "amount_reason": texts.t(mapping.amount.reason, lang),
        "amount_basis": mapping.amount.basis,
        "candidates": part.candidates or mapping.amount.candidates,
    }


def _counts(staged: Staged) -> Document:
    books = dict(vars(staged.counts)) if staged.counts else {}
    return plain({**books, **vars(staged.changes)})


def _warnings(staged: Staged, lang: str) -> list[Document]:
    reading, mapping, cleaned = staged.reading, staged.mapping, staged.cleaned
    found = [
        *(reading.notes if reading else ()),
        *(mapping.warnings if mapping else ()),
        *(cleaned.warnings if cleaned else ()),
    ]
    told = [problem(each, lang) for each in found]
    return [each for n, each in enumerate(told) if each not in told[:n]]


def _period(staged: Staged) -> dict[str, object] | None:
    period = staged.period
    return {"from": period.start, "to": period.last_day} if period else None


def _column(column: ColumnMap) -> dict[str, object]:
    return {
        "header": column.header,
        "field": column.field,
        "extra": column.extra,
        "how": column.how,
        "member": column.member,
        "suggestion": column.suggestion,
    }


def _dates(found: ingest.Mapping, dataset: Dataset) -> str | None:
    """The order of day, month and year in the first column of dates."""
    columns = (found.column(role) for role in dataset.roles)
    orders = (column.dates.order for column in columns if column and column.dates)
    return next(orders, None)


def _question(question: Question, lang: str) -> Document:
    options = {each: _option(each, lang) for each in question.options}
    return {
        "id": question.id,
        "text": question_text(question, lang),
        "options": list(options),
        "labels": list(options.values()),
        "column": question.column,
        "samples": list(question.samples),
        **({"sums": plain(question.totals)} if question.sums else {}),
    }


def question_text(question: Question, lang: str, **values: str) -> str:
    """The words of a question; of one of several datasets it says of which.

    `values`: used in place of its own, where they had to be made harmless.
    """
    text = texts.t(question.text, lang, **(values or question.values))
    dataset = question.id.rpartition(":")[2]
    if dataset not in DATASETS:
        return text
    return texts.t("question.of", lang, dataset=texts.t(f"datasets.{dataset}", lang), text=text)


def _option(value: str, lang: str) -> str:
    """An answer in words; headers stand for themselves."""
    key = "question.option." + OPTION_NAMES.get(value, value)
    return texts.t(key, lang) if key in texts.catalog(lang) else value


def _kpis(desk: Desk, kpis: tuple[Kpi, ...]) -> Document:
    return [
        {
            "metric": kpi.metric.id,
            "name": dict(kpi.metric.name),
            "unit": str(kpi.metric.unit),
            "currency": desk.settings.company.currency,
            "before": plain(kpi.before),
            "after": plain(kpi.after),
        }
        for kpi in kpis
    ]
