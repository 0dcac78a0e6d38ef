"""The fold, told again in plain Python: what the stored rows must be after any event.

Independent of the SQL: lists of rows, one import after the other, nothing remembered in between.
"""

from collections import Counter


def alive(log, upto):
    """Numbers of the imports and repairs that stand after event `upto`."""
    standing = {}
    for e in log[:upto]:
        if e["kind"] in ("import", "repair"):
            standing[e["id"]] = True
        else:
            standing[e["target"]] = e["kind"] == "redo"
    return {number for number, stands in standing.items() if stands}


def told(log, standing, e):
    """The rows of an import as its standing repairs leave them."""
    rows = {(r["sheet"], r["record"]): {**r, "event": e["id"]} for r in e["rows"]}
    for repair in log:
        if repair["kind"] == "repair" and repair["target"] == e["id"] and repair["id"] in standing:
            rows |= {
                (r["sheet"], r["record"]): {**r, "event": repair["id"]} for r in repair["rows"]
            }
    return list(rows.values())


def fold(log, upto, dataset):
    """The stored rows of a dataset after event `upto`."""
    standing = alive(log, upto)
    log = [e for e in log[:upto] if e["dataset"] == dataset]
    state, covers = {}, []  # unit -> (as-of of its speaker, rows); (as-of, first, last)
    for e in [e for e in log if e["kind"] == "import" and e["id"] in standing]:
        units = grouped(e, told(log, standing, e))
        for unit, new in units:
            spoken, held = state.get(unit, (0, []))
            newer = any(a > e["as_of"] and within(day(new), *dates) for a, *dates in covers)
            newer |= spoken > e["as_of"] and e["mode"] != "append"
            if newer and not e["forced"]:
                continue
            if e["mode"] == "append":
                state[unit] = (max(spoken, e["as_of"]), held + new)
            else:
                state[unit] = (e["as_of"], held if content(held) == content(new) else new)
        if e["mode"] in ("replace", "complete") and units:
            dates = sorted(r["day"] for _, rows in units for r in rows if r["day"]) or ["9"]
            first, last = (dates[0], dates[-1]) if e["mode"] == "replace" else (None, None)
            vanish(state, e, {unit for unit, _ in units}, first, last)
            covers.append((e["as_of"], first, last))
    return sorted((place(r) for _, rows in state.values() for r in rows), key=repr)


def grouped(e, rows):
    """(unit, rows) of an import; rows to append are taken one by one."""
    keyed = [(r["unit"] or (e["id"], r["sheet"], r["record"]), r) for r in rows]
    if e["mode"] == "append":
        return [(key, [r]) for key, r in keyed]
    return [(u, [r for key, r in keyed if key == u]) for u in dict.fromkeys(k for k, _ in keyed)]


def vanish(state, e, units, first, last):
    """Stored units that a replace or complete covers and does not hold."""
    for unit in [u for u in state if u not in units and within(day(state[u][1]), first, last)]:
        if state[unit][0] <= e["as_of"] or e["forced"]:
            del state[unit]


def day(rows):
    return min((r["day"] for r in rows if r["day"]), default=None)


def within(day, first, last):
    """No first: everything is; without a day: nothing else is."""
    return first is None or (day is not None and first <= day <= last)


def content(rows):
    return Counter((r["unit"], r["day"], r["amount"]) for r in rows)


def place(r):
    return r["event"], r["sheet"], r["record"], r["unit"], r["day"], r["amount"]
