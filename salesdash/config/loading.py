"""Load config.yaml: strict reading, shape, what no single key can know; every problem at once."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from salesdash.config import conversion
from salesdash.config.faults import METRICS, faults, nearest
from salesdash.config.model import Config
from salesdash.config.reader import Document, Path_, parse, read
from salesdash.config.settings import Settings
from salesdash.errors import ConfigError, Place, Problem


@dataclass(frozen=True)
class Loaded:
    """What reading gave: `settings` None when the file cannot be used; all problems anyway."""

    settings: Settings | None
    problems: tuple[Problem, ...]


def load(path: Path) -> Settings:
    """The settings of a file.

    Raises ConfigError with every problem when they cannot be used. Faults within metrics leave
    the rest usable: they are in `Settings.problems`. Whether a well-formed metric can be
    calculated is for `metrics.bind` to say.
    """
    found = check(path)
    if found.settings is None:
        raise ConfigError(found.problems)
    return found.settings


def check(path: Path) -> Loaded:
    """The settings of a file if they can be used, and all its problems; never raises."""
    return _judged(read(path))


def check_text(data: bytes, file: str = "config.yaml") -> Loaded:
    """The same for bytes that are not in a file."""
    return _judged(parse(data, Document(file)))


def _judged(document: Document) -> Loaded:
    if not isinstance(document.value, dict):
        return Loaded(None, tuple(document.problems))
    whole = dict(document.value)
    shape, config = _validated(whole, document)
    metrics = whole.get(METRICS)
    if config is None and isinstance(metrics, dict) and _only_metrics(shape):
        bad = {path[1] for path, _ in shape}
        rest = {name: metric for name, metric in metrics.items() if name not in bad}
        _, config = _validated({**whole, METRICS: rest}, document)
    problems = [*document.problems, *(problem for _, problem in shape)]
    problems += _unknown_metrics(whole, metrics, document)
    if config is None or document.problems:
        return Loaded(None, tuple(problems))
    digest = hashlib.sha256(config.model_dump_json().encode()).hexdigest()[:16]
    lines = {name: document.line((METRICS, name)) for name in config.metrics}
    settings = conversion.settings(config, lines, digest, tuple(problems))
    return Loaded(settings, tuple(problems))


def _validated(
    value: Mapping[str, object], document: Document
) -> tuple[tuple[tuple[Path_, Problem], ...], Config | None]:
    try:
        return (), Config.model_validate(value)
    except ValidationError as error:
        return faults(error, document), None


def _only_metrics(found: tuple[tuple[Path_, Problem], ...]) -> bool:
    """All faults lie inside one metric or another."""
    return all(path[0] == METRICS and len(path) > 1 for path, _ in found if path) and all(
        path for path, _ in found
    )


def _unknown_metrics(
    whole: Mapping[str, object], metrics: object, document: Document
) -> Iterator[Problem]:
    """Names on tiles and of levers that are no metric; a broken one is told where it is defined.

    Reads what the file says, not the checked shape: other faults must not hide these.
    """
    if not isinstance(metrics, dict):
        return
    named = (
        *_on_overview(whole.get("overview")),
        *_on_agendas(whole.get("meetings")),
        *_on_courses(whole.get("training")),
    )
    for path, name in named:
        if name not in metrics:
            column = ".".join(str(part) for part in path)
            place = Place(document.file, line=document.line(path), column=column)
            yield Problem("config.unknown_metric", {"metric": name}, place, nearest(name, metrics))


def _on_overview(overview: object) -> Iterator[tuple[Path_, str]]:
    if not isinstance(overview, dict):
        return
    for key in ("tiles", "alerts"):
        items = overview.get(key)
        for number, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, str):
                yield ("overview", key, number), item
            elif isinstance(item, dict) and isinstance(item.get("metric"), str):
                yield ("overview", key, number, "metric"), item["metric"]
    trend = overview.get("trend")
    if isinstance(trend, str):
        yield ("overview", "trend"), trend


def _on_agendas(meetings: object) -> Iterator[tuple[Path_, str]]:
    for kind, meeting in _entries(meetings):
        for line, point in _entries(_part(meeting, "agenda")):
            tiles = _part(point, "tiles")
            for number, tile in enumerate(tiles if isinstance(tiles, list) else ()):
                if isinstance(tile, str):
                    yield ("meetings", kind, "agenda", line, "tiles", number), tile


def _on_courses(training: object) -> Iterator[tuple[Path_, str]]:
    for course, part in _entries(training):
        levers = _part(part, "levers")
        for number, lever in enumerate(levers if isinstance(levers, list) else ()):
            if isinstance(lever, str):
                yield ("training", course, "levers", number), lever


def _entries(value: object) -> Iterable[tuple[str, object]]:
    return value.items() if isinstance(value, dict) else ()


def _part(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None
