"""How the arguments of each command are typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from salesdash.commands.arguments import GOAL_ACTIONS, TRAINING_ACTIONS


@dataclass(frozen=True)
class Flag:
    """One argument of a command: how it is typed, and argparse's keywords for it.

    Its help is the word ``cli.argument.<name>``.
    """

    name: str
    keywords: Mapping[str, object] = field(default_factory=dict)


def _files(metavar: str = "FILE") -> Flag:
    return Flag("files", {"nargs": "+", "metavar": metavar})


def _each(name: str, metavar: str) -> Flag:
    return Flag(name, {"action": "append", "metavar": metavar})


def _one(name: str, metavar: str) -> Flag:
    return Flag(name, {"metavar": metavar})


def _number(name: str, metavar: str = "N") -> Flag:
    return Flag(name, {"type": int, "metavar": metavar})


def _switch(name: str) -> Flag:
    return Flag(name, {"action": "store_true"})


FLAGS: Mapping[str, tuple[Flag, ...]] = {
    "run": (_number("--port", "P"), _switch("--share")),
    "demo": (_number("--scale"),),
    "import": (
        _files(),
        _one("--dataset", "D"),
        _one("--profile", "P"),
        _each("--map", "HEADER=FIELD"),
        _each("--set", "FIELD=VALUE"),
        _one("--mode", "update|replace|complete|append"),
        _one("--sheet", "S"),
        _one("--dates", "dmy|mdy|ymd"),
        _one("--decimal", ".|,"),
        _one("--encoding", "E"),
        _one("--currency", "C"),
        _one("--amount", "HEADER"),
        _one("--basis", "incl|excl"),
        _number("--year", "YYYY"),
        _one("--as-of", "D"),
        _each("--stage", "NAME=open|won|lost"),
        _switch("--yes"),
        _switch("--force"),
        _switch("--dry-run"),
    ),
    "read": (_files(), _one("--sheet", "S"), _one("--encoding", "E"), _switch("--csv")),
    "watch": (_switch("--once"),),
    "imports": (),
    "undo": (_number("event"),),
    "redo": (_number("event"),),
    "rebuild": (),
    "rejects": (_number("event"), _one("--repair", "FILE"), _switch("--csv")),
    "forget": (
        Flag("name", {"metavar": "NAME|KEY"}),
        _one("--kind", "customer|person"),
        _switch("--dry-run"),
    ),
    "metrics": (),
    "check": (),
    "quality": (Flag("dataset", {"nargs": "?", "metavar": "DATASET"}), _number("--as-of-cut")),
    "query": (
        Flag("metrics", {"nargs": "+", "metavar": "METRIC"}),
        _each("--by", "DIM"),
        _one("--grain", "day|week|month|quarter|year"),
        _one("--from", "D"),
        _one("--to", "D"),
        _each("--where", "DIM=VALUE"),
        _one("--compare", "previous|last-year"),
        _one("--against", "FROM..TO"),
        _number("--as-of-cut"),
        _switch("--csv"),
    ),
    "compare": (
        Flag("metric", {"metavar": "METRIC"}),
        _one("--by", "DIM"),
        _each("--within", "DIM=VALUE"),
        _one("--from", "D"),
        _one("--to", "D"),
        _one("--compare", "previous|last-year"),
        _one("--against", "FROM..TO"),
        _number("--top"),
        _one("--sort", "change|value|ratio|rank|name"),
        _each("--where", "DIM=VALUE"),
        _number("--as-of-cut"),
    ),
    "sql": (Flag("sql", {"metavar": "'SELECT ...'"}), _switch("--csv")),
    "bridge": (
        Flag("metric", {"metavar": "METRIC"}),
        _one("--by", "DIM"),
        _one("--from", "D"),
        _one("--to", "D"),
        _one("--compare", "previous|last-year"),
        _one("--against", "FROM..TO"),
        _one("--target", "T"),
        _each("--where", "DIM=VALUE"),
        _number("--as-of-cut"),
    ),
    "drivers": (
        Flag("source", {"metavar": "METRIC|FILE"}),
        _one("--from", "D"),
        _one("--to", "D"),
        _one("--compare", "previous|last-year"),
        _one("--against", "FROM..TO"),
        _each("--where", "DIM=VALUE"),
        _number("--as-of-cut"),
        _one("--before", "HEADER"),
        _one("--after", "HEADER"),
        _one("--sheet", "S"),
        _one("--decimal", ".|,"),
        _one("--encoding", "E"),
    ),
    "cohorts": (
        _one("--grain", "week|month|quarter|year"),
        _one("--measure", "customers|share|amount|per-customer"),
        _one("--by", "DIM"),
        _one("--to", "D"),
        _each("--where", "DIM=VALUE"),
        _number("--length"),
        _number("--as-of-cut"),
    ),
    "leaderboard": (
        Flag("metric", {"metavar": "METRIC"}),
        _one("--by", "person|team"),
        _one("--from", "D"),
        _one("--to", "D"),
        _one("--compare", "previous|last-year"),
        _one("--against", "FROM..TO"),
        _switch("--per-day"),
        _one("--teams", "then|today"),
        _each("--where", "DIM=VALUE"),
        _number("--as-of-cut"),
    ),
    "segments": (
        Flag("segment", {"nargs": "?", "metavar": "SEGMENT"}),
        _one("--to", "D"),
        _one("--then", "D"),
        _each("--where", "DIM=VALUE"),
        _number("--top"),
        _number("--as-of-cut"),
    ),
    "clv": (
        _number("--horizon", "MONTHS"),
        _number("--top"),
        _one("--by", "DIM"),
        _one("--to", "D"),
        _each("--where", "DIM=VALUE"),
        _number("--as-of-cut"),
    ),
    "pipeline": (
        Flag("--between", {"nargs": 2, "metavar": ("A", "B")}),
        _one("--from", "D"),
        _one("--to", "D"),
        _each("--where", "DIM=VALUE"),
        _number("--top"),
        _number("--as-of-cut"),
    ),
    "goals": (
        Flag("action", {"nargs": "?", "metavar": "|".join(GOAL_ACTIONS)}),
        Flag("what", {"nargs": "?", "metavar": "METRIC|N|FILE"}),
        _one("--target", "T"),
        _one("--period", "2026-Q4"),
        _each("--where", "DIM=VALUE"),
        _one("--each", "week|month|quarter|year"),
        _one("--plus", "PERCENT"),
        _one("--of", "last-year|previous|2026-Q3|targets|actuals"),
        _one("--by", "DIM"),
        _each("--member", "NAME"),
        _one("--how", "history|season|days|equal"),
        _one("--newcomers", "PERCENT"),
        _one("--step", "1000"),
        _switch("--dry-run"),
        _one("--floor", "T"),
        _one("--stretch", "T"),
        _one("--owner", "NAME"),
        _number("--under"),
        _one("--reason", "TEXT"),
        _one("--why", "TEXT"),
        _one("--mode", "replace|append"),
        _number("--year", "YYYY"),
        _one("--review", "week|month|never"),
        _one("--word", "on_track|at_risk|off_track"),
        _one("--note", "TEXT"),
        _one("--decision", "TEXT"),
        _one("--next", "TEXT"),
        _number("--correct", "R"),
    ),
    "training": (
        Flag("action", {"nargs": "?", "metavar": "|".join(TRAINING_ACTIONS)}),
        Flag("what", {"nargs": "?", "metavar": "FILE|N"}),
        _one("--dates", "dmy|mdy|ymd"),
        _one("--sheet", "S"),
        _one("--encoding", "E"),
        _switch("--new-people"),
        _switch("--dry-run"),
    ),
    "forecast": (
        Flag("source", {"metavar": "METRIC|FILE"}),
        _number("--horizon"),
        _one("--grain", "day|week|month|quarter|year"),
        _each("--where", "DIM=VALUE"),
        _one("--value", "HEADER"),
        _one("--date", "HEADER"),
        _one("--sheet", "S"),
        _one("--dates", "dmy|mdy|ymd"),
        _one("--decimal", ".|,"),
        _one("--encoding", "E"),
    ),
    "backup": (Flag("file", {"metavar": "FILE"}),),
    "restore": (Flag("file", {"metavar": "FILE"}),),
    "workspace": (Flag("place", {"nargs": "?", "metavar": "postgresql://...|sqlite"}),),
}
