"""`workspace`: where what people write is, and there and back from a terminal."""

from pathlib import Path


def test_there_and_back(terminal, server):
    code, told, _ = terminal("workspace")
    assert (code, told["rows"]) == (0, None)
    assert told["place"].endswith("workspace.sqlite")
    code, moved, _ = terminal(f"workspace {server.address()}&schema=typed")
    assert (code, moved["place"]) == (0, server.place(Path(), "typed").shown)
    assert moved["rows"]["events"] == 1
    assert terminal("workspace")[1]["place"] == moved["place"]
    assert terminal("query sales")[1]["rows"] == [[490]]
    assert terminal("goals set sales --target 5 --period 2027-Q1")[0] == 0
    said = terminal("workspace sqlite", json=False)[1]
    assert "workspace.sqlite now:" in said
    assert len(terminal("goals list")[1]["goals"]) == 1


def test_in_words(terminal):
    assert "workspace.sqlite" in terminal("workspace", json=False, lang="zh")[1]
    code, refused, _ = terminal("workspace mysql://db/team")
    assert (code, refused["error"]["key"]) == (2, "workspace.address")
    code, _, said = terminal("workspace postgresql://ana:secret@db/team", json=False, lang="zh")
    assert code == 2
    assert "PGPASSWORD" in said
    assert "secret" not in said


def test_a_restore_goes_where_the_empty_home_is(terminal, server, tmp_path):
    terminal("backup kept.zip")
    home = tmp_path / "home"
    (tmp_path / "home").rename(tmp_path / "old")
    assert terminal("goals list")[1]["goals"] == []
    place = terminal(f"workspace {server.address()}&schema=restored")[1]["place"]
    code, restored, _ = terminal("restore kept.zip")
    assert (code, restored["events"]) == (0, 1)
    assert terminal("workspace")[1]["place"] == place
    assert not (home / "workspace.sqlite").exists()
    assert terminal("query sales")[1]["rows"] == [[490]]
    assert terminal("restore kept.zip")[1]["error"]["key"] == "restore.not_empty"
