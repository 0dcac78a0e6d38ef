"""Facts: what happened, row by row, and to whom."""

from salesdash.datasets.shape import Dataset, Field, Kind, Told, text

SALES = Dataset(
    name="sales",
    fields=(
        Field("order_date", Kind.DATE),
        Field("ordered_at", Kind.MOMENT),
        Field("document", Kind.CODE),  # order, invoice or receipt number
        Field("line", Kind.CODE),
        Field("amount", Kind.MONEY),  # line amount after line discounts, see DESIGN "sales"
        Field("quantity", Kind.NUMBER),
        Field("price", Kind.RATE),  # per unit, before discount
        Field("discount", Kind.SHARE),  # 0.15 = 15 % off
        Field("list_amount", Kind.MONEY),  # before discount
        Field("tax", Kind.MONEY),
        Field("refund", Kind.MONEY),  # stated beside the amount; never deducted by itself
        Field("cost", Kind.MONEY),  # of the whole line
        Field("profit", Kind.MONEY),
        Field("original_amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("rate", Kind.RATE),  # of the month, from `currency` to the company's
        Field("paid_at", Kind.MOMENT),
        Field("modified_at", Kind.MOMENT),
        Field("customer_since", Kind.DATE),
        Field("customer", Kind.CODE, dimension=True),  # id where there is one, else the name
        text("customer_name"),
        Field("product", Kind.CODE, dimension=True),
        text("product_name"),
        text("category"),
        text("subcategory"),
        text("brand"),
        text("segment"),
        text("region"),
        text("country"),
        text("province"),
        text("city"),
        text("channel"),
        text("team"),
        text("person"),  # salesperson
        text("manager"),
        text("payment_method"),
        text("status"),  # as the file says it
        text("return_flag"),
    ),
    unit="document",
    date="order_date",
    required=(
        (frozenset({"order_date"}), frozenset({"ordered_at"})),
        (frozenset({"amount"}), frozenset({"price", "quantity"})),
    ),
)

DEALS = Dataset(
    name="deals",
    fields=(
        Field("created_date", Kind.DATE),
        Field("close_date", Kind.DATE),  # of a decided deal; the expected one of an open deal
        Field("modified_at", Kind.MOMENT),
        Field("deal", Kind.CODE),
        text("deal_name"),
        text("stage"),  # as the file says it
        text("outcome"),  # open, won or lost, decided from the stage
        Field("amount", Kind.MONEY),
        Field("probability", Kind.SHARE),
        Field("original_amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("rate", Kind.RATE),  # of the month, from `currency` to the company's
        Field("lead", Kind.CODE),  # the lead it came from
        Field("customer", Kind.CODE, dimension=True),
        text("customer_name"),
        Field("product", Kind.CODE, dimension=True),
        text("product_name"),
        text("category"),
        text("segment"),
        text("region"),
        text("country"),
        text("province"),
        text("city"),
        text("channel"),  # lead source
        text("campaign"),
        text("team"),
        text("person"),
        text("manager"),
        text("deal_type"),  # new or existing business
        text("lost_reason"),
        text("competitor"),
        text("forecast_category"),
        text("status"),  # record status: void, in review ...
    ),
    unit="deal",
    date="created_date",
    required=((frozenset({"stage"}), frozenset({"outcome"})),),
)

LEADS = Dataset(
    name="leads",
    fields=(
        Field("created_date", Kind.DATE),
        Field("converted_date", Kind.DATE),  # became a deal
        Field("modified_at", Kind.MOMENT),
        Field("lead", Kind.CODE),
        text("lead_name"),
        Field("deal", Kind.CODE),  # the deal it became
        Field("customer", Kind.CODE, dimension=True),
        text("customer_name"),
        text("segment"),
        text("region"),
        text("country"),
        text("province"),
        text("city"),
        text("channel"),
        text("campaign"),
        text("team"),
        text("person"),
        text("manager"),
        text("status"),
    ),
    unit="lead",
    date="created_date",
    required=((frozenset({"created_date"}),),),
    told=Told(
        dataset="deals",
        links=(("deal", "deal"), ("lead", "lead")),
        fields=(
            Field("outcome", Kind.TEXT),  # won, or empty
            Field("won_date", Kind.DATE),  # the close of the first deal that was won
        ),
        sources=("outcome", "close_date"),
        where="outcome = 'won'",
    ),
)

ACTIVITIES = Dataset(
    name="activities",
    fields=(
        Field("activity_date", Kind.DATE),
        Field("modified_at", Kind.MOMENT),
        Field("activity", Kind.CODE),
        text("activity_type"),  # visit, call, demo ...
        text("subject"),
        Field("deal", Kind.CODE),
        Field("lead", Kind.CODE),
        Field("customer", Kind.CODE, dimension=True),
        text("customer_name"),
        Field("quantity", Kind.NUMBER),  # of a row that stands for several
        text("region"),
        text("channel"),
        text("team"),
        text("person"),
        text("manager"),
        text("status"),
    ),
    unit="activity",
    date="activity_date",
    required=((frozenset({"activity_date"}),),),
)

PAYMENTS = Dataset(
    name="payments",
    fields=(
        Field("payment_date", Kind.DATE),
        Field("modified_at", Kind.MOMENT),
        Field("document", Kind.CODE),  # payment number
        Field("line", Kind.CODE),
        Field("sales_document", Kind.CODE),  # the order or invoice that is paid
        Field("amount", Kind.MONEY),
        Field("original_amount", Kind.MONEY),
        Field("currency", Kind.CODE),
        Field("rate", Kind.RATE),  # of the month, from `currency` to the company's
        Field("customer", Kind.CODE, dimension=True),
        text("customer_name"),
        text("segment"),
        text("region"),
        text("channel"),
        text("team"),
        text("person"),
        text("manager"),
        text("payment_method"),
        text("status"),
    ),
    unit="document",
    date="payment_date",
    required=((frozenset({"payment_date"}),), (frozenset({"amount"}),)),
    told=Told(
        dataset="sales",
        links=(("sales_document", "document"),),
        fields=(Field("order_date", Kind.DATE),),  # of the order or invoice that is paid
        sources=("order_date",),
    ),
)
