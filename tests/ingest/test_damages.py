"""Damaged lines: put right in the one way that fits, or named; never another row without a word."""

import pytest

from salesdash.ingest.files.recutting import Cutter, Piece
from salesdash.ingest.reading import Dialect
from tests.ingest import kit

HEAD = ("date", "time", "qty", "code", "price", "product", "note", "url", "comments")
ROWS = [
    ("28/01/2018", "00:00", "2", "MG-8769", "$74.69", "Men's Hiking Boots"),
    ("29/01/2018", "00:15", "0", "RI-3895", "$29.81", "Running Jacket"),
    ("30/01/2018", "00:30", "11", "RI-8070", "$80.8", '"Rug, Blue"'),
    ("31/01/2018", "00:45", "1", "RI-9546", "$25.55", "Switch Rod"),
    ("13/02/2018", "01:00", "9", "CC-9259", "$48.00", "Pillow"),
    ("14/02/2018", "01:15", "1", "CC-1697", "$134.22", '"Tee, Print"'),
    ("15/02/2018", "01:30", "2", "RI-6052", "$89.34", "Towel"),
]
LINES = [
    [*row, f'"Warm, dry and {name.lower()}."', f'"https://example.com/{name}.html"', ""]
    for row, name in zip(ROWS, ("Ann", "Bo", "Cid", "Dee", "Eva", "Flo", "Gus"), strict=True)
]
RIGHT = [tuple(cell.strip('"') for cell in line) for line in LINES]
COLUMNS = range(len(HEAD))


def written(lines: list[str]) -> str:
    return "\n".join((",".join(HEAD), *lines)) + "\n"


def damaged(row: int, line: str) -> str:
    return written([line if n == row else ",".join(cells) for n, cells in enumerate(LINES)])


def outcome(folder, row: int, line: str) -> str:
    """`right`, `named`: all other rows are there and this one is rejected; else the wrong rows."""
    reading = kit.read(folder, damaged(row, line))
    got = kit.rows(reading)
    if got == RIGHT:
        told = [bad.line for bad in reading.repaired]
        return "right" if told == [row + 2] else "right without a word"
    if got == RIGHT[:row] + RIGHT[row + 1 :] and [b.line for b in reading.rejected] == [row + 2]:
        return "named"
    return str([found for found in got if found not in RIGHT])


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row", [0, 2, 5])
def test_a_separator_too_many(tmp_path, row, column):
    cells = LINES[row]
    line = ",".join((*cells[:column], "", *cells[column:]))
    assert outcome(tmp_path, row, line) == "right"


@pytest.mark.parametrize("column", COLUMNS[1:])
@pytest.mark.parametrize("row", [0, 2, 5])
def test_a_separator_that_is_missing(tmp_path, row, column):
    cells = LINES[row]
    line = ",".join((*cells[: column - 1], cells[column - 1] + cells[column], *cells[column + 1 :]))
    assert outcome(tmp_path, row, line) == "right"


@pytest.mark.parametrize("row", range(len(ROWS)))
def test_a_line_cut_by_another_delimiter(tmp_path, row):
    assert outcome(tmp_path, row, " ".join(LINES[row])) == "right"
    assert outcome(tmp_path, row, ";".join(LINES[row])) == "right"


def test_a_comma_in_a_name_without_quotes(tmp_path):
    lines = [f"{n},Ann,2024-01-0{n},12.50" for n in range(1, 8)]
    lines[3] = "4,Smith, John,2024-01-04,12.50"
    reading = kit.read(tmp_path, "\n".join(("id,customer,date,amount", *lines)))
    assert kit.rows(reading)[3] == ("4", "Smith, John", "2024-01-04", "12.50")
    assert [(bad.line, bad.reason) for bad in reading.repaired] == [
        (5, "repair.unquoted_delimiter")
    ]


def test_a_comma_between_two_names_could_belong_to_either(tmp_path):
    lines = [f"{n},Ann,Tea,2024-01-0{n},12.50" for n in range(1, 8)]
    lines[3] = "4,Ann,Lee,Tea,2024-01-04,12.50"
    reading = kit.read(tmp_path, "\n".join(("id,customer,product,date,amount", *lines)))
    assert [(bad.line, bad.reason) for bad in reading.rejected] == [(5, "reject.too_many_cells")]
    assert reading.books.rows == 6


