from contextlib import closing

from salesdash.datasets.keys import Mismatch, folded, folded_sql, told, unmatched
from salesdash.engine import Engine

KNOWN = ("GTX Pro", "GTX Basic", "MG Special", "茶 A")


def test_keys_that_only_look_different_are_the_same():
    assert unmatched(["GTXPro", "GTX Basic", "茶a", "ＧＴＸ－ＰＲＯ"], KNOWN) == (
        Mismatch("GTXPro", "GTX Pro", same=True),
        Mismatch("茶a", "茶 A", same=True),
        Mismatch("ＧＴＸ－ＰＲＯ", "GTX Pro", same=True),
    )


def test_two_known_keys_that_fold_alike_are_never_chosen_between():
    assert unmatched(["ab"], ["A B", "A-B"]) == (Mismatch("ab", "A B", same=False),)


def test_the_nearest_is_a_hint_only():
    assert unmatched(["MG Spezial", "Tea", "--"], KNOWN) == (
        Mismatch("MG Spezial", "MG Special"),
        Mismatch("Tea"),
        Mismatch("--"),
    )


def test_each_key_is_told_once():
    found = unmatched(["GTXPro", "GTXPro", "Tea"], KNOWN)
    same, other = told(found, "products")
    assert (same.key, same.values["count"], same.values["list"]) == (
        "mapping.same_keys.products",
        1,
        "GTXPro → GTX Pro",
    )
    assert (other.key, other.values["list"]) == ("mapping.unmatched_keys.products", "Tea")
    assert told((), "products") == ()


def test_sql_folds_as_python_does():
    keys = ["GTX Pro", "a_b-c/d", "Ünïcode 5", "茶 A(大)", "10.5 %", "--"]
    with closing(Engine.open()) as engine:
        found = [
            engine.rows(f"select {folded_sql('k')} from (select $k as k)", {"k": key})[0][0]
            for key in keys
        ]
    assert found == [folded(key) for key in keys]
    assert found == ["gtxpro", "abcd", "ünïcode5", "茶a大", "105", ""]


def test_keys_with_other_figures_are_no_hint():
    found = unmatched(["K10955", "GTX Prro 2", "K-10955 "], ["K10055", "GTX Pro 2", "GTX Pro 3"])
    assert [each.nearest for each in found] == [None, "GTX Pro 2", None]
