"""The terminal: `python -m salesdash COMMAND`, over the same commands as the screens and /api.

With --json exactly one JSON document goes to stdout; words for people then go to stderr. Exit
codes: 0 done, 1 data refused or a question is open, 2 wrong usage or configuration.
"""

import os
import sys
from collections.abc import Sequence

from salesdash.cli import local, show, watch
from salesdash.cli.parser import Call, language, parse
from salesdash.cli.run import Start, Starter
from salesdash.commands.replies import OK, Reply, dumps, refusal
from salesdash.errors import SalesdashError
from salesdash.texts import LANGUAGES

INTERRUPTED = 130


def main(argv: Sequence[str], start: Starter) -> int:
    """Run one command line; the exit code. `start` runs the app."""
    lang = language(argv, os.environ)
    spoken = lang if lang in LANGUAGES else LANGUAGES[0]
    wants_json = "--json" in argv
    try:
        call = parse(argv, spoken)
        if call.command == "run":
            return start(_start(call))
        if not call.command:
            _out(call.help_text)
            return OK
        if call.command == "watch" and not call.arguments.get("once"):
            return watch.until_stopped(call)
        reply = local.answer(call.options, call.command, call.arguments)
    except SalesdashError as error:
        return _show_error(refusal(error, spoken), wants_json=wants_json)
    except KeyboardInterrupt:
        return INTERRUPTED
    return _show(call, reply)


def _show(call: Call, reply: Reply) -> int:
    if call.json:
        _out(dumps(reply.document))
    elif reply.exit != OK and isinstance(reply.document, dict) and "error" in reply.document:
        return _show_error(reply, wants_json=False)
    elif call.csv:
        sys.stdout.write(show.csv(call.command, reply.document))
    else:
        _out(show.words(call.command, reply.document, call.options.lang))
    for line in show.asides(reply.document) if call.json or call.csv else ():
        print(line, file=sys.stderr)
    return reply.exit


def _show_error(reply: Reply, *, wants_json: bool) -> int:
    if wants_json:
        _out(dumps(reply.document))
    print(show.error(reply.document), file=sys.stderr)
    return reply.exit


def _start(call: Call) -> Start:
    port = call.arguments.get("port")
    return Start(
        options=call.options,
        port=port if isinstance(port, int) else None,
        share=bool(call.arguments.get("share")),
        say=_say,
    )


def _say(line: str) -> None:
    print(line, flush=True)


def _out(text: str) -> None:
    sys.stdout.write(text.rstrip("\n") + "\n")
