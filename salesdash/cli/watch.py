"""The command `watch` without `--once`: rounds through the inbox until it is stopped.

The home is opened for a round only, when something lies in the inbox: other commands go on
meanwhile, and an app that is started takes over.
"""

import sys
import time
from collections.abc import Callable

from salesdash.cli import client, local, show_inbox
from salesdash.cli.parser import Call
from salesdash.commands.replies import OK, dumps
from salesdash.errors import HomeBusy
from salesdash.inbox.arrivals import candidates
from salesdash.texts import t

SECONDS = 1.0
OFTEN = 60.0
"""So often it is looked whether what waited may go on."""


def until_stopped(call: Call, pause: Callable[[float], None] = time.sleep) -> int:
    """Take files as they arrive; what became of each is printed at once. Ends with ctrl-C."""
    lang, home = call.options.lang, call.options.home
    url = client.running(home)
    if url is not None:
        _aside(t("inbox.app", lang, url=url, inbox=home / "inbox"))
        return OK
    _aside(t("inbox.watching", lang, inbox=home / "inbox"))
    waited = OFTEN
    try:
        while True:
            if candidates(home / "inbox") or waited >= OFTEN:
                waited = 0.0
                _round(call)
            pause(SECONDS)
            waited += SECONDS
    except KeyboardInterrupt:
        _aside(t("inbox.ended", lang))
        return OK


def _round(call: Call) -> None:
    try:
        reply = local.answer(call.options, "watch", {"once": True})
    except HomeBusy:  # another command works on: the next round comes soon
        return
    document = reply.document
    if not isinstance(document, dict) or not document.get("files"):
        return
    if call.json:
        print(dumps(document), flush=True)
        return
    for each in document["files"]:
        print(show_inbox.taken(each, call.options.lang), flush=True)


def _aside(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
