"""Forgetting: no trace of the name is left in the home, and no figure changes, at any cut."""

import itertools
import os
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from salesdash import config
from salesdash.commands.office import DEFAULT_CONFIG
from salesdash.datasets import DATASETS
from salesdash.errors import DataRefused, StorageError, UsageError
from salesdash.imports import (
    Disk,
    Home,
    Mode,
    Request,
    again,
    backup,
    commit,
    rebuild,
    redo,
    rejects,
    restore,
    stage,
    undo,
)
from salesdash.imports.forgetting import Kind, forget
from salesdash.metrics import bind
from salesdash.selection import Filter, Selection
from salesdash.warehouse.questions import measure
from salesdash.workspace import EventKind, Promise, Stamp, Status
from tests import doomed
from tests.imports.build import NOW

SETTINGS = config.load(DEFAULT_CONFIG)
STAMP = Stamp("Ana", NOW)

ORDERS = """Order No,Order Date,Customer ID,Customer,E-mail,Salesperson,Amount
A-1,2025-01-05,C1,Bergmann GmbH,b@bergmann.example,Ana Ruiz,100.00
A-2,2025-02-05,C2,Lindqvist,l@lindqvist.example,Owen Castellano,50.00
A-3,2026-01-05,C1,Bergmann GmbH,b@bergmann.example,Owen Castellano,200.00
A-4,2026-01-06,C1,Bergmann GmbH,b@bergmann.example,Owen Castellano,twelve
"""
LATER = """Order No,Order Date,Customer ID,Customer,E-mail,Salesperson,Amount
A-2,2025-02-05,C2,Lindqvist,l@lindqvist.example,Owen Castellano,60.00
A-5,2026-02-05,C3,Moreau,m@moreau.example,Ana Ruiz,70.00
"""
DEALS = """Deal No,Deal Name,Account,Stage,Amount,Created Date,Close Date,Owner
D1,Pumps for Bergmann GmbH,Bergmann GmbH,Closed Won,900,2025-11-01,2026-01-09,Ana Ruiz
D2,Valves,Lindqvist,Closed Lost,400,2025-11-01,2026-01-10,Owen Castellano
"""
AFTER = """Order No,Order Date,Customer ID,Customer,E-mail,Salesperson,Amount
A-6,2026-03-05,C1,Bergmann GmbH,b@bergmann.example,Ana Ruiz,30.00
A-7,2026-03-06,C4,Okafor,o@okafor.example,Ana Ruiz,40.00
"""


def bring(home, folder, name, text, **said):
    path = folder / name
    path.write_text(text, "utf-8")
    found = stage(home, Request(path, name, **said), NOW)
    assert not found.questions, found.questions
    return commit(home, found, "Ana", NOW)


