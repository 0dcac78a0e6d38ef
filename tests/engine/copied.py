"""A small copy for typed questions, with names that need quotes."""

from contextlib import closing
from pathlib import Path

from salesdash.engine import Engine

TABLES = ("sales", "calendar")

ROWS = """
create table sales as
from (values
    (date '2026-01-05', 100.10::decimal(18, 4), 'North', 'a', 1, 'x'),
    (date '2026-01-06', 50.20::decimal(18, 4), 'South', 'b', 2, 'y'),
    (date '2026-02-01', -20.00::decimal(18, 4), null, '华东', 3, 'z')
) as s(order_date, amount, region, "选择", "order", "a""b")
"""


def copy(folder: Path) -> Path:
    """The file of the copy."""
    path = folder / "copy.duckdb"
    with closing(Engine.open(path)) as engine:
        engine.run(ROWS)
        engine.run("create table calendar as select date '2026-01-05' as day, true as working")
        engine.checkpoint()
    return path


def written(**given: str) -> None:
    """Try to write a file."""
    Path(given["self"]).write_text(given["data"])


def limits() -> tuple[int, int]:
    """Address space and processor seconds that this process may use."""
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0]


_hoard: list[bytes] = []


def hoarded(mib: int) -> None:
    """Hold memory and keep it."""
    _hoard.append(b"x" * (mib << 20))
