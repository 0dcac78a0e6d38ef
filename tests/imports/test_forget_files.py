"""Forgetting, file by file: words in texts, lines of originals, notes of people."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from salesdash.analysis import frozen
from salesdash.analysis.answers import Member, Reason
from salesdash.datasets.keys import folded
from salesdash.errors import StorageError
from salesdash.imports import Disk
from salesdash.imports.forgetting.columns import Columns
from salesdash.imports.forgetting.forget import rule
from salesdash.imports.forgetting.originals import Impossible, Writing, mentions, original
from salesdash.imports.forgetting.subject import Kind, Subject, stand_ins
from salesdash.metrics import Unit
from salesdash.periods import Period
from salesdash.selection import Filter
from salesdash.workspace import Occasion, Promise, Source, Stamp, Terms, Workspace
from salesdash.workspace.redaction import redact
from tests.imports.build import NOW

TOKEN = "forgotten-1"  # noqa: S105 - what stands for a name
BERGMANN = Subject(
    Kind.CUSTOMER, TOKEN, {"7": TOKEN, "Bergmann GmbH": TOKEN}, names=("Bergmann GmbH",)
)
ZHANG = Subject(Kind.PERSON, TOKEN, {"张三": TOKEN}, names=("张三",))


@pytest.mark.parametrize(
    ("subject", "text", "said"),
    [
        (BERGMANN, "Pumps for Bergmann GmbH, 2 of 7", f"Pumps for {TOKEN}, 2 of 7"),
        (BERGMANN, "BERGMANN GMBH Bergmann GmbH", f"{TOKEN} {TOKEN}"),
        (BERGMANN, "Bergmann GmbHs and Nordbergmann GmbH", "Bergmann GmbHs and Nordbergmann GmbH"),
        (ZHANG, "拜访张三，谈价格", f"拜访{TOKEN}，谈价格"),
    ],
)
def test_names_in_texts_are_whole_words_but_in_chinese(subject, text, said):
    assert subject.text(text) == said
    assert subject.is_in(text) is (text != said)


def test_json_is_replaced_in_depth():
    value = {"Bergmann GmbH": [1, None, "7", {"why": "for Bergmann GmbH"}]}
    assert BERGMANN.within(value) == {TOKEN: [1, None, TOKEN, {"why": f"for {TOKEN}"}]}


def test_filters_of_kept_addresses_lead_to_the_stand_in():
    query = {"where": ["customer:7", "customer:Bergmann GmbH", "region:7", "period:week:7"]}
    assert BERGMANN.within(query) == {
        "where": [f"customer:{TOKEN}", f"customer:{TOKEN}", "region:7", "period:week:7"]
    }


def test_other_writings_stay_apart_and_still_match():
    found = stand_ins(TOKEN, ["Bergmann GmbH", "bergmann gmbh"])
    assert list(found.values()) == [TOKEN, TOKEN + "."]
    assert len({folded(each) for each in found.values()}) == 1


COLUMNS = Columns(
    places={0: "document", 1: "customer", 2: "customer_name", 4: "amount"},
    fields={},
    hidden=frozenset({3}),
    count=5,
)


def rewritten(tmp_path, text, encoding="utf-8", delimiter=",", subject=BERGMANN):
    """The text of an original after forgetting; None: it was left as it is."""
    plain, packed, new = (tmp_path / name for name in ("a.csv", "a.zst", "b.zst"))
    plain.write_bytes(text.encode(encoding))
    Disk().compress(plain, packed)
    if not original(packed, new, subject, Writing(encoding, delimiter, COLUMNS)):
        return None
    with pa.CompressedInputStream(str(new), "zstd") as stream:
        return stream.read().decode(encoding)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A,7,Bergmann GmbH,b@x,7\r\n", f"A,{TOKEN},{TOKEN},,7\r\n"),
        ('A,7,"Bergmann GmbH",b@x,1\n', f"A,{TOKEN},{TOKEN},,1\n"),
        ("A,7,,b@x,1\n", f"A,{TOKEN},,,1\n"),  # no name where there was none
        ("A,7,Bergmann Old,b@x,1\n", f"A,{TOKEN},{TOKEN},,1\n"),  # a name of then
        ("A,8,Bergmann GmbH,c@x,1\n", f"A,8,{TOKEN},c@x,1\n"),
        ("A,7,Ｂergmann GmbH,b@x,1\n", f"A,{TOKEN},{TOKEN},,1\n"),
        ("A,9,Lindqvist,c@x,7\n", None),
        ("A,9,Lindqvist,c@x,1", None),
    ],
)
def test_lines_of_an_original_lose_name_key_and_contacts_and_nothing_else(tmp_path, line, said):
    assert rewritten(tmp_path, line) == said


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        ("A,7,Bergmann GmbH,b@x\n", "utf-8"),  # a cell is missing
        ('A,7,"Bergmann GmbH\nHamburg",b@x,1\n', "utf-8"),  # a cell of two lines
        ("Customers of Bergmann GmbH\n", "utf-8"),
        ("A,7,Bergmann GmbH,b@x,1\n", "no-such-encoding"),
    ],
)
def test_an_original_that_cannot_be_cut_into_cells_is_not_touched(tmp_path, line, encoding):
    with pytest.raises((Impossible, LookupError)):
        rewritten(tmp_path, line, encoding)


def test_an_original_that_is_no_delimited_text_is_not_touched(tmp_path):
    with pytest.raises(Impossible):
        original(tmp_path, tmp_path, BERGMANN, Writing(None, None, COLUMNS))


def test_encodings_stay(tmp_path):
    line = "A;7;Bergmann GmbH;b@x;1,50 €\r\n"
    said = rewritten(tmp_path, line, "cp1252", ";")
    assert said == f"A;{TOKEN};{TOKEN};;1,50 €\r\n"


@pytest.mark.parametrize(("held", "found"), [("of Bergmann GmbH", True), ("of Lindqvist", False)])
def test_other_formats_are_searched_for_the_name(tmp_path, held, found):
    path, packed = tmp_path / "a.json", tmp_path / "a.zst"
    path.write_text(held)
    Disk().compress(path, packed)
    assert mentions(packed, BERGMANN, tmp_path / "scratch") is found


def test_what_reads_like_a_name_or_key_and_is_none_stays(tmp_path):
    """The customer Target has the key 7; so has a goal, and an amount is 7, too."""
    target = Subject(Kind.CUSTOMER, TOKEN, {"7": TOKEN, "Target": TOKEN}, names=("Target",))
    days, stamp = (date(2026, 11, 16), date(2026, 11, 22)), Stamp("Ana", NOW)
    workspace = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    workspace.goals.add([Terms("sales", Period.through(*days), Decimal(7))], stamp)
    query = {"goal": ["7"], "where": ["customer:7", "customer:Target"]}
    promise = Promise("call", "Bo", origin=Source("goal", "7"), page="goals", query=query)
    workspace.actions.make(replace(promise, metric="sales", expected=Decimal(7)), stamp)
    meeting = workspace.meetings.open(Occasion("weekly", "week:2026-W47", *days), 1, (), stamp)

    def shown(who):
        values = (("target", Decimal(7)), ("who", Member(who)), ("told", f"Pumps for {who}"))
        return Reason("goals.word.target", (*values, ("unit", Unit.MONEY)))

    workspace.meetings.close(meeting.id, lambda: frozen.dumps(shown("Target")), stamp)
    redact(workspace, rule(target))
    assert workspace.goals.standing()[0].terms.target == 7
    (action,) = workspace.actions.all()
    assert (action.origin, action.expected) == (Source("goal", "7"), Decimal(7))
    filters = [f"customer:{TOKEN}", f"customer:{TOKEN}"]
    assert action.query == {"goal": ["7"], "where": filters}
    assert frozen.loads(workspace.meetings.get(meeting.id).answers) == shown(TOKEN)
    workspace.close()


def test_goals_and_who_wrote_change_and_reasons_stay(tmp_path):
    workspace = Workspace.open(tmp_path / "workspace.sqlite", NOW)
    terms = Terms(
        "sales",
        Period(date(2026, 1, 1), date(2026, 2, 1)),
        Decimal(5),
        scope=(Filter("customer", ("Bergmann GmbH",)),),
        reason="Bergmann GmbH wants more",
        owner="Ana",
    )
    workspace.goals.add([terms], Stamp("Bergmann GmbH", NOW))
    looked = redact(workspace, rule(BERGMANN), dry=True)
    assert workspace.goals.standing()[0].who == "Bergmann GmbH"
    done = redact(workspace, rule(BERGMANN))
    assert done.places == looked.places == {"goal_revisions": 2}
    (goal,) = workspace.goals.standing()
    assert (goal.who, goal.terms.scope[0].values) == (TOKEN, (TOKEN,))
    assert goal.terms.reason == "Bergmann GmbH wants more"
    assert done.texts == [("goal_revisions.reason", 1, "Bergmann GmbH wants more")]
    with pytest.raises(StorageError, match="revisions stay"), workspace.writing() as connection:
        connection.exec_driver_sql("delete from goal_revisions")  # the guards are back
    workspace.close()
