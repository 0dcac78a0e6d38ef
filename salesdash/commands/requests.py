"""What `import` was asked, checked: files and decisions become requests."""

import re
from datetime import datetime, time
from pathlib import Path
from typing import Literal, TypeVar, get_args

from salesdash.commands.arguments import Import
from salesdash.commands.hints import near
from salesdash.commands.questions import choice
from salesdash.datasets import DATASETS
from salesdash.errors import UsageError
from salesdash.imports import Mode, Request
from salesdash.ingest import Outcome

MEMBER = re.compile(r"(?P<header>.+?)=(?P<field>[\w.]+@\w+=.*)", re.DOTALL)
"""One of several columns that fill the same field: "tv_S=costs.amount@channel=tv"."""

END_OF_DAY = time(23, 59, 59)
DAY_LENGTH = len("2026-11-23")

Order = Literal["dmy", "mdy", "ymd"]
Point = Literal[".", ","]
Basis = Literal["incl", "excl", "unknown"]

T = TypeVar("T", bound=str)


def request(path: Path, given: Import) -> Request:
    """The request for one file; UsageError for a choice that does not exist."""
    if given.dataset is not None and given.dataset not in DATASETS:
        known = ", ".join(DATASETS)
        raise UsageError(
            "dataset.unknown", dataset=given.dataset, known=known, **near(given.dataset, DATASETS)
        )
    if given.stage and given.dataset not in (None, "deals"):
        raise UsageError("usage.no_stages", dataset=given.dataset)
    mode, modes = _modes(given.mode)
    return Request(
        path=path,
        name=path.name,
        dataset=given.dataset,
        profile=given.profile,
        mapping=_columns(given.map) or None,
        stages=_stages(given.stage) or None,
        values=dict(_pair("set", text, "purpose=acquisition") for text in given.set) or None,
        mode=choice("mode", mode, Mode),
        modes=modes or None,
        sheet=given.sheet,
        dates=one_of("dates", given.dates, get_args(Order)),
        decimal=one_of("decimal", given.decimal, get_args(Point)),
        encoding=given.encoding,
        currency=given.currency,
        as_of=_moment(given.as_of),
        force=given.force,
        amount=given.amount,
        basis=one_of("basis", given.basis, get_args(Basis)),
        year=given.year,
        confirmed=("fewer_rows",) if given.yes else (),
    )


def _modes(text: str | None) -> tuple[str | None, dict[str, Mode]]:
    """The mode of all datasets, and those of single ones: "update,costs=append"."""
    general, single = None, dict[str, Mode]()
    for word in (text or "").replace(" ", "").split(","):
        dataset, sign, name = word.rpartition("=")
        mode = choice("mode", name or None, Mode)
        if sign and mode is not None:
            single[dataset] = mode
        else:
            general = name or None
    return general, single


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    """Headers and what they fill; said of one header again: both. A header may contain "="."""
    found: dict[str, str] = {}
    for pair in pairs:
        several = MEMBER.fullmatch(pair)
        if several is not None:
            header, field = several["header"], several["field"]
        else:
            header, field = _pair("map", pair, '"Total=amount"')
        found[header] = f"{found[header]},{field}" if header in found else field
    return found


def _stages(pairs: tuple[str, ...]) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    for pair in pairs:
        stage, outcome = _pair("stage", pair, '"Quoted=open"')
        known = one_of("stage", outcome.lower(), get_args(Outcome))
        assert known is not None
        found[stage] = known
    return found


def _pair(name: str, text: str, example: str) -> tuple[str, str]:
    """What stands before and behind the last "=" of an option."""
    left, _, right = text.rpartition("=")
    if not left or not right:
        raise UsageError("usage.pair", name=name, value=text, example=example)
    return left, right


def one_of(name: str, text: str | None, known: tuple[T, ...]) -> T | None:
    """The one of the known texts that was typed; UsageError lists them when there is none."""
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
