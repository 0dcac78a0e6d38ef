"""The amount of a line, told from the total of its document and checked against it."""

from salesdash.ingest import COMPUTED
from tests.ingest import kit
from tests.ingest.test_mapping import lines

HEADER = "Order ID,Order Date,Product,Quantity,Unit Price,Order Total"
ORDERS = (  # 2 x 5 + 1 x 3 = 13, 1 x 4 + 1 x 6 = 10, 3 x 2 + 1 x 1 = 7, and one line of 9
    "1,2024-01-05,Tea,2,5,13",
    "1,2024-01-05,Cup,1,3,13",
    "2,2024-01-06,Tea,1,4,10",
    "2,2024-01-06,Pot,1,6,10",
    "3,2024-01-07,Cup,3,2,7",
    "3,2024-01-07,Tea,1,1,7",
    "4,2024-01-08,Tea,1,9,9",
)


def told(done) -> dict[str, dict[str, object]]:
    keys = ("totals_agree", "totals_differ", "computed_differs")
    found = {w.key.removeprefix("cleaning."): w.values for w in done.warnings}
    return {key: found[key] for key in keys if key in found}


def test_a_total_repeated_on_the_lines_of_an_order_is_not_their_amount(tmp_path):
    done = kit.cleaned(tmp_path, lines(HEADER, *ORDERS))
    assert done.amount == "39.0000"
    assert [(c.name, c.role) for c in done.candidates] == [
        ("Order Total", "total"),
        (COMPUTED, "computed"),
    ]
    assert told(done) == {
        "totals_agree": {
            "column": "Order Total",
            "documents": 4,
            "apart": 0,
            "stated": "39.00",
            "added": "39.00",
        }
    }


def test_a_total_that_the_lines_do_not_reach_is_told(tmp_path):
    done = kit.cleaned(tmp_path, lines(HEADER, *ORDERS).replace(",13", ",15"))
    found = told(done)["totals_differ"]
    assert (found["apart"], found["stated"], found["added"]) == (1, "41.00", "39.00")


def test_a_total_in_the_first_line_alone_is_the_total_too(tmp_path):
    rows = [
        row if n in (0, 2, 4, 6) else row.rpartition(",")[0] + "," for n, row in enumerate(ORDERS)
    ]
    done = kit.cleaned(tmp_path, lines(HEADER, *rows))
    assert (done.amount, list(told(done))) == ("39.0000", ["totals_agree"])


def test_where_only_totals_are_named_the_amount_is_asked(tmp_path):
    text = lines(HEADER, *ORDERS).replace("Unit Price", "Xval").replace("Quantity", "Xnum")
    (question,) = kit.plan(tmp_path, text).questions
    assert (question.id, question.text) == ("amount", "question.amount_total")
    assert question.options == ("Xnum", "Xval", "Order Total")
    assert kit.plan(tmp_path, text, amount="Order Total").questions == ()


def test_lines_of_one_price_are_no_totals(tmp_path):
    """Everything costs 5: nothing says that this is the total of the order."""
    rows = [f"{n // 2},2024-01-05,P{n},1,5,5" for n in range(8)]
    mapping = kit.plan(tmp_path, lines(HEADER, *rows))
    assert (mapping.amount.name, mapping.amount.role) == ("Order Total", "gross")


def test_an_amount_that_price_and_quantity_do_not_give_is_told(tmp_path):
    text = lines(
        "Order ID,Order Date,Quantity,Unit Price,Amount",
        "1,2024-01-05,2,5,10",
        "2,2024-01-06,2,5,12",
    )
    found = told(kit.cleaned(tmp_path, text))["computed_differs"]
    assert (found["apart"], found["rows"]) == (1, 2)
    assert (found["amount"], found["computed"]) == ("22.00", "20.00")
    assert told(kit.cleaned(tmp_path, text.replace("12", "10"))) == {}


def test_rows_that_stand_twice_do_not_make_a_total(tmp_path):
    rows = [f"{n},2024-01-0{n},Tea,1,{n},{n}" for n in range(1, 5)]
    header = "Order ID,Order Date,Product,Quantity,Unit Price,Amount"
    done = kit.cleaned(tmp_path, lines(header, *rows, *rows))
    assert (done.amount, done.repeats) == ("20.0000", 4)