def test_a_missing_separator_is_not_hidden_by_a_comma_in_the_text(tmp_path):
    """Cut at every comma, the line has nine cells too: they are the wrong ones."""
    cells = LINES[0]
    line = ",".join(cells[:5]) + ',Boots"Warm, dry.",' + ",".join(cells[7:])
    reading = kit.read(tmp_path, damaged(0, line))
    assert kit.rows(reading)[0][5:7] == ("Boots", "Warm, dry.")
    assert [bad.reason for bad in reading.repaired] == ["repair.missing_separator"]


def test_inches_are_no_quotes(tmp_path):
    lines = [f'{n},Poster 10"x12",5.0{n}' for n in range(1, 8)]
    reading = kit.read(tmp_path, "\n".join(("id,product,amount", *lines)))
    assert kit.rows(reading)[0] == ("1", 'Poster 10"x12"', "5.01")
    assert (reading.books.rows, reading.rejected, reading.repaired) == (7, (), ())


def test_a_price_before_a_name_that_begins_with_a_digit_is_not_guessed(tmp_path):
    lines = [f"{n},2024-01-0{n},5.10,Tape" for n in range(1, 8)]
    lines[3] = "4,2024-01-04,5.103M Tape"
    reading = kit.read(tmp_path, "\n".join(("id,date,amount,product", *lines)))
    assert [(bad.line, bad.reason) for bad in reading.rejected] == [(5, "reject.too_few_cells")]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("iddate,customer,amount", ("id", "date", "customer", "amount")),
        ("id date customer amount", ("id", "date", "customer", "amount")),
        ('id,date,"customer"amount', ("id", "date", "customer", "amount")),
        ('id,date,"customer""amount"', ("id", "date", "customer", "amount")),
    ],
)
def test_a_header_that_is_cut_wrongly(tmp_path, header, columns):
    lines = [f"{n},2024-01-0{n},Ann,5.1" for n in range(1, 8)]
    reading = kit.read(tmp_path, "\n".join((header, *lines)))
    assert reading.tables[0].columns == columns
    assert reading.books.rows == 7
    assert [note.key for note in reading.notes] == ["reading.header_repaired"]


def test_a_space_delimited_text_with_spaces_in_names(tmp_path):
    names = ("Hiking Boots", "Rod", "Blue Wool Rug", "Towel", "Tee", "Hat", "Cap", "Old Hat")
    lines = [f"2024-01-0{n} {n} {name} 12.50" for n, name in enumerate(names, start=1)]
    reading = kit.read(tmp_path, "\n".join(("date qty product amount", *lines)))
    assert [row[2] for row in kit.rows(reading)] == list(names)
    assert len(reading.repaired) == 3


def test_pieces_of_a_line():
    cutter = Cutter(Dialect(","))
    assert cutter.pieces('a,"b,c",d"e"', ",") == [
        Piece("a"),
        Piece("b,c", quoted=True),
        Piece("d"),
        Piece("e", quoted=True),
    ]
    assert cutter.pieces('"a"b', ",") == [Piece("a", quoted=True), Piece("b")]
    assert Cutter.of(Dialect(",", "'")) is None


def test_what_is_too_long_or_too_wide_is_left_alone():
    cutter = Cutter(Dialect(","))
    assert cutter.recut("a," * 30_000, ("number", "text")) is None
    assert cutter.recut("1,b", ("number",)) is None
    assert cutter.recut("", ("number", "text")) is None


@pytest.mark.parametrize(
    ("header", "row", "damaged"),
    [
        ("id,customer,kind,price,quantity,cut", "{n},Ann,Tea,34.8,15,0.2", "4,AnnTea,34.8,15,0.2"),
        ("id,customer,kind,price,quantity,cut", "{n},Ann,Tea,34.8,15,0.2", "4,Ann,Tea,34.815,0.2"),
        ("id,name,year,staff,place,parent", "{n},Acme,2010,150,Rome,", "4,Acme,2010,150,,Rome,"),
    ],
)
def test_digits_are_never_parted_and_numbers_never_joined_to_words(tmp_path, header, row, damaged):
    """Each of these once became another row: 1 and 5 of 15, or `150,` before Rome."""
    lines = [row.format(n=n) for n in range(1, 12)]
    if row.endswith(","):
        lines[7:] = [f"{line}Group" for line in lines[7:]]
    good = list(lines)
    lines[3] = damaged
    reading = kit.read(tmp_path, "\n".join((header, *lines)))
    rows = [",".join(cells) for cells in kit.rows(reading)]
    assert [text for text in rows if text not in good] == []
    assert reading.books.rows + reading.books.rejected == 11
