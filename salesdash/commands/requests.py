"""What `import` was asked, checked: files and decisions become requests."""

from datetime import datetime, time
from pathlib import Path
from typing import Literal, TypeVar, get_args

from salesdash.commands.arguments import Import
from salesdash.commands.hints import near
from salesdash.commands.questions import choice
from salesdash.datasets import DATASETS
from salesdash.errors import UsageError
from salesdash.imports import Mode, Request

END_OF_DAY = time(23, 59, 59)
DAY_LENGTH = len("2026-11-23")

Order = Literal["dmy", "mdy", "ymd"]
Point = Literal[".", ","]
Basis = Literal["incl", "excl", "unknown"]

T = TypeVar("T", bound=str)


def request(path: Path, given: Import) -> Request:
    """The request for one file; UsageError for a choice that does not exist."""
    if given.dataset not in DATASETS:
        known = ", ".join(DATASETS)
        raise UsageError(
            "dataset.unknown", dataset=given.dataset, known=known, **near(given.dataset, DATASETS)
        )
    if given.stage:
        raise UsageError("usage.no_stages", dataset=given.dataset)
    return Request(
        path=path,
        name=path.name,
        dataset=given.dataset,
        profile=given.profile,
        mapping=_columns(given.map) or None,
        mode=choice("mode", given.mode, Mode),
        sheet=given.sheet,
        dates=_one_of("dates", given.dates, get_args(Order)),
        decimal=_one_of("decimal", given.decimal, get_args(Point)),
        encoding=given.encoding,
        currency=given.currency,
        as_of=_moment(given.as_of),
        force=given.force,
        amount=given.amount,
        basis=_one_of("basis", given.basis, get_args(Basis)),
        confirmed=("fewer_rows",) if given.yes else (),
    )


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    """Headers and the fields they hold; a header may contain "="."""
    found = {}
    for pair in pairs:
        header, sign, field = pair.rpartition("=")
        if not sign or not header or not field:
            raise UsageError("usage.pair", name="map", value=pair, example='"Total=amount"')
        found[header] = field
    return found


def _one_of(name: str, text: str | None, known: tuple[T, ...]) -> T | None:
    if text is None:
        return None
    for each in known:
        if each == text:
            return each
    raise UsageError("usage.choice", name=name, value=text, choices=" ".join(known))


def _moment(text: str | None) -> datetime | None:
    """A moment like 2026-11-23T18:00; a day alone means its end."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError("usage.day", name="as-of", value=text) from None
    moment = found.replace(tzinfo=None)
    return datetime.combine(moment, END_OF_DAY) if len(text) == DAY_LENGTH else moment
