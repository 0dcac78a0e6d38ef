"""The terminal as a process: any code page, any reader."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(*words: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "salesdash", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_chinese_survives_an_ascii_terminal():
    run = start("--help", "--lang", "zh", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    out, err = run.communicate()
    assert (run.returncode, err) == (0, b"")
    assert "用法" in out.decode()


def test_typed_bytes_that_are_no_text_are_said_back(tmp_path):
    order = [sys.executable, "-m", "salesdash", "--home", str(tmp_path), "training", b"\xff"]
    run = subprocess.run(order, cwd=ROOT, capture_output=True, check=False)
    assert run.returncode == 2
    assert b"\\udcff" in run.stderr
    assert b"Traceback" not in run.stderr


def test_a_reader_who_has_enough_is_no_fault(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(
        [sys.executable, "-m", "salesdash", "--home", str(tmp_path), "metrics", "--json"],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_start_waits_for_no_library_of_the_screens():
    seen = "import sys, salesdash.cli; print(*{'altair', 'streamlit', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", seen], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout.split() == []
