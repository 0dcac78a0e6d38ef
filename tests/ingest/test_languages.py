"""Files in the languages of Europe, and files that mix one with English."""

from decimal import Decimal

import pytest

from salesdash.errors import DataRefused
from tests.ingest import kit
from tests.ingest.test_mapping import lines


@pytest.mark.parametrize(
    ("profile", "text", "sales"),
    [
        ("italian", ("Data;Prodotto;Quantità;Prezzo", "03/01/2024;Pane;2;1,50"), "3"),
        ("polish", ("Data sprzedaży;Klient;Wartość netto", "13.01.2024;Anna;1 250,40"), "1250.40"),
        ("dutch", ("Factuurdatum;Klant;Omzet", "2024-01-31;Jan;99,95"), "99.95"),
        ("french", ("Date facture;Client;Montant HT", "31/01/2024;Zoé;1 000,10"), "1000.10"),
        ("spanish", ("Fecha;Id orden;Cliente;Importe", "31/01/2024;7;Ana;8,40"), "8.40"),
    ],
)
def test_a_file_in_one_language(tmp_path, profile, text, sales):
    (mapping,) = kit.plans(tmp_path, lines(*text), dates="dmy")
    assert (mapping.dataset, mapping.profile, mapping.questions) == ("sales", profile, ())
    done = kit.cleaned(tmp_path, lines(*text), dates="dmy")
    assert Decimal(done.amount) == Decimal(sales)


def test_a_word_of_another_language_among_english_ones(tmp_path):
    """2 x 10 less 5 % is 19: a discount nobody reads would make it 20."""
    text = lines("Date,Customer ID,Quantity,Price per Unit,Remise (%)", "2024-01-05,C1,2,10,5")
    done = kit.cleaned(tmp_path, text)
    assert Decimal(done.amount) == 19


def test_customers_of_another_language(tmp_path):
    text = lines("Id Cliente,Nome,Cidade", "1,João,Porto", "2,Maria,Faro")
    (mapping,) = kit.plans(tmp_path, text)
    assert mapping.dataset == "customers"
    assert [c.field for c in mapping.columns] == ["customer", "customer_name", "city"]


def test_an_order_that_was_cancelled_in_another_language_does_not_count(tmp_path):
    text = lines("Data;Cliente;Importo;Stato ordine", "2024-01-05;A;5;Annullato", "2024-01-06;B;7;")
    assert Decimal(kit.cleaned(tmp_path, text).amount) == 7


@pytest.mark.parametrize("header", ["ProductKey", "line_no", "Return Quantity", "Tax %", "数量"])
def test_numbers_that_are_no_money_are_not_offered_as_the_amount(tmp_path, header):
    with pytest.raises(DataRefused) as refused:
        kit.plans(tmp_path, lines(f"Order Date,Order ID,{header}", "2024-01-05,A1,5"))
    assert refused.value.key == "data.sales_amount_missing"


def test_months_in_another_language_are_months(tmp_path):
    text = lines("Produkt;Jan;Mrz;Mai;Okt;Dez", "A;1;2;3;4;5")
    _, result = kit.of("sales", tmp_path, text, year=2024)
    months = [day.month for day in kit.column(result, "order_date")]
    assert months == [1, 3, 5, 10, 12]
