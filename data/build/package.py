"""Tables -> Parquet files and `datapackage.json`, byte for byte the same for the same tables."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from data.build.read import SourceError
from data.model import TABLES, Table
from data.schema import broken_references, faults, table_schema

VERSION = "2026.11.0"
_TITLE = "Atlas of City Alliances"
_ABOUT = ("Bilateral ties of cities, multilateral networks of cities and their members, "
          "and relations of their countries.")
_LICENCES = [{"name": "CC-BY-SA-4.0", "path": "https://creativecommons.org/licenses/by-sa/4.0/",
              "title": "Creative Commons Attribution-ShareAlike 4.0; per source: see the table `sources`"}]


def write(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Check all tables, then write them and their package.

    Raises:
        SourceError: a table breaks its schema or a reference; the message names columns and values.
    """
    ready = {name: typed(TABLES[name], tables[name]) for name in TABLES}
    found = [fault for name, frame in ready.items() for fault in faults(name, frame)] + broken_references(ready)
    if found:
        raise SourceError("\n".join(found))
    folder.mkdir(parents=True, exist_ok=True)
    resources = [_write_table(TABLES[name], frame, folder) for name, frame in ready.items()]
    package = {"$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": "atlas-of-city-alliances",
               "title": _TITLE, "description": _ABOUT, "version": VERSION, "licenses": _LICENCES,
               "sources": _sources(ready["sources"]), "resources": resources}
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the model's columns, order of rows and dtypes."""
    missing = [column for column in table.columns if column not in frame.columns]
    if missing:
        raise SourceError(f"{table.name}: must have the columns of data/model.py, but lacks {', '.join(missing)}")
    typed = frame[table.columns].sort_values(list(table.key), kind="stable").reset_index(drop=True)
    dtypes = {column.name: _dtype(column.dtype, column.nullable) for column in table.fields}
    return typed.astype({name: dtype for name, dtype in dtypes.items() if dtype})


def _dtype(dtype: str, nullable: bool) -> str | None:
    plain = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean" if nullable else "bool"}
    return plain.get(dtype)


def _write_table(table: Table, frame: pd.DataFrame, folder: Path) -> dict[str, Any]:
    path = folder / f"{table.name}.parquet"
    frame.to_parquet(path, index=False, compression="zstd", compression_level=19)
    content = path.read_bytes()
    return {"name": table.name, "path": path.name, "title": table.row, "format": "parquet",
            "mediatype": "application/vnd.apache.parquet", "size": len(content),
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "rows": len(frame), "schema": table_schema(table)}


def _sources(sources: pd.DataFrame) -> list[dict[str, str]]:
    named = sources[sources["rows"] > 0]
    return [{"title": title} | ({"path": address} if str(address).startswith("http") else {})
            for title, address in zip(named["title"], named["address"], strict=True)]
