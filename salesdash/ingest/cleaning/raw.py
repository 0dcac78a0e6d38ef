"""The rows of a table as text, made ready to be parsed; and the lists on other sheets."""

from salesdash.datasets import DATASETS
from salesdash.ingest.cleaning import values
from salesdash.ingest.mapping.plan import Join, Mapping
from salesdash.ingest.reading import Table
from salesdash.ingest.relation import relation

_IN_ORDER = "partition by sheet order by record rows between unbounded preceding and current row"


def rows(table: Table, mapping: Mapping, *, numbered: bool) -> str:
    """A SELECT of the raw rows; those of a repair without what made their cells safe."""
    numbered = numbered or bool(mapping.carried)
    found = _filled_down(_carried(relation(table, numbered=numbered), mapping), mapping)
    if not table.is_repair:
        return found
    cells = ", ".join(_unsafe(index) for index in range(len(table.columns)))
    return f"select sheet, record, {cells} from ({found})"  # noqa: S608 - own columns


def _carried(found: str, mapping: Mapping) -> str:
    """What the first line of a document says of it, in the lines below that leave all of it out."""
    if not mapping.carried:
        return found
    empty = " and ".join(f"coalesce(trim(c{i}), '') = ''" for i in mapping.carried)
    groups = f"select *, count(*) filter (not ({empty})) over ({_IN_ORDER}) as block from ({found})"  # noqa: S608
    said = ", ".join(
        f"case when {empty} then max(c{i}) over (partition by sheet, block) else c{i} end as c{i}"
        for i in mapping.carried
    )
    return f"select * exclude (block) replace ({said}) from ({groups})"  # noqa: S608


def _filled_down(found: str, mapping: Mapping) -> str:
    """What the first line of a document says, in all of its lines; of no document, none do."""
    key = mapping.column(DATASETS[mapping.dataset].unit or "")
    if not mapping.once or key is None:
        return found
    said = ", ".join(
        f"case when c{key.index} is null then c{i} "
        f"else coalesce(c{i}, max(c{i}) over (partition by c{key.index})) end as c{i}"
        for i in mapping.once
    )
    return f"select * replace ({said}) from ({found})"  # noqa: S608 - own columns


def _unsafe(index: int) -> str:
    """A cell of a repair without the apostrophe that kept it from being a formula."""
    return f"regexp_replace(c{index}, '^''([=+@\\t\\r-])', '\\1') as c{index}"


def flag_list(table: Table, join: Join) -> str:
    """A SELECT of each key of a list once, with its flag: joining it multiplies no row."""
    key, flag = values.text(f"c{join.key}"), values.text(f"c{join.flag}")
    return (
        f"select {key} as key, max({flag}) as flag from ({relation(table)}) "  # noqa: S608 - own
        f"where {key} is not null group by {key}"
    )
