"""What was typed becomes a call: options, command, arguments. Words come from the locales."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from salesdash.cli.flags import FLAGS
from salesdash.commands import COMMANDS
from salesdash.commands.hints import near
from salesdash.commands.office import OPTIONS, Options
from salesdash.errors import UsageError
from salesdash.texts import t

PROGRAM = "python -m salesdash"
ONLY_HERE = ("run",)
"""Commands of the terminal alone."""

NAMES = (*ONLY_HERE, *COMMANDS)


METAVARS = {"home": "DIR", "config": "FILE", "today": "D", "as": "NAME", "lang": "en|zh"}


@dataclass(frozen=True)
class Call:
    """A parsed command line. `command` empty: show `help_text`."""

    options: Options
    command: str
    arguments: Mapping[str, object]
    json: bool = False
    csv: bool = False
    help_text: str = ""


def language(argv: Sequence[str], environment: Mapping[str, str]) -> str:
    """The reader's language: as asked with --lang, else of the locale."""
    for place, word in enumerate(argv):
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and place + 1 < len(argv):
            return argv[place + 1]
    locale = next(
        (environment[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(n)), ""
    )
    return "zh" if locale.lower().startswith("zh") else "en"


def parse(argv: Sequence[str], lang: str) -> Call:
    """The call that was typed; UsageError with a hint when there is no such thing."""
    ahead = _Parser(prog=PROGRAM, add_help=False, lang=lang)
    _add_options(ahead, lang)
    ahead.add_argument("-h", "--help", action="store_true")
    ahead.add_argument("command", nargs="?")
    ahead.add_argument("rest", nargs=argparse.REMAINDER)
    first = vars(ahead.parse_args(list(argv)))
    command, rest = first.pop("command"), first.pop("rest")
    if command is None:
        return _call(first, "", lang, overview(lang))
    if command not in NAMES:
        raise UsageError("usage.command", name=command, **near(command, NAMES))
    if first.pop("help"):
        rest = ["--help", *rest]
    return _of_command(command, rest, first, lang)


def overview(lang: str) -> str:
    """The page `--help` shows: every command with one line, and the options."""
    width = max(map(len, NAMES)) + 2
    commands = "\n".join(f"  {name:<{width}}{t('cli.command.' + name, lang)}" for name in NAMES)
    options = "\n".join(
        f"  {'--' + name + ' ' + METAVARS[name]:<18}{t('cli.option.' + name, lang)}"
        for name in OPTIONS
    )
    options += f"\n  {'--json':<18}{t('cli.option.json', lang)}"
    usage = t("cli.help.usage", lang, program=PROGRAM)
    return f"{usage}\n\n{commands}\n\n{options}\n\n{t('cli.help.more', lang, program=PROGRAM)}"


def _of_command(command: str, rest: Sequence[str], before: dict[str, object], lang: str) -> Call:
    parser = _Parser(prog=f"{PROGRAM} {command}", add_help=False, lang=lang)
    parser.description = t("cli.command." + command, lang)
    _add_options(parser, lang)
    parser.add_argument("-h", "--help", action="store_true", help=t("cli.option.help", lang))
    for flag in FLAGS[command]:
        words = t("cli.argument." + flag.name.strip("-").replace("-", "_"), lang)
        parser.add_argument(flag.name, help=words, default=argparse.SUPPRESS, **flag.keywords)  # type: ignore[arg-type]  # argparse takes any keywords
    if "-h" in rest or "--help" in rest:
        return _call(before, "", lang, parser.format_help())
    typed = {**before, **vars(parser.parse_args(list(rest)))}
    typed.pop("help", None)
    return _call(typed, command, lang, "")


def _call(typed: dict[str, object], command: str, lang: str, help_text: str) -> Call:
    given = {name: str(typed.pop(name)) for name in OPTIONS if typed.get(name) is not None}
    wants_json, wants_csv = bool(typed.pop("json", False)), bool(typed.pop("csv", False))
    typed.pop("help", None)
    options = Options.read({"lang": lang, **given})
    if command == "demo":
        typed["lang"] = lang
    if command == "rejects":
        typed["csv"] = wants_csv
    return Call(options, command, typed, wants_json, wants_csv, help_text)


def _add_options(parser: argparse.ArgumentParser, lang: str) -> None:
    """The options that may stand before or behind the command."""
    for name in OPTIONS:
        words = t("cli.option." + name, lang)
        parser.add_argument(
            "--" + name, metavar=METAVARS[name], help=words, default=argparse.SUPPRESS
        )
    words = t("cli.option.json", lang)
    parser.add_argument("--json", action="store_true", help=words, default=argparse.SUPPRESS)


class _Parser(argparse.ArgumentParser):
    """Raises UsageError instead of ending the process, and says headings in the language."""

    def __init__(self, *, prog: str, add_help: bool, lang: str) -> None:
        super().__init__(prog=prog, add_help=add_help, allow_abbrev=False)
        self._positionals.title = t("cli.help.arguments", lang)
        self._optionals.title = t("cli.help.options", lang)

    def error(self, message: str) -> NoReturn:
        """Tell it as one of our errors; an unknown option with the nearest known."""
        unknown = next(_unknown_options(message), None)
        if unknown is None:
            raise UsageError("usage.typed", detail=message, program=self.prog)
        known = [name for action in self._actions for name in action.option_strings]
        raise UsageError("usage.argument", name=unknown, **near(unknown, known))


def _unknown_options(message: str) -> Iterator[str]:
    head, _, words = message.partition(": ")
    if head == "unrecognized arguments":
        yield words.split()[0].partition("=")[0]
