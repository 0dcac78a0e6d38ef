"""Deals: stages become outcomes, and nothing about them is guessed silently."""

from datetime import date
from decimal import Decimal

import pytest

from salesdash.ingest import Mapping
from salesdash.ingest.mapping.stages import by_word
from tests.ingest import kit
from tests.ingest.test_mapping import lines

HEADER = "Deal ID,Stage,Amount,Created Date,Close Date"


def outcomes(folder, *stages: str, **said) -> list[str]:
    rows = (f"{n},{stage},5,2024-01-05,2024-02-05" for n, stage in enumerate(stages))
    return kit.column(kit.of("deals", folder, lines(HEADER, *rows), **said)[1], "outcome")


def test_stages_become_outcomes(tmp_path):
    assert outcomes(tmp_path, "Closed Won", "Closed-Lost to Competition", "Prospecting") == [
        "won",
        "lost",
        "open",
    ]
    assert outcomes(tmp_path, "赢单", "输单", "初步接洽", "已签约", "作废") == [
        "won",
        "lost",
        "open",
        "won",
        "lost",
    ]
    assert outcomes(tmp_path, "Proposal/Price Quote", "NEGOTIATION/REVIEW") == ["open", "open"]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Deal won!", "won"),
        ("Lost - price", "lost"),
        ("Q3_won", "won"),
        ("客户流失", "lost"),
        ("Not won yet", None),
        ("Won't buy", None),
        ("No longer won", None),
        ("Won, cancelled", None),
        ("Lost - no budget", "lost"),
        ("未成交", None),
        ("没有成交", None),
        ("成交失败", None),
        ("输单：不需要", "lost"),
        ("待签约", None),
        ("预计成交", None),
        ("Wonder", None),
        ("Quoted", None),
    ],
)
def test_a_word_says_it_or_nobody_does(word, outcome):
    assert by_word(word) == outcome


def test_unknown_stages_are_one_question(tmp_path):
    text = lines(HEADER, "1,Quoted,5,,", "2,Won,5,,", "3,On hold,5,,")
    mapping = kit.plans(tmp_path, text)[0]
    assert [(q.id, q.options, q.samples) for q in mapping.questions] == [
        ("stages", ("open", "won", "lost"), ("On hold", "Quoted"))
    ]
    said = {"quoted": "open", "ON HOLD": "lost"}
    mapping, result = kit.of("deals", tmp_path, text, stages=said)
    assert kit.column(result, "outcome") == ["open", "won", "lost"]
    reading = kit.read(tmp_path, text)
    again = kit.propose(reading, kit.DATASETS["deals"], mapping)
    assert again.questions == ()
    assert Mapping.from_json(again.to_json()) == again


def test_a_stage_nobody_saw_is_rejected_by_name(tmp_path):
    text = lines("Deal ID,Wo,Amount", *(f"{n},Won,5" for n in range(500)), "500,Parked,5")
    mapping, result = kit.of("deals", tmp_path, text, columns={"Wo": "stage"})
    assert mapping.column("stage") is not None
    assert (result.counts.loaded, result.counts.rejected) == (500, 1)
    (group,) = result.rejects
    assert (group.reason, group.column, group.example) == ("reject.stage", "Wo", "Parked")


def test_an_outcome_beside_the_stage_wins(tmp_path):
    text = lines("Deal ID,Stage,Won", "1,Odd one,true", "2,Proposal,false", "3,Closed Lost,false")
    _, result = kit.of("deals", tmp_path, text, stages={"Odd one": "open"})
    assert kit.column(result, "outcome", "stage") == [
        ("won", "Odd one"),
        ("open", "Proposal"),
        ("lost", "Closed Lost"),
    ]


def test_an_outcome_in_every_row_leaves_no_stage_to_ask_about(tmp_path):
    text = lines("Deal ID,Stage,Outcome", "1,Qualified,won", "2,Offered,open", "3,Lead In,lost")
    (mapping,) = kit.plans(tmp_path, text)
    assert mapping.questions == ()
    (mapping,) = kit.plans(tmp_path, text.replace(",lost", ","))
    assert [question.samples for question in mapping.questions] == [
        ("Lead In", "Offered", "Qualified")
    ]


