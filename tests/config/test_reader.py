"""Strict YAML: what a scalar means, and every fault with its line."""

from decimal import Decimal

import pytest

from salesdash.config.reader import MAX_BYTES, Document, parse, read


def faults(data: bytes | str) -> list[tuple[str, int | None]]:
    raw = data.encode() if isinstance(data, str) else data
    found = parse(raw, Document("config.yaml"))
    return [(problem.key, problem.place.line) for problem in found.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0o17", "0o17"),
        ("2026-11-23", "2026-11-23"),
        ("1.10", Decimal("1.10")),
        ("-.5", Decimal("-0.5")),
        ("-3", -3),
        ("1_000", "1_000"),
        ("1234567890123456789", "1234567890123456789"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("'5'", "5"),
        ('"true"', "true"),
        (".inf", ".inf"),
    ],
)
def test_scalars_are_taken_as_written(text, value):
    document = parse(f"a: {text}".encode(), Document("x"))
    assert document.value == {"a": value}
    assert type(document.value["a"]) is type(value)
    assert not document.problems


def test_every_value_knows_its_line():
    document = parse(b"a:\n  b:\n    - 1\n    - c: 2\n", Document("x"))
    assert document.line(("a", "b", 1, "c")) == 4
    assert document.line(("a", "nothing", "there")) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\nb: 2\na: 3\n", [("config.duplicate", 3)]),
        ("a: !!python/object:os.system x\n", [("config.tag", 1)]),
        ("a: 1\nb: !own [1]\n", [("config.tag", 2)]),
        ("? [1, 2]\n: x\n", [("config.key", 1)]),
        ("a:\n\tb: 1\n", [("config.tab", 2)]),
        ("a: [1\nb: 2\n", [("config.syntax", 2)]),
        ("a: 1\n---\nb: 2\n", [("config.syntax", 2)]),
        ("a: 1\nb: \x01\n", [("config.syntax", 2)]),
        ("", [("config.empty", None)]),
        ("# nothing\n", [("config.empty", None)]),
        ("- a\n", [("config.not_a_mapping", 1)]),
        ("a: &x [*x]\n", [("config.anchor_loop", 1)]),
        ("a: " + "[" * 50 + "]" * 50, [("config.too_deep", 1)]),
        ("a: " + "[" * 50_000, [("config.too_deep", None)]),
        ("a: 1\nname: 客户\n".encode("gbk"), [("config.encoding", 2)]),
        ("a: 1".encode("utf-16"), [("config.encoding", 1)]),
        (b"a: 1\nb: \xff\xff\n", [("config.not_utf8", 2)]),
    ],
)
def test_faults_are_named_with_their_line(text, found):
    assert faults(text) == found


def test_all_faults_of_the_reading_at_once():
    assert len(faults("a: 1\na: 2\nb: !x 1\nc: {d: 1, d: 2}\n")) == 3


def test_an_anchor_bomb_stops_early():
    lines = ["a0: &a0 [1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert [key for key, _ in faults("\n".join(lines))] == ["config.too_many_values"]


def test_plain_anchors_work():
    assert parse(b"a: &x [1]\nb: *x\n", Document("x")).value == {"a": [1], "b": [1]}


def test_a_byte_order_mark_is_no_fault():
    assert parse(b"\xef\xbb\xbfa: 1\n", Document("x")).value == {"a": 1}


def test_a_missing_file_and_a_huge_one(tmp_path):
    missing = read(tmp_path / "config.yaml")
    assert missing.problems[0].key == "config.unreadable"
    huge = tmp_path / "huge.yaml"
    huge.write_bytes(b"#" * (MAX_BYTES + 1))
    assert read(huge).problems[0].key == "config.too_large"
