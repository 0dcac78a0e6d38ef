"""The demo company's deals, leads, activities, payments and reference sets as Arrow tables.

Columns are named as the fields of the datasets; `known` is the day whose evening is asked for.
"""

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from salesdash.demo.customers import FIRST_CODE
from salesdash.demo.deals import Deals
from salesdash.demo.desk import Desk
from salesdash.demo.draws import campaign_names
from salesdash.demo.leads import Leads
from salesdash.demo.rows import Column, Printer, joined, money, padded, picked
from salesdash.demo.stages import standing
from salesdash.demo.timeline import NEVER

MINUTES = 24 * 60
NUMBER = 6
"""Digits of the numbers the CRM gives."""


class Registers:
    """Turns what the desk keeps into tables; keeps the word lists as Arrow arrays."""

    def __init__(self, desk: Desk, printer: Printer) -> None:
        self.desk = desk
        self._printer = printer
        company, staff = desk.world.company, desk.world.staff
        lists = company.lists
        odds = [*lists.stages.values(), 100, 0]
        self._words: dict[str, Column] = {
            "region": pa.array([c.region for c in company.cities]),
            "segment": pa.array([s.name for s in company.segments]),
            "person": pa.array(staff.names),
            "team": pa.array(staff.teams),
            "channel": pa.array(list(company.channels)),
            "campaign": pa.array(campaign_names(company)),
            "stage": pa.array([*lists.stages, lists.decided["won"], lists.decided["lost"]]),
            "probability": pa.array([f"{percent}%" for percent in odds]),
            "type": pa.array([lists.types["existing"], lists.types["new"]]),
            "reason": pa.array(list(lists.reasons)),
            "competitor": pa.array(list(lists.competitors)),
            "activity": pa.array(list(lists.activities)),
            "product": pa.array([p.code for p in company.products]),
            "product_name": pa.array([p.name for p in company.products]),
            "category": pa.array([p.category for p in company.products]),
        }

    def deals(self, known: int, since: int | None = None) -> pa.Table:
        """Deals created by then, with their state; `since`: only those changed from that day on."""
        everything = self.desk.deals
        place = np.flatnonzero(everything.created <= known)
        found = everything.take(place)
        state = standing(found, known, self.desk.rota)
        lost = state.decided & ~found.won
        columns = {
            "deal": self._numbered("deal", place),
            "deal_name": self._deal_names(found),
            **self.client(found.client),
            "amount": money(state.amount),
            "stage": self._word("stage", state.stage),
            "probability": self._word("probability", state.stage),
            "close_date": self._date(state.close),
            "person": self._word("person", found.person),
            "team": self._word("team", self.desk.world.staff.team(found.person, found.created)),
            **self._origin(found),
            "lead": self._numbered("lead", self.desk.lead_of[place]),
            "deal_type": self._word("type", found.new.astype(np.int64)),
            "category": self._word("category", found.product),
            "product": self._word("product", found.product),
            "product_name": self._word("product_name", found.product),
            "lost_reason": self._word("reason", np.where(lost, found.reason, -1)),
            "competitor": self._word("competitor", np.where(lost, found.competitor, -1)),
            "created_date": self._moment(found.created, found.minute),
            "modified_at": self._moment(state.changed, found.minute + 1),
        }
        table = pa.table(columns)
        return table if since is None else table.filter(pa.array(state.changed >= since))

    def leads(self, known: int, since: int | None = None) -> pa.Table:
        """Leads created by then; `since`: only those that something happened to from that day."""
        everything = self.desk.leads
        place = np.flatnonzero(everything.created <= known)
        found = everything.take(place)
        converted = (found.converted != NEVER) & (found.converted <= known)
        dead = (found.given_up != NEVER) & (found.given_up <= known)
        changed = np.select([converted, dead], [found.converted, found.given_up], found.created)
        codes = self.client(found.client)
        table = pa.table(
            {
                "lead": self._numbered("lead", place),
                "customer": pc.if_else(pa.array(converted), codes["customer"], None),
                "customer_name": codes["customer_name"],
                "status": self._status(converted, dead, found.created < known - 2),
                **self._origin(found),
                "person": self._word("person", found.person),
                "created_date": self._moment(found.created, found.minute),
                "converted_date": self._date(np.where(converted, found.converted, NEVER)),
                "deal": self._numbered("deal", np.where(converted, found.deal, -1)),
                "modified_at": self._moment(changed, found.minute + 1),
            }
        )
        return table if since is None else table.filter(pa.array(changed >= since))

    def activities(self, since: int, until: int) -> pa.Table:
        """Activities of the days from `since` up to, without, `until`."""
        found = self.desk.activities
        place = np.flatnonzero((found.day >= since) & (found.day < until))
        client, deal = self.client(found.client[place]), found.deal[place]
        care = pa.array(deal < 0)
        about = self._word("category", self.desk.deals.product[deal])
        return pa.table(
            {
                "activity": self._numbered("activity", place),
                "activity_date": self._date(found.day[place]),
                "activity_type": self._word("activity", found.kind[place]),
                "subject": pc.if_else(care, self.desk.world.company.lists.care, about),
                "deal": self._numbered("deal", deal),
                **client,
                "region": self._word("region", found.city[place]),
                "person": self._word("person", found.person[place]),
            }
        )

    def payments(self, since: int, until: int) -> pa.Table:
        """Payments of the days from `since` up to, without, `until`."""
        found, clients = self.desk.payments, self.desk.world.customers
        place = np.flatnonzero((found.day >= since) & (found.day < until))
        orders = self.desk.orders.take(found.order[place])
        dates = self._date(found.day[place])
        prefix = self.desk.world.company.lists.prefixes["payment"]
        number = padded(found.number[place], 4)
        day = pc.strftime(dates, format=prefix + "%y%m%d")
        lines = self._printer.heads(orders)
        return pa.table(
            {
                "payment_date": dates,
                "document": joined(day, number, by="-"),
                "sales_document": lines["document"],
                "amount": money(found.amount[place]),
                "customer": lines["customer"],
                "customer_name": lines["customer_name"],
                "payment_method": lines["payment_method"],
                "region": self._word("region", clients.city[orders.customer]),
                "channel": lines["channel"],
                "person": lines["person"],
            }
        )

    def client(self, client: NDArray[np.int64]) -> dict[str, Column]:
        """Code and name of customers and prospects."""
        at = np.asarray(client, np.int64)
        return {"customer": picked(self._codes, at), "customer_name": picked(self._names, at)}

    @cached_property
    def _names(self) -> Column:
        return pa.array([*self.desk.world.customers.name.to_pylist(), *self.desk.prospects])

    @cached_property
    def _codes(self) -> Column:
        prefix = self.desk.world.company.words["customer_prefix"]
        return pa.array([f"{prefix}{FIRST_CODE + i}" for i in range(len(self._names))])

    def _deal_names(self, found: Deals) -> Column:
        """The customer and what it is about, as the company writes it."""
        client = self.client(found.client)["customer_name"]
        return joined(
            client, self._word("category", found.product), by=self.desk.world.company.lists.between
        )

    def _origin(self, found: Deals | Leads) -> dict[str, Column]:
        """Where a deal or lead comes from and who it is with."""
        return {
            "channel": self._word("channel", found.channel),
            "campaign": self._word("campaign", found.campaign),
            "segment": self._word("segment", found.segment),
            "region": self._word("region", found.city),
        }

    def _status(
        self, converted: NDArray[np.bool_], dead: NDArray[np.bool_], tried: NDArray[np.bool_]
    ) -> Column:
        """The status of leads; nobody has tried the newest."""
        kinds = ("fresh", "open", "dead", "converted")
        words = pa.array([self.desk.world.company.lists.lead_statuses[kind] for kind in kinds])
        return picked(words, np.where(converted, 3, np.where(dead, 2, tried.astype(np.int64))))

    def _numbered(self, kind: str, at: NDArray[np.int64]) -> Column:
        """The CRM's numbers for positions; null for -1."""
        prefix = pa.array([self.desk.world.company.lists.prefixes[kind]] * len(at))
        numbers = joined(prefix, padded(at + 1, NUMBER), by="")
        given: Column = pc.if_else(pa.array(at >= 0), numbers, None)
        return given

    def _date(self, day: NDArray[np.integer[Any]]) -> Column:
        """Days as dates; null for NEVER."""
        first = np.datetime64(self.desk.world.timeline.first, "D")
        dates = pa.array(first + day.astype(np.int64))
        given: Column = pc.if_else(pa.array(day != NEVER), dates, None)
        return given

    def _moment(self, day: NDArray[np.integer[Any]], minute: NDArray[np.int64]) -> Column:
        """A time of day on each day, naive, to the minute."""
        first = np.datetime64(self.desk.world.timeline.first, "m")
        moments = first + (day.astype(np.int64) * MINUTES + minute)
        times: Column = pa.array(moments.astype("datetime64[s]"))
        return times

    def _word(self, name: str, at: NDArray[np.integer[Any]]) -> Column:
        """Words of a list; null where the position is -1."""
        words = picked(self._words[name], np.maximum(at, 0))
        given: Column = pc.if_else(pa.array(at >= 0), words, None)
        return given
