"""Reference sets: what is known of customers, products and people."""

from salesdash.datasets.shape import Dataset, Field, Kind, text

CUSTOMERS = Dataset(
    name="customers",
    fields=(
        Field("customer_since", Kind.DATE),
        Field("modified_at", Kind.MOMENT),
        Field("customer", Kind.CODE, dimension=True),
        text("customer_name"),
        text("segment"),  # sector, type
        text("region"),
        text("country"),
        text("province"),
        text("city"),
        text("channel"),
        text("team"),
        text("person"),
        text("status"),
    ),
    unit="customer",
    date=None,
    required=((frozenset({"customer"}), frozenset({"customer_name"})),),
    reference=True,
)

PRODUCTS = Dataset(
    name="products",
    fields=(
        Field("modified_at", Kind.MOMENT),
        Field("product", Kind.CODE, dimension=True),
        text("product_name"),
        text("category"),
        text("subcategory"),
        text("brand"),
        Field("price", Kind.RATE),
        Field("cost", Kind.RATE),  # per unit
        text("status"),
    ),
    unit="product",
    date=None,
    required=((frozenset({"product"}), frozenset({"product_name"})),),
    reference=True,
)

PEOPLE = Dataset(
    name="people",
    fields=(
        Field("active_from", Kind.DATE),
        Field("active_to", Kind.DATE),  # last day
        Field("modified_at", Kind.MOMENT),
        text("person"),
        text("team"),
        text("manager"),
        text("region"),
        text("role"),
        text("status"),
    ),
    unit="person",  # all entries of a person are replaced together
    date=None,
    required=((frozenset({"person"}),),),
    reference=True,
)
