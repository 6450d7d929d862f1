"""Queries that are compiled once: for what every page asks, where making the SQL costs more than running it.

The SQL is the ORM's own, taken from the first use; later uses only fill in other values.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import get_related_populators
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init

_PLACE = re.compile(r"(?<!%)%s")
"""Where Django's SQL has a parameter."""

_TRIALS = (30_011, 31_013)
"""The first compilation is made twice, with numbers from here on for the values: what differs is where they stand. They are
small enough for every column.
"""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The SQL, its parameters with a place in `slots` for each value that is asked for, and how rows become objects.

    `written` is the SQL as SQLite itself reads it.
    """

    sql: str
    written: str
    parameters: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]
    read: Callable[[list[tuple[Any, ...]]], list[Any]]


class Prepared[Row]:
    """A query as a function of the values that vary: `make(*values)` is the queryset that they stand in.

    Each value must be a whole parameter of the query, as in `filter(slug=slug)`: a str or an int. Querysets of models
    (with select_related, defer, annotate) and of values_list() can be prepared; prefetches cannot.
    """

    def __init__(self, make: Callable[..., "QuerySet[Any, Row]"]) -> None:
        self.make = make
        self.plans: dict[str, _Plan] = {}

    def __call__(self, *values: str | int) -> list[Row]:
        """The rows for these values."""
        connection = connections[DEFAULT_DB_ALIAS]
        plan = self.plans.get(connection.vendor)
        if plan is None:
            plan = self.plans[connection.vendor] = self._plan(values)
        parameters = list(plan.parameters)
        for place, number in plan.slots:
            parameters[place] = values[number]
        return plan.read(_rows(connection, plan, parameters))

    def first(self, *values: str | int) -> Row | None:
        """The first row; the query itself says how many are read."""
        rows = self(*values)
        return rows[0] if rows else None

    def _plan(self, values: tuple[str | int, ...]) -> _Plan:
        trials = [[first + place for place in range(len(values))] for first in _TRIALS]
        marked = [
            [mark if isinstance(value, int) else f"value {mark}" for mark, value in zip(marks, values, strict=True)]
            for marks in trials
        ]
        found = self.make(*marked[0])
        compiler = found.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        others = self.make(*marked[1]).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()[1]
        slots = tuple(
            (place, marked[0].index(one))
            for place, (one, other) in enumerate(zip(parameters, others, strict=True))
            if one != other and one in marked[0]
        )
        if {number for _place, number in slots} != set(range(len(values))):
            raise ValueError("A value of a prepared query is no parameter of its own.")
        written = _PLACE.sub("?", sql).replace("%%", "%")
        return _Plan(sql, written, tuple(parameters), slots, _reader(found, compiler))


def _rows(connection: Any, plan: _Plan, parameters: list[Any]) -> list[tuple[Any, ...]]:
    """What the database gives. SQLite is asked without Django's cursor, which would translate the SQL each time, unless
    somebody listens to the queries or a transaction is broken.
    """
    watched = connection.queries_logged or connection.execute_wrappers or connection.needs_rollback
    if connection.vendor != "sqlite" or watched:
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, parameters)
            return list(cursor.fetchall())
    if connection.connection is None:
        connection.ensure_connection()
    try:
        rows: list[tuple[Any, ...]] = connection.connection.execute(plan.written, parameters).fetchall()
    except connection.Database.Error:
        with connection.wrap_database_errors:
            raise
    return rows


def _reader(found: "QuerySet[Any, Any]", compiler: Any) -> Callable[[list[tuple[Any, ...]]], list[Any]]:
    """How the database's rows become what the queryset yields."""
    converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
    steps = [(place, one, column) for place, (ones, column) in converters.items() for one in ones]
    width, klass = len(compiler.select), compiler.klass_info

    def converted(rows: list[tuple[Any, ...]]) -> list[Any]:
        if not steps:
            return [row[:width] for row in rows]
        made, connection = [], connections[DEFAULT_DB_ALIAS]
        for row in rows:
            values = list(row[:width])
            for place, convert, column in steps:
                values[place] = convert(values[place], column, connection)
            made.append(tuple(values))
        return made

    if klass is None or found._fields is not None:  # type: ignore[attr-defined]  # set by values_list()
        return converted
    model: type[Model] = klass["model"]
    mode = found._fetch_mode  # type: ignore[attr-defined]  # how deferred columns are read later
    places = klass["select_fields"]
    start, end = places[0], places[-1] + 1
    names = [column.target.attname for column, _sql, _alias in compiler.select[start:end]]
    populators = get_related_populators(klass, compiler.select, DEFAULT_DB_ALIAS, mode)
    annotations = dict(compiler.annotation_col_map or {})
    make = partial(_quick, model) if _is_ordinary(model) else model.from_db

    def objects(rows: list[tuple[Any, ...]]) -> list[Any]:
        made = []
        for row in converted(rows):
            one: Any = make(DEFAULT_DB_ALIAS, names, row[start:end], fetch_mode=mode)
            for populator in populators:
                populator.populate(row, one)
            for name, place in annotations.items():
                setattr(one, name, row[place])
            made.append(one)
        return made

    return objects


def _is_ordinary(model: type[Model]) -> bool:
    """Whether making an object of a row is no more than setting its columns: nobody listens, and no field does more."""
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    fields = {type(getattr(model, one.attname)) for one in model._meta.concrete_fields}
    return not heard and model.__init__ is Model.__init__ and fields <= {DeferredAttribute, ForeignKeyDeferredAttribute}


def _quick(model: type[Model], alias: str, names: list[str], values: tuple[Any, ...], fetch_mode: Any) -> Model:
    """As Model.from_db for an ordinary model; columns that are missing are deferred there too."""
    one = model.__new__(model)
    state = one._state = ModelState()
    state.adding, state.db = False, alias
    if fetch_mode is not None:
        state.fetch_mode = fetch_mode
    vars(one).update(zip(names, values, strict=True))
    return one