def test_an_outcome_alone_is_the_stage_too(tmp_path):
    text = lines("Deal Name,Result", "A,赢单", "B,输单", "C,")
    _, result = kit.of("deals", tmp_path, text)
    assert kit.column(result, "outcome", "stage") == [("won", "赢单"), ("lost", "输单")]
    assert [group.reason for group in result.rejects] == ["reject.missing"]


def test_dates_amount_and_customer_may_be_missing(tmp_path):
    text = lines(HEADER, "1,Prospecting,,,", "2,Won,5.5,2024-01-05,2024-02-05")
    _, result = kit.of("deals", tmp_path, text)
    assert kit.column(result, "created_date", "amount")[0] == (None, None)
    assert (result.counts.loaded, result.counted, Decimal(result.amount)) == (2, 2, Decimal("5.5"))
    assert str(result.first_day) == "2024-01-05"


def test_lost_deals_that_all_carry_zero_carry_nothing(tmp_path):
    text = lines(HEADER, "1,Lost,0,,", "2,Won,0,,", "3,Lost,0,,", "4,Prospecting,,,")
    _, result = kit.of("deals", tmp_path, text)
    assert kit.column(result, "amount") == [None, 0, None, None]
    assert [(w.key, w.values) for w in result.warnings] == [
        ("cleaning.zero_is_unknown", {"count": 2})
    ]
    one_real = text.replace("3,Lost,0", "3,Lost,7")
    assert kit.column(kit.of("deals", tmp_path, one_real)[1], "amount") == [0, 0, 7, None]


def test_void_and_unapproved_records_are_kept_and_not_counted(tmp_path):
    text = lines(
        "商机名称,商机阶段,商机金额,生命状态",
        "甲,赢单,5,正常",
        "乙,赢单,6,作废",
        "丙,初步接洽,7,审核中",
        "丁,无效,8,正常",
    )
    _, result = kit.of("deals", tmp_path, text)
    assert kit.column(result, "counts") == [True, False, False, True]
    assert (result.counts.loaded, result.counted) == (4, 2)
    assert "cleaning.void_rows" in [w.key for w in result.warnings]


def test_probability_in_percent(tmp_path):
    text = lines("Deal ID,Stage,Probability (%)", "1,Won,100", "2,Proposal,70", "3,Lost,0")
    assert kit.column(kit.of("deals", tmp_path, text)[1], "probability") == [1, Decimal("0.7"), 0]
    signed = lines("Deal ID,Stage,赢率", "1,Won,100%", "2,Proposal,70%")
    assert kit.column(kit.of("deals", tmp_path, signed)[1], "probability") == [1, Decimal("0.7")]


def test_a_key_that_stands_twice_is_told(tmp_path):
    text = lines(HEADER, "1,Won,5,,", "1,Won,6,,", ",Won,7,,")
    _, result = kit.of("deals", tmp_path, text)
    assert (result.documents, result.without_document, result.counts.loaded) == (1, 1, 3)
    assert {(w.key, w.values["count"]) for w in result.warnings} == {
        ("cleaning.without_key", 1),
        ("cleaning.repeated_keys", 1),
    }


def test_the_days_covered_are_those_on_which_something_happened(tmp_path):
    rows = ("1,Won,5,2024-01-05,2024-03-07", "2,Open,5,2024-01-03,2030-01-01", "3,Lost,5,,")
    done = kit.of("deals", tmp_path, lines(HEADER, *rows))[1]
    assert (done.first_day, done.last_day) == (date(2024, 1, 3), date(2024, 3, 7))


def test_a_converted_lead_covers_the_day_of_that(tmp_path):
    text = lines("Lead ID,Created Date,Converted Date", "1,2024-01-05,2024-04-01", "2,2024-02-01,")
    done = kit.of("leads", tmp_path, text)[1]
    assert (done.first_day, done.last_day) == (date(2024, 1, 5), date(2024, 4, 1))
