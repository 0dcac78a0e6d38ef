"""`python -m salesdash`: the terminal, and through it the app."""

import io
import os
import sys

from salesdash.cli import main
from salesdash.cli.run import Start


def _start(start: Start) -> int:
    from salesdash import server  # here: a `query` must not wait for the screens to be imported

    return server.serve(start.options, port=start.port, share=start.share, say=start.say)


def _speak_utf8() -> None:
    """Whatever the terminal's code page: documents are UTF-8, and CSV has its own line ends.

    Typed bytes that are no text are said back as numbers.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def _run() -> int:
    _speak_utf8()
    try:
        code = main(sys.argv[1:], _start)
        sys.stdout.flush()
    except BrokenPipeError:  # `... | head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(_run())
