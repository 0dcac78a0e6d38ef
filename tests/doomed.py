"""Processes that are killed: forks of one Python that has imported everything already.

A test that kills a writer at each of its steps needs a process a step, and to start one takes
longer than all it does.
"""

import importlib
import json
import os
import sys
import traceback

from tests.forking import asked

SERVER = "tests.doomed"


def ending(function: str, *arguments: str) -> int:
    """How a call of `module:function` ends in a process of its own: 0, 1 if it raises, -signal."""
    return int(asked(SERVER, function, *arguments))


def main() -> None:
    """Fork for each line of standard input; say on standard output how the fork ended."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        module, _, function = name.partition(":")
        call = getattr(importlib.import_module(module), function)
        fork = os.fork()
        if fork == 0:
            ended = 1
            try:
                call(*arguments)
                ended = 0
            finally:
                if ended:
                    traceback.print_exc()
                os._exit(ended)
        _, status = os.waitpid(fork, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()


if __name__ == "__main__":
    main()
