"""The declarations of `data/model.py` as checks: pandera for frames, Table Schema (frictionless) for the package."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data.model import TABLES, Field, Table

_PANDAS = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}
_FRICTIONLESS = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean", "list": "any",
                 "years": "any", "point": "any", "polygon": "any"}
_ITEMS = {"list": "string", "years": "integer"}


def pandera_schema(table: Table) -> Any:
    """The `pandera.DataFrameSchema` of a table, without its references to other tables."""
    import pandera.pandas as pa  # slow to import, needed only to build and to explain a broken file

    columns = {column.name: pa.Column(
        _PANDAS.get(column.dtype), _checks(column), nullable=column.nullable, unique=column.unique, coerce=True,
        description=column.meaning) for column in table.fields}
    return pa.DataFrameSchema(columns, strict=True, unique=list(table.key), name=table.name)


def _checks(column: Field) -> list[Any]:
    import pandera.pandas as pa

    if column.dtype in ("list", "years"):
        allowed = set(column.values)
        tests = [pa.Check(lambda cell: list(cell) == sorted(set(cell)), element_wise=True, error="sorted, each once")]
        if allowed:
            tests.append(pa.Check(lambda cell: allowed.issuperset(cell), element_wise=True, error="in the vocabulary"))
        if column.low is not None:
            tests.append(pa.Check(lambda cell: all(column.low <= year <= column.high for year in cell),
                                  element_wise=True, error=f"{column.low} to {column.high}"))
        return tests
    checks = []
    if column.values:
        checks.append(pa.Check.isin(column.values))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low))
    if column.high is not None:
        checks.append(pa.Check.le(column.high))
    if column.pattern:
        checks.append(pa.Check.str_matches(rf"^(?:{column.pattern})$"))
    return checks


def faults(name: str, frame: pd.DataFrame) -> list[str]:
    """What is wrong with a table, a sentence each naming column and values; empty when all is well."""
    import pandera.errors

    try:
        pandera_schema(TABLES[name]).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return [f"{name}.{column}: must hold `{check}`, but {_some(rows['failure_case'])}."
                for (column, check), rows in cases.groupby(["column", "check"], dropna=False, sort=True)]
    return []


def broken_references(tables: dict[str, pd.DataFrame]) -> list[str]:
    """References from one table to another that lead nowhere, a sentence each."""
    found = []
    for table in TABLES.values():
        for column in table.fields:
            if not column.refers:
                continue
            target, key = column.refers.split(".")
            values = tables[table.name][column.name].dropna()
            lost = values[~values.isin(tables[target][key])].unique()
            if len(lost):
                which = _some(pd.Series(lost))
                found.append(f"{table.name}.{column.name}: must stand in {column.refers}, but {which}.")
        found += _lost_sources(table, tables)
    return found


def _lost_sources(table: Table, tables: dict[str, pd.DataFrame]) -> list[str]:
    if table.name == "sources" or "sources" not in table.columns:
        return []
    named = tables[table.name]["sources"]
    lost = set(named.explode().dropna()) - set(tables["sources"]["source_id"])
    empty = int((named.map(len) == 0).sum())
    found = []
    if lost:
        found.append(f"{table.name}.sources: must stand in sources.source_id, but {_some(pd.Series(sorted(lost)))}.")
    if empty:
        found.append(f"{table.name}.sources: every row must name a source, but {empty} rows name none.")
    return found


def _some(values: pd.Series) -> str:
    shown = ", ".join(repr(value) for value in values.head(5))
    return f"{shown} and {len(values) - 5:,} more do not" if len(values) > 5 else f"{shown} does not"


def table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a table (Data Package standard)."""
    keys = [{"fields": [column.name], "reference": _target(column.refers)} for column in table.fields if column.refers]
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.fields], "primaryKey": list(table.key)}
    return schema | ({"foreignKeys": keys} if keys else {})


def _target(refers: str) -> dict[str, Any]:
    resource, column = refers.split(".")
    return {"resource": resource, "fields": [column]}


def _field(column: Field) -> dict[str, Any]:
    unbounded = column.dtype == "years" or (column.dtype == "number" and column.nullable)  # an unknown number reads NaN
    bounds = {} if unbounded else {"minimum": column.low, "maximum": column.high}
    limits: dict[str, Any] = {"required": not column.nullable or None, "unique": column.unique or None,
                              "pattern": column.pattern or None, **bounds,
                              "enum": list(column.values) if column.dtype == "text" and column.values else None}
    constraints = {name: limit for name, limit in limits.items() if limit is not None}
    described = {"name": column.name, "type": _FRICTIONLESS[column.dtype], "description": column.meaning}
    if column.dtype in _ITEMS:
        described["items"] = _ITEMS[column.dtype]
    return described | ({"constraints": constraints} if constraints else {})
