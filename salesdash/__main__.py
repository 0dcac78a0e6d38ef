"""`python -m salesdash`: the terminal, and through it the app."""

import sys

from salesdash.cli import main
from salesdash.cli.run import Start


def _start(start: Start) -> int:
    from salesdash import server  # here: a `query` must not wait for the screens to be imported

    return server.serve(start.options, port=start.port, share=start.share, say=start.say)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], _start))
