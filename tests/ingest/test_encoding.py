import pytest

from salesdash.errors import FileError
from salesdash.ingest.files import encoding, scores
from tests.ingest import kit

LINES = "日期,客户,金额\n2024-01-05,上海贸易有限公司,120\n2024-01-06,北京实业,80\n"


@pytest.mark.parametrize(
    ("codec", "found", "reason"),
    [
        ("utf-8", "utf-8", "utf8"),
        ("utf-8-sig", "utf-8", "bom"),
        ("utf-16", "utf-16", "bom"),
        ("utf-16-le", "utf-16-le", "zeros"),
        ("utf-16-be", "utf-16-be", "zeros"),
        ("gb18030", "gb18030", "score"),
        ("utf-32", "utf-32", "bom"),
    ],
)
def test_the_same_table_in_any_encoding(tmp_path, codec, found, reason):
    reading = kit.read(tmp_path, LINES.encode(codec))
    assert (reading.encoding, reading.encoding_reason) == (found, reason)
    assert kit.rows(reading) == [
        ("2024-01-05", "上海贸易有限公司", "120"),
        ("2024-01-06", "北京实业", "80"),
    ]


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp950", "日期,客戶,金額\n2024-01-05,台北電腦股份有限公司,120\n"),
        ("cp932", "日付,顧客,金額\n2024-01-05,ヤマダ電機のお店,120\n"),
        ("cp1252", "Date,Client,Montant\n2024-01-05,Café Müller,120\n"),
        ("cp1252", "Date,Client,Montant\n2024-01-05,José Núñez,120\n2024-01-06,Groß,80\n"),
        ("gb18030", "日期,客户,金额\n"),
        ("gb18030", "date,customer,amount\n" + "2024-01-05,ACME,1\n" * 200 + "2024-01-06,上海,2\n"),
    ],
)
def test_legacy_encodings_are_scored_on_the_whole_file(tmp_path, codec, text):
    path = kit.write(tmp_path, text.encode(codec))
    found = encoding.prepare(path, None, tmp_path)
    assert found.encoding == codec
    assert found.path.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["䶮", "㐀", "镕", "喆", "😀", "\U00020000"])
def test_rare_characters_come_back_exactly(tmp_path, name):
    text = f"日期,客户,金额\n2024-01-05,有限公司上海{name},1\n"
    assert kit.rows(kit.read(tmp_path, text.encode("gb18030")))[0][1] == f"有限公司上海{name}"


def test_two_encodings_in_one_file_name_the_line(tmp_path):
    mixed = "日期,客户\n2024-01-05,上海\n".encode() + "2024-01-06,北京\n".encode("gb18030")
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, mixed)
    assert error.value.key == "file.mixed_encodings"
    assert error.value.place.line == 3


def test_accents_in_two_encodings_are_no_mojibake(tmp_path):
    mixed = "date,customer\n2024-01-05,Café\n".encode("cp1252")
    mixed += "2024-01-06,Café\n2024-01-07,Öl\n".encode()
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, mixed)
    assert error.value.key == "file.mixed_encodings"


def test_a_given_encoding_replaces_what_it_cannot_decode_and_says_so(tmp_path):
    mixed = "日期,客户,x\n2024-01-05,上海,1\n".encode() + "2024-01-06,北京,2\n".encode("gb18030")
    reading = kit.read(tmp_path, mixed, encoding="utf-8")
    notes = {note.key: note.values for note in reading.notes}
    assert int(str(notes["reading.replaced_characters"]["count"])) >= 2
    assert reading.encoding_reason == "given"


def test_gb2312_is_read_as_its_superset(tmp_path):
    assert kit.read(tmp_path, LINES.encode("gb18030"), encoding="gb2312").encoding == "gb18030"


@pytest.mark.parametrize("name", ["klingon", "base64"])
def test_an_unknown_encoding_is_refused(tmp_path, name):
    with pytest.raises(FileError) as error:
        kit.read(tmp_path, LINES, encoding=name)
    assert error.value.key == "file.unknown_encoding"


def test_a_chunk_never_parts_a_line_end(tmp_path, monkeypatch):
    monkeypatch.setattr(encoding, "CHUNK", 4)
    text = encoding.prepare(kit.write(tmp_path, "a,b\r\n1,2\r\n三,四\r\n"), None, tmp_path)
    assert (text.marks.newlines, text.marks.returns, text.marks.pairs) == (3, 3, 3)
    assert not text.marks.ascii


def test_noise_scores_nothing():
    for score in (scores.gb18030, scores.big5, scores.shift_jis, scores.cp1252):
        assert score(b"\x81") < 0.5
        assert score(b"") == 0


SHORT = {
    "gb18030": [
        "订单编号,客户名称,金额\n",
        "order,customer,amount\n1,Ann,2\n2,李四,5\n",
        "order,customer,amount\n" + "1,Ann,2\n" * 200 + "2,镕基,5\n",
        "客户\n喆\n",
        "产品,单价\n茶叶,￥5\n",
        "id,note\n1,“好”\n",
    ],
    "big5": [
        "訂單編號,客戶名稱,金額\n",
        "order,customer,amount\n1,Ann,2\n2,陳大文,5\n",
        "order,customer,amount\n" + "1,Ann,2\n" * 200 + "2,臺灣,5\n",
    ],
    "shift_jis": [
        "注文番号,顧客名,金額\n",
        "売上,地域\n5,東京\n",
        "日付,商品,数量\n2024-01-01,りんご,1\n",
        "ｶﾀｶﾅ,金額\nﾔﾏﾀﾞ,5\n",
    ],
    "cp1252": [
        "Kunde,Umsatz\nMüller,5\n",
        "name,city\nGrößmann & Söhne,Köln\n",
        "pedido,año\nNuñez,2024\n",
        "name,price\nA,€ 5\nB,£5\n",
        "a,b\n1,½\n",
        "name\nÅÄÖ AB\n",
        "naïve,café\n1,“x”\n",
    ],
    "latin-1": ["Région,Ventes\nÎle-de-France,5\n", "Größe,Straße\n1,2\n"],
    "utf-16-le": ["订单编号,客户名称,金额\n", "客户\n喆\n", "Größe,a\n1,2\n", "一一,一\n一,一\n"],
    "utf-16-be": ["订单编号,客户名称,金额\n", "客户\n喆\n", "Größe,a\n1,2\n", "一一,一\n一,一\n"],
}


@pytest.mark.parametrize(
    ("codec", "text"), [(codec, text) for codec, texts in SHORT.items() for text in texts]
)
def test_a_header_or_one_word_is_enough(tmp_path, codec, text):
    path = kit.write(tmp_path, text.encode(codec))
    assert encoding.prepare(path, None, tmp_path).path.read_text("utf-8") == text


def test_a_stray_zero_byte_makes_no_utf_16(tmp_path):
    assert (
        encoding.prepare(kit.write(tmp_path, "a\0b,c\n1,2\n"), None, tmp_path).encoding == "utf-8"
    )
    assert encoding.prepare(kit.write(tmp_path, "a\0,bc\n1,23\n"), None, tmp_path).marks.zeros == 1
