"""What a dry run of an import shows of the file beside its counts, as a document."""

from salesdash.commands.replies import Document, plain
from salesdash.imports import Gap, MonthChange, Picture, Suspicion
from salesdash.warehouse.unmatched import Lost


def document(found: Picture) -> Document:
    """{months, gaps, suspicious, unmatched, repeats}: see the keys of each below."""
    return {
        "months": [_month(month) for month in found.months if month.changes],
        "gaps": [_gap(gap) for gap in found.gaps],
        "suspicious": [_suspicion(each) for each in found.suspicions],
        "unmatched": [unmatched(each) for each in found.lost],
        "repeats": found.repeats,
    }


def _month(month: MonthChange) -> Document:
    """{month, rows_before, rows_after, before, after, restated}: a month that changes."""
    return {
        "month": plain(month.start),
        "rows_before": month.rows_before,
        "rows_after": month.rows_after,
        "before": month.before,
        "after": month.after,
        "restated": month.restated,
    }


def _gap(gap: Gap) -> Document:
    """{from, to, grain}: no rows on these days, both included; `grain` month: whole months."""
    return {"from": plain(gap.first), "to": plain(gap.last), "grain": gap.grain}


def _suspicion(found: Suspicion) -> Document:
    """{what, field, rows, total, below, above, samples: [{sheet, record, value}]}.

    `what`: outlier, negative, share, future or early. `below`, `above`: the fences of outliers.
    """
    below, above = found.limits or (None, None)
    return {
        "what": found.what,
        "field": found.field,
        "rows": found.rows,
        "total": found.total,
        "below": below,
        "above": above,
        "samples": plain(found.samples),
    }


def unmatched(found: Lost) -> Document:
    """{dataset, reference, field, keys, rows, amount, found: [{key, rows, amount, nearest, same}]}.

    `same`: the nearest entry is meant, only written otherwise, and is what figures take it for.
    """
    return {
        "dataset": found.dataset,
        "reference": found.reference,
        "field": found.field,
        "keys": found.count,
        "rows": found.rows,
        "amount": found.amount,
        "found": plain(found.keys),
    }
