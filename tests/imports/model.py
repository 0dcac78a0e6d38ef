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


def fold(log, upto):
    """The stored rows after event `upto`."""
    standing = alive(log, upto)
    state, covers = {}, []  # unit -> (as-of of its speaker, rows); (as-of, first, last)
    for e in [e for e in log[:upto] if e["kind"] == "import" and e["id"] in standing]:
        rows, units = told(log[:upto], standing, e), {}
        for r in rows:
            key = r["document"] or (e["id"], r["sheet"], r["record"])
            if e["mode"] == "append":
                key = (key, e["id"], r["sheet"], r["record"])
            units.setdefault(key, []).append(r)
        for key, new in units.items():
            u = key[0] if e["mode"] == "append" else key
            spoken, held = state.get(u, (e["as_of"], []))
            newer = any(a > e["as_of"] and f <= day(new) <= last for a, f, last in covers)
            newer = newer or (spoken > e["as_of"] and e["mode"] != "append")
            if newer and not e["forced"]:
                continue
            if e["mode"] == "append":
                state[u] = (max(spoken, e["as_of"]), held + new)
            else:
                state[u] = (e["as_of"], held if content(held) == content(new) else new)
        if e["mode"] in ("replace", "complete") and rows:
            first, last = day(rows), max(r["order_date"] for r in rows)
            if e["mode"] == "complete":
                first, last = "0", "9"
            for u in [u for u in state if u not in units and first <= day(state[u][1]) <= last]:
                if state[u][0] <= e["as_of"] or e["forced"]:
                    del state[u]
            covers.append((e["as_of"], first, last))
    return sorted((place(r) for _, rows in state.values() for r in rows), key=repr)


def day(rows):
    return min(r["order_date"] for r in rows)


def content(rows):
    return Counter((r["document"], r["order_date"], r["amount"]) for r in rows)


def place(r):
    return r["event"], r["sheet"], r["record"], r["document"], r["order_date"], r["amount"]