def opened(folder, **options):
    return Home.open(folder, now=NOW, settings=SETTINGS, **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Orders, later orders that change one, deals; the deals undone and brought back."""
    place = tmp_path_factory.mktemp("made")
    home = opened(place / "home")
    bring(home, place, "orders.csv", ORDERS)
    bring(home, place, "Bergmann GmbH later.csv", LATER)
    bring(home, place, "deals.csv", DEALS, dataset="deals")
    undo(home, 3, "Ana", NOW)
    redo(home, 3, "Ana", NOW)
    home.close()
    return place / "home"


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture
def home(folder):
    found = opened(folder)
    yield found
    found.close()


IDS = (
    "sales",
    "orders",
    "active_customers",
    "new_customers",
    "won_amount",
    "win_rate",
    "deals_won",
)


def figures(home):
    """All metrics there are, at all cuts, in total and by dimensions that name nobody."""
    warehouse = home.warehouse
    metrics = bind(SETTINGS, {name: warehouse.columns(name) for name in DATASETS})
    ids = tuple(metric.id for metric in metrics.offered)
    found = {}
    for cut in (*range(1, warehouse.version + 1), None):
        asked = measure(warehouse, metrics, ids, Selection(None, cut=cut), windows=(None,))
        found[cut] = {name: asked.figure(name).value for name in ids}
    return found


def bare(home):
    """Rows, counts of customers and sums at each cut, asked in plain SQL."""
    found = []
    for cut in range(1, 6):
        for dataset in ("sales", "deals"):
            relation = home.warehouse.relation(dataset, cut)
            found += home.engine.rows(
                f"select count(*), count(distinct customer), count(distinct person), sum(amount) "
                f"from {relation} as r"
            )
    return found


def traces(folder, *words):
    """Files of a home that still hold a word, unpacked where they are packed."""
    found = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        held = path.read_bytes()
        if path.suffix == ".zst":
            with pa.CompressedInputStream(str(path), "zstd") as stream:
                held = stream.read()
        if path.suffix == ".parquet":
            held = str(pq.read_table(path).to_pylist()).encode()
        found += [(path.name, w) for w in words if w.lower().encode() in held.lower()]
    return found


WORDS = ("Bergmann", "b@bergmann")


def test_a_customer_is_gone_and_all_figures_are_as_before(home, folder):
    before, plain = figures(home), bare(home)
    assert traces(folder, *WORDS)
    done = forget(home, "Bergmann GmbH", Kind.CUSTOMER, STAMP)
    assert done.event.kind is EventKind.FORGET
    after = figures(home)
    assert {cut: after[cut] for cut in before} == before
    assert after[done.event.id] == before[5]
    assert bare(home) == plain
    keys = home.engine.rows(
        "select distinct customer, customer_name, x_e_mail from sales order by 1"
    )
    assert keys == [
        ("C2", "Lindqvist", "l@lindqvist.example"),
        ("C3", "Moreau", "m@moreau.example"),
        (done.subject.token, done.subject.token, None),
    ]
    deals = home.engine.rows("select customer, deal_name from deals order by deal")
    assert deals[0] == (done.subject.token, f"Pumps for {done.subject.token}")
    home.close()
    again = opened(folder)  # free pages of the projection go with its file
    assert figures(again)[5] == before[5]
    again.close()
    assert traces(folder, *WORDS) == []


@pytest.mark.parametrize("given", ["C1", "bergmann gmbh", " Bergmann GmbH "])
def test_key_and_name_mean_the_same_customer(home, given):
    done = forget(home, given, Kind.CUSTOMER, STAMP, dry=True)
    assert {"C1", "Bergmann GmbH"} <= set(done.subject.values)
    assert done.rows == {"sales": 2, "deals": 1}
    assert done.rejects == 1


def test_a_look_changes_nothing(home, folder):
    names = sorted(path.name for path in folder.rglob("*"))
    done = forget(home, "C1", Kind.CUSTOMER, STAMP, dry=True)
    assert done.event is None
    assert (done.rewritten, done.dropped) == ((1, 3), ())
    assert sorted(path.name for path in folder.rglob("*")) == names
    assert len(home.workspace.log.events()) == 5


def test_a_rebuild_and_a_backup_know_the_token_alone(home, tmp_path):
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    before = figures(home)
    rebuild(home)
    assert figures(home) == before
    backup(home, tmp_path / "b.zip")
    restore(tmp_path / "b.zip", tmp_path / "other")
    other = opened(tmp_path / "other")
    assert figures(other) == before
    other.close()
    assert traces(tmp_path / "other", *WORDS) == []
    assert traces(tmp_path / "other", done.subject.token)


def test_a_later_file_that_names_the_customer_comes_in_with_the_token(home, folder, tmp_path):
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    event = bring(home, tmp_path, "after Bergmann GmbH.csv", AFTER)
    assert event.file_name == f"after {done.subject.token}.csv"
    told = [each["values"] for each in event.warnings if each["key"] == "import.forgotten"]
    assert told == [{"count": 1, "token": done.subject.token}]
    found = home.engine.rows(
        "select customer, customer_name, x_e_mail, amount from sales where document >= 'A-6' "
        "order by document"
    )
    token = done.subject.token
    assert [row[:3] for row in found] == [
        (token, token, None),
        ("C4", "Okafor", "o@okafor.example"),
    ]
    assert int(home.engine.rows("select count(distinct customer) from sales")[0][0]) == 4
    home.close()
    assert [t for t in traces(folder, *WORDS) if t[0] != "warehouse.duckdb"] == []


def test_a_later_file_that_names_the_customer_in_a_rejected_row_or_under_a_new_key(
    home, folder, tmp_path
):
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    text = AFTER.replace("C1,Bergmann GmbH", "C9,Bergmann GmbH")
    text += "A-8,2026-03-05,C1,Bergmann GmbH,b@bergmann.example,Ana Ruiz,thirty\n"
    event = bring(home, tmp_path, "after.csv", text)
    rows = home.engine.rows("select customer, customer_name from sales where document = 'A-6'")
    assert rows == [("C9", done.subject.token)]
    (reject,) = rejects(home, event.id)
    assert (reject.raw["Customer ID"], reject.raw["Customer"]) == (done.subject.token,) * 2
    home.close()
    opened(folder).close()
    assert traces(folder, "Bergmann GmbH") == []


@pytest.mark.parametrize("decided", [False, True], ids=["committed", "decided anew, committed"])
def test_a_file_that_was_on_the_doorstep_brings_no_name_back(decided, home, folder, tmp_path):
    path = tmp_path / "after.csv"
    path.write_text(AFTER, "utf-8")
    found = stage(home, Request(path, path.name), NOW)
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    if decided:
        found = again(found, replace(found.request, mode=Mode.APPEND))
    commit(home, found, "Ana", NOW)
    rows = home.engine.rows("select customer, customer_name from sales where document = 'A-6'")
    assert rows == [(done.subject.token,) * 2]
    home.close()
    opened(folder).close()
    assert traces(folder, "Bergmann GmbH") == []


def test_the_same_file_again_is_still_known(home, tmp_path):
    forget(home, "C1", Kind.CUSTOMER, STAMP)
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    assert stage(home, Request(path, "orders.csv"), NOW).duplicate_of == 1


def test_rejects_and_the_kept_file_keep_all_but_the_names(home):
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    (reject,) = rejects(home, 1)
    token = done.subject.token
    assert (reject.raw["Customer"], reject.raw["Customer ID"], reject.raw["E-mail"]) == (
        token,
        token,
        "",
    )
    assert reject.raw["Amount"] == "twelve"
    original = home.originals / home.done()[0].original
    with pa.CompressedInputStream(str(original), "zstd") as stream:
        lines = stream.read().decode().splitlines()
    assert lines[1] == f"A-1,2025-01-05,{token},{token},,Ana Ruiz,100.00"
    assert lines[2] == ORDERS.splitlines()[2]
    assert home.done()[1].file_name == f"{token} later.csv"


def test_a_person_is_gone_from_rows_and_from_what_people_wrote(home, folder):
    workspace = home.workspace
    promise = Promise("Call Ana Ruiz about pumps", owner="Ana Ruiz")
    scope = (Filter("person", ("Ana Ruiz",)),)
    promise = replace(promise, metric="sales", scope=scope)
    number = workspace.actions.make(promise, Stamp("Ana Ruiz", NOW))
    workspace.comments.add(number, "Ana Ruiz calls on Monday", Stamp("Ana Ruiz", NOW))
    workspace.training.add("Ana Ruiz", STAMP)
    shown = ("Bo", "product", "pricing"), ("heard on a call", "Ana Ruiz, Cleo")
    workspace.learning.state(*shown, STAMP, 0)
    before, plain = figures(home), bare(home)
    done = forget(home, "Ana Ruiz", Kind.PERSON, STAMP)
    assert {cut: figures(home)[cut] for cut in before} == before
    assert bare(home) == plain
    (action,) = workspace.actions.all()
    assert workspace.training.people() == ("Bo", done.subject.token)
    assert (action.owner, action.made_by) == (done.subject.token, done.subject.token)
    assert action.scope == (Filter("person", (done.subject.token,)),)
    (comment,) = workspace.comments.of(number)
    assert comment.who == done.subject.token
    # words of people stay, and are told
    assert (action.text, comment.text) == ("Call Ana Ruiz about pumps", "Ana Ruiz calls on Monday")
    told = {place for place, _, _ in done.workspace.texts}
    assert told == {
        *("actions.text", "action_comments.text", "revisions.content"),
        "evidence.witness",  # one name among others
    }
    assert "Ana Ruiz" not in {said for _, _, said in done.workspace.texts}  # that was replaced
    people = {row[0] for row in home.engine.rows("select distinct person from sales")}
    assert people == {done.subject.token, "Owen Castellano"}
    home.close()
    left = {name for name, _ in traces(folder, "Ana Ruiz")}
    assert left <= {"workspace.sqlite", "warehouse.duckdb"}


STAFF = """Salesperson,Team,E-mail
Ana Ruiz,North,ana@house.example
Owen Castellano,South,owen@house.example
"""


def test_contacts_of_a_person_go_and_those_of_customers_stay(home, folder, tmp_path):
    bring(home, tmp_path, "staff.csv", STAFF, dataset="people")
    done = forget(home, "Ana Ruiz", Kind.PERSON, STAMP)
    people = home.engine.rows("select person, team, x_e_mail from people order by team")
    assert people == [
        (done.subject.token, "North", None),
        ("Owen Castellano", "South", "owen@house.example"),
    ]
    mails = home.engine.rows("select count(x_e_mail) from sales")
    assert mails == [(4,)]
    home.close()
    opened(folder).close()
    assert traces(folder, "Ana Ruiz", "ana@house") == []


def test_whom_nobody_knows_and_whom_several_are(home, tmp_path):
    with pytest.raises(UsageError) as unknown:
        forget(home, "Nobody", Kind.CUSTOMER, STAMP)
    assert unknown.value.key == "forget.unknown.customer"
    with pytest.raises(UsageError):
        forget(home, "Bergmann GmbH", Kind.PERSON, STAMP)
    twice = AFTER.replace("Okafor", "Lindqvist")
    bring(home, tmp_path, "twice.csv", twice)
    with pytest.raises(DataRefused) as several:
        forget(home, "Lindqvist", Kind.CUSTOMER, STAMP)
    assert several.value.values["keys"] == "C2, C4"
    done = forget(home, "C2", Kind.CUSTOMER, STAMP)
    found = home.engine.rows("select customer, customer_name from sales where document = 'A-7'")
    assert found == [("C4", "Lindqvist")]  # another customer of that name stays
    assert done.subject.names == ()


def test_it_cannot_be_undone(home):
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    for act in (undo, redo):
        with pytest.raises(UsageError) as error:
            act(home, done.event.id, "Ana", NOW)
        assert error.value.key == "event.forgotten"


def test_a_workbook_that_names_them_goes(home, tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "orders.xlsx")
    sheet = book.add_worksheet()
    for number, line in enumerate(AFTER.splitlines()):
        sheet.write_row(number, 0, line.split(","))
    book.close()
    found = stage(home, Request(tmp_path / "orders.xlsx", "orders.xlsx"), NOW)
    commit(home, found, "Ana", NOW)
    done = forget(home, "C1", Kind.CUSTOMER, STAMP)
    assert done.dropped == (6,)
    assert home.workspace.log.event(6).original is None
    rebuild(home)


def test_copies_that_the_inbox_keeps_go_and_what_waits_there_is_told(home, folder, tmp_path):
    done = home.disk.folder(home.inbox / "done")
    (done / "orders.csv").write_text(ORDERS)
    (done / "other.csv").write_text("x")
    (home.inbox / "later.csv").write_text(AFTER)
    found = forget(home, "C1", Kind.CUSTOMER, STAMP)
    assert sorted(path.name for path in done.iterdir()) == ["other.csv"]
    assert found.inbox == ("later.csv",)


@pytest.mark.parametrize("step", ["pending", "redacted"])
def test_a_failure_on_the_way_leaves_the_rows_and_can_be_repeated(home, step):
    before = bare(home)

    def on_step(name):
        if name == step:
            raise StorageError("power")

    home.on_step = on_step
    with pytest.raises(StorageError):
        forget(home, "C1", Kind.CUSTOMER, STAMP)
    home.on_step = lambda _: None
    with home.writing():  # settles what was interrupted
        assert home.workspace.log.events(Status.PENDING) == ()
    assert home.engine.rows("select count(*) from sales where customer = 'C1'") == [(2,)]
    rebuild(home)
    assert bare(home) == before
    forget(home, "C1", Kind.CUSTOMER, STAMP)
    assert bare(home) == before


class Killed(BaseException):
    pass


class Fatal(Disk):
    def __init__(self, number):
        self.left = number

    def call(self, _name, _path):
        self.left -= 1
        if self.left <= 0:
            raise Killed


def test_a_death_at_any_call_to_the_disk_leaves_all_or_nothing(made, tmp_path):
    before = None
    for number in itertools.count(1, 4):
        place = Path(shutil.copytree(made, tmp_path / str(number)))
        home = opened(place)
        before = before or bare(home)
        home.disk = Fatal(number)
        try:
            forget(home, "C1", Kind.CUSTOMER, STAMP)
        except Killed:
            survived = False
        else:
            survived = True
        home.close()
        home = opened(place)
        assert home.workspace.log.events(Status.PENDING) == ()
        done = [e for e in home.done() if e.kind is EventKind.FORGET]
        assert bare(home) == before, number
        names = [row[0] for row in home.engine.rows("select customer_name from sales")]
        assert ("Bergmann GmbH" in names) is not bool(done)
        if not done:
            forget(home, "C1", Kind.CUSTOMER, STAMP)
        home.close()
        left = [t for t in traces(place, *WORDS) if t[0] != "warehouse.duckdb"]
        assert left == [], number
        if survived:
            break
    assert number > 10


def forget_and_die(folder, fatal):
    """In a process of its own: killed at the named step."""

    def on_step(step):
        if step == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    forget(opened(Path(folder), on_step=on_step), "C1", Kind.CUSTOMER, STAMP)


STEPS = ("kept", "pending", "redacted", "applied", "done")


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_it_happened_or_can_be_done_again(folder, step):
    assert doomed.ending("tests.imports.test_forget:forget_and_die", str(folder), step) == -9
    home = opened(folder)
    done = [e for e in home.done() if e.kind is EventKind.FORGET]
    assert bool(done) is (step in ("applied", "done"))
    if not done:
        forget(home, "C1", Kind.CUSTOMER, STAMP)
    home.close()
    assert [t for t in traces(folder, *WORDS) if t[0] != "warehouse.duckdb"] == []


def test_copies_for_typed_questions_forget_at_once(home):
    before = home.copies.ready()
    assert b"Bergmann" in before.path.read_bytes()
    forget(home, "Bergmann GmbH", Kind.CUSTOMER, STAMP)
    assert not before.path.exists()
    after = home.copies.ready()
    assert after.version > before.version
    assert b"Bergmann" not in after.path.read_bytes()
    assert [file.name for file in after.path.parent.iterdir()] == [after.path.name]
