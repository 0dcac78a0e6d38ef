"""The lives of deals: hazards and cohorts in plain loops, no look ahead, a truth that is found."""

from dataclasses import replace

import numpy as np
import pytest

from salesdash.analysis.winning import (
    BIN,
    BINS,
    MONTHS,
    NEVER,
    NO_STAGE,
    PRIOR,
    Book,
    Snapshot,
    came,
    expected,
)

DAYS = 500


def simulated(seed=1, rate=2.0, win=0.02, lose=0.03, days=DAYS):
    """Deals with constant chances a day to be won or lost, from the day after they were created."""
    rng = np.random.default_rng(seed)
    created = np.repeat(np.arange(days), rng.poisson(rate, days)) + 1000
    life = rng.geometric(win + lose, len(created))
    closed = created + life
    won = rng.random(len(created)) < win / (win + lose)
    amounts = rng.lognormal(5, 0.5, len(created))
    months = np.arange(2 * days) // 30 % MONTHS
    return Book(created, closed, won, amounts, False, months)


def plainly(book, known, end):
    """`expected` once more, deal by deal and day by day."""
    there = [n for n in range(len(book.created)) if book.created[n] < known]
    over = [n for n in there if book.closed[n] < known]
    risk, wins, losses = (np.zeros((MONTHS, BINS)) for _ in range(3))
    for n in there:
        for day in range(book.created[n], min(book.closed[n], known - 1) + 1):
            month = book.months[day - book.first]
            week = min((day - book.created[n]) // BIN, BINS - 1)
            risk[month, week] += 1
            if day == book.closed[n]:
                (wins if book.won[n] else losses)[month, week] += 1

    def chances(events):
        usual = events.sum() / risk.sum()
        by_age = [
            (events[:, w].sum() + PRIOR) / (risk[:, w].sum() + PRIOR / usual) for w in range(BINS)
        ]
        return [
            [(events[m, w] + PRIOR) / (risk[m, w] + PRIOR / by_age[w]) for w in range(BINS)]
            for m in range(MONTHS)
        ]

    win, lose = chances(wins), chances(losses)
    since = max(known - 91, book.first)
    rate = sum(book.created[n] >= since for n in there) / (known - since)
    sizes = [book.amounts[n] for n in over if book.won[n] and book.closed[n] >= known - 365]
    size = sum(sizes) / len(sizes)
    alive = [(book.created[n], 1.0, True) for n in there if n not in set(over)]
    deals = from_open = 0.0
    for day in range(known, end):
        month, still = book.months[day - book.first], []
        for born, share, old in alive:
            week = min((day - born) // BIN, BINS - 1)
            won = share * win[month][week]
            deals += won
            from_open += won if old else 0.0
            still.append((born, share * (1 - win[month][week] - lose[month][week]), old))
        alive = [*still, (day + 1, rate, False)]
    return deals, deals * size, from_open


def test_in_plain_loops():
    book = simulated(rate=0.4, days=250)
    found = expected(book, 1200, 1230)
    assert (found.deals, found.amount, found.from_open) == pytest.approx(plainly(book, 1200, 1230))


def test_nothing_is_known_of_what_comes_later():
    book = simulated()
    later = book.closed >= 1300
    other = replace(
        book,
        won=np.where(later, ~book.won, book.won),
        closed=np.where(later, NEVER, book.closed),
        amounts=np.where(later, 1e9, book.amounts),
    )
    assert expected(book, 1300, 1360) == expected(other, 1300, 1360)


def test_the_truth_is_found():
    """Two deals a day, of which two in five are won: 0.8 a day, whatever is open."""
    made = [expected(simulated(seed), 1400, 1460).deals for seed in range(12)]
    outcome = [came(simulated(seed), 1400, 1460).deals for seed in range(12)]
    assert np.mean(made) == pytest.approx(0.8 * 60, rel=0.06)
    assert np.mean(np.array(made) - outcome) == pytest.approx(0, abs=5)


def test_fewer_new_deals_are_seen_before_they_are_missed():
    """Nobody created any for the last 60 days: the pace of the quarter would not know it yet."""
    book = simulated()
    kept = (book.created < 1340) | (book.created >= 1400)
    dry = Book(
        *(each[kept] for each in (book.created, book.closed, book.won, book.amounts)),
        stated=False,
        months=book.months,
    )
    assert expected(dry, 1400, 1460).deals < 0.75 * expected(book, 1400, 1460).deals


def test_the_end_of_a_quarter_has_hazards_of_its_own():
    """All that is won is won in the third month."""
    book = simulated()
    third = book.months[np.minimum(book.closed - 1000, len(book.months) - 1)] == 2
    pushed = replace(book, won=book.won & third)
    first, last = expected(pushed, 1360, 1390), expected(pushed, 1420, 1450)
    assert book.months[360] == 0
    assert book.months[420] == 2
    assert last.deals > 3 * first.deals


def test_amounts_of_open_deals_count_where_they_are_stated():
    book = replace(simulated(), stated=True)
    still = book.closed >= 1300
    large = replace(book, amounts=np.where(still, 10 * book.amounts, book.amounts))
    known = expected(book, 1300, 1330)
    assert expected(large, 1300, 1330).amount > 3 * known.amount
    assert expected(large, 1300, 1330).deals == known.deals


def test_large_deals_are_lost_oftener():
    """Lost ones were twice as large: an open deal of 300 brings 200 once it is won."""
    created = np.repeat(np.arange(100), 2) + 1000
    won = np.tile([True, False], 100)
    amounts = np.where(won, 200.0, 400.0)
    closed = created + 5
    closed[-10:], amounts[-10:] = NEVER, 300.0
    book = Book(created, closed, won, amounts, True, np.zeros(200, dtype=np.int64))
    found = expected(book, 1100, 1130)
    assert found.amount / found.deals == pytest.approx(200, rel=0.01)


def test_too_few_and_none_won():
    assert expected(simulated(rate=0.02), 1200, 1230) is None
    book = simulated()
    nobody = replace(book, won=np.zeros(len(book.won), dtype=bool))
    assert expected(nobody, 1300, 1330).deals == 0
    assert expected(nobody, 1300, 1330).amount == 0


def test_what_came():
    book = Book(
        np.array([1, 1, 2]),
        np.array([5, 6, NEVER]),
        np.array([True, False, False]),
        np.array([10.0, 7.0, np.nan]),
        False,
        np.zeros(20, dtype=np.int64),
    )
    found = came(book, 2, 7)
    assert (found.deals, found.amount, found.from_open) == (1, 10, 1)
    assert came(book, 2, 5).deals == 0


def staged(book, days):
    """Snapshots of open deals: in the second stage are those that will be won within 30 days."""
    found = []
    for day in days:
        still = (book.created < day) & (book.closed >= day)
        late = book.won & (book.closed < day + 30)
        found.append(Snapshot(day, np.where(still, late.astype(np.int64), NO_STAGE)))
    return replace(book, snapshots=tuple(found))


def test_stages_tell_which_open_deals_are_won():
    """Stages that know the future make the open deals' part nearly right; none changes nothing."""
    book = simulated()
    plain = expected(book, 1400, 1430)
    assert expected(book, 1400, 1430, staged=True) == plain
    known = staged(book, range(1100, 1401, 30))
    found = expected(known, 1400, 1430, staged=True)
    assert expected(known, 1400, 1430) == plain
    true = came(book, 1400, 1430).from_open
    assert abs(found.from_open - true) < 0.5 * abs(plain.from_open - true)
    assert found.deals - found.from_open == pytest.approx(plain.deals - plain.from_open)


def test_a_stage_by_hand():
    """Of 40 deals a snapshot showed early 4 of 20 were won in time, of late ones 12 of 20.

    All of them: 16 of 40 = 0.4. Early (4 + 5 x 0.4) / (20 + 5) = 0.24, so 0.6 times as often;
    late (12 + 2) / 25 = 0.56, so 1.4 times. Two are open now, early one, late one, equally old.
    """
    stages = np.repeat([0, 1], 20)
    won = np.concatenate([np.arange(20) < 4, np.arange(20) < 12])
    created = np.full(42, 1000)
    created[40:] = 1090
    closed = np.where(np.append(won, [False, False]), 1020, 1050)
    closed[40:] = NEVER
    book = Book(
        created,
        closed,
        np.append(won, [False, False]),
        np.full(42, 100.0),
        stated=False,
        months=np.zeros(200, dtype=np.int64),
    )
    then = Snapshot(1010, np.append(stages, [NO_STAGE, NO_STAGE]))
    now = Snapshot(1100, np.append(np.full(40, NO_STAGE), [0, 1]))
    early = replace(now, stages=np.append(np.full(41, NO_STAGE), [0]))
    late = replace(now, stages=np.append(np.full(41, NO_STAGE), [1]))
    plain = expected(book, 1100, 1115).from_open

    def made(*snapshots):
        with_stages = replace(book, snapshots=snapshots)
        return expected(with_stages, 1100, 1115, staged=True).from_open

    assert made(then, now) == pytest.approx(plain)  # 0.6 + 1.4 = 2
    assert made(then, early) == pytest.approx(plain * (1 + 0.6) / 2)
    assert made(then, late) == pytest.approx(plain * (1 + 1.4) / 2)
    assert made(now) == plain  # nothing is old enough to tell


def test_no_stage_looks_ahead():
    book = staged(simulated(), range(1100, 1401, 30))
    later = tuple(replace(each, stages=1 - each.stages) for each in book.snapshots[-3:])
    other = replace(
        book,
        won=np.where(book.closed >= 1320, ~book.won, book.won),
        snapshots=(*book.snapshots[:-3], *later),
    )
    assert [each.day for each in later] == [1340, 1370, 1400]
    assert expected(book, 1320, 1340, staged=True) == expected(other, 1320, 1340, staged=True)
