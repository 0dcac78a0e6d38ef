"""What is typed: options before or behind the command, hints for what does not exist."""

import pytest

from salesdash.cli.parser import NAMES, language, overview, parse
from salesdash.commands import COMMANDS
from salesdash.commands.arguments import GOAL_ACTIONS, Nothing, make
from salesdash.commands.goals import ACTIONS
from salesdash.errors import UsageError


def typed(line: str):
    return parse(line.split(), "en")


def test_options_stand_before_or_behind_the_command(tmp_path):
    for line in (
        f"--home {tmp_path} --today 2026-01-31 --as Ann --json undo 3",
        f"undo 3 --json --as Ann --home {tmp_path} --today=2026-01-31",
    ):
        call = typed(line)
        assert (call.command, call.arguments, call.json) == ("undo", {"event": 3}, True)
        assert call.options.home == tmp_path
        assert call.options.who == "Ann"
        assert str(call.options.today) == "2026-01-31"


def test_a_query_in_full():
    call = typed(
        "query sales orders --by region --by channel --grain month --from 2026-01-01 "
        "--to 2026-03-31 --where region=North --compare last-year --as-of-cut 4 --csv"
    )
    assert call.csv
    assert call.arguments == {
        "metrics": ["sales", "orders"],
        "by": ["region", "channel"],
        "grain": "month",
        "from": "2026-01-01",
        "to": "2026-03-31",
        "where": ["region=North"],
        "compare": "last-year",
        "as_of_cut": 4,
    }


@pytest.mark.parametrize(
    "line",
    [
        "demo --scale 2",
        "import a.csv b.csv --map A=amount --map B=region --mode replace --sheet S --dates dmy "
        "--decimal , --encoding gbk --currency EUR --as-of 2026-01-01 --stage Quoted=open "
        "--dataset sales --profile p --amount A --yes --dry-run",
        "read a.csv --sheet S --encoding gbk",
        "imports",
        "redo 1",
        "rebuild",
        "rejects 2 --csv",
        "rejects 2 --repair mended.csv",
        "metrics",
        "check",
        "goals",
        "goals list",
        "goals set sales --target 1.2M --period 2026-Q4 --where region=North --each month",
        "goals set sales --plus 5% --of previous --period 2026-Q4 --under 3 --why x",
        "goals withdraw 3",
        "backup b.zip",
        "restore b.zip",
    ],
)
def test_what_is_typed_fits_the_arguments_of_its_command(line):
    call = typed(line)
    made = make(COMMANDS[call.command].arguments, call.arguments)
    assert call.arguments == {} or made != Nothing()


def test_what_goals_does_is_known_without_doing_it():
    assert tuple(ACTIONS) == GOAL_ACTIONS


def test_every_command_can_be_typed_and_has_help_in_both_languages():
    assert set(NAMES) == {"run", *COMMANDS}
    for lang in ("en", "zh"):
        page = overview(lang)
        for name in NAMES:
            assert f"\n  {name} " in page
            assert "cli." not in parse([name, "--help"], lang).help_text
            assert parse(["--help", name], lang).help_text == parse([name, "-h"], lang).help_text
        assert "cli." not in page


def test_nothing_typed_shows_the_overview():
    assert parse([], "en").command == ""
    assert parse(["--help"], "zh").help_text == overview("zh")


@pytest.mark.parametrize(
    ("line", "key", "suggestion"),
    [
        ("improt a.csv", "usage.command", "import"),
        ("zzz", "usage.command", None),
        ("query sales --form 2026-01-01", "usage.argument", "--from"),
        ("--hoem x check", "usage.argument", "--home"),
        ("undo three", "usage.typed", None),
        ("undo", "usage.typed", None),
        ("check --today tomorrow", "usage.day", None),
        ("check --lang fr", "usage.choice", None),
    ],
)
def test_what_does_not_exist_is_told_with_the_nearest(line, key, suggestion):
    with pytest.raises(UsageError) as caught:
        typed(line)
    assert caught.value.key == key
    assert caught.value.values.get("suggestion") == suggestion


@pytest.mark.parametrize(
    ("argv", "environment", "lang"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang", "zh"], {"LANG": "C"}, "zh"),
        (["query", "--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language_is_asked_for_or_of_the_locale(argv, environment, lang):
    assert language(argv, environment) == lang
