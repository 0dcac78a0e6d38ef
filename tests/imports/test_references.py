"""Keys that a list of customers, products or people lacks are told, whichever comes first."""

from salesdash.imports import Request, commit, stage
from tests.imports.build import NOW

DEALS = "Deal ID,Stage,Product,Salesperson\n1,Won,GTXPro,Ann\n2,Won,GTX Basic,Ann\n3,Won,Tea,\n"
PRODUCTS = "SKU,Product Name,Series\nP1,GTX Pro,A\nGTX Basic,,A\n"


def brought(home, folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    found = stage(home, Request(path, name), NOW)
    assert found.questions == ()
    commit(home, found, "Ana", NOW)
    return {
        problem.key: problem.values["list"]
        for problem in found.cleaned.warnings
        if ".same_keys." in problem.key or ".unmatched_keys." in problem.key
    }


TOLD = {
    "mapping.same_keys.products": "GTXPro → GTX Pro",
    "mapping.unmatched_keys.products": "Tea",
}


def test_facts_after_their_list(home, tmp_path):
    assert brought(home, tmp_path, "products.csv", PRODUCTS) == {}
    assert brought(home, tmp_path, "deals.csv", DEALS) == TOLD


def test_a_list_after_its_facts(home, tmp_path):
    assert brought(home, tmp_path, "deals.csv", DEALS) == {}
    assert brought(home, tmp_path, "products.csv", PRODUCTS) == TOLD
