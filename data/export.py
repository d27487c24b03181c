"""Tables as files to take away: CSV, GeoJSON and Parquet, without the rows whose source restricts their reuse."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from data.load import Dataset

FREE = ("open", "share-alike")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def free(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that may be passed on: those that rest on a source which is open or share-alike.

    Only ties and memberships say so row by row; of other tables, the list of sources among them, all rows are free.
    """
    return rows[rows["reuse"].isin(FREE)] if {"reuse", "sources"} <= set(rows.columns) else rows


def restricted_sources(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """The sources on which the rows that are not free rest: rows of `sources`, most used first."""
    if not {"reuse", "sources"} <= set(rows.columns):
        return dataset.sources.iloc[:0]
    named = rows.loc[~rows["reuse"].isin(FREE), "sources"].explode().value_counts()
    sources = dataset.sources[~dataset.sources["reuse"].isin(FREE)]
    used = sources["source_id"].map(named).fillna(0)
    return sources.assign(used=used.astype("int64"))[used > 0].sort_values("used", ascending=False, kind="stable")


def name(what: str, version: str, ending: str) -> str:
    """The name of a file, such as `atlas-ties-2026.11.0.csv`."""
    return f"atlas-{what}-{version}.{ending}"


def csv(rows: pd.DataFrame) -> bytes:
    """Comma-separated UTF-8 text with a header line.

    Lists are joined with `;`, years are whole numbers, the unknown is empty, a point becomes `longitude` and
    `latitude`, an outline is left out. A text that a spreadsheet would take for a formula gets a leading `'`.
    """
    return _flat(rows).to_csv(index=False, lineterminator="\r\n").encode("utf-8")


def parquet(rows: pd.DataFrame) -> bytes:
    """The rows as a Parquet file, lists and geometry (GeoParquet) kept as they are."""
    content = io.BytesIO()
    rows.reset_index(drop=True).to_parquet(content, index=False, compression="zstd")
    return content.getvalue()


def geojson(rows: gpd.GeoDataFrame) -> bytes:
    """A GeoJSON FeatureCollection (RFC 7946), longitude first; a row without a place has the geometry null."""
    shapes = rows.geometry.name
    properties = pd.DataFrame(rows.drop(columns=shapes))
    features = [{"type": "Feature", "properties": {key: _plain(cell) for key, cell in row.items()},
                 "geometry": None if shape is None or shape.is_empty else shape.__geo_interface__}
                for row, shape in zip(properties.to_dict("records"), rows.geometry, strict=True)]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _flat(rows: pd.DataFrame) -> pd.DataFrame:
    flat = pd.DataFrame(rows.drop(columns=[rows.geometry.name]) if isinstance(rows, gpd.GeoDataFrame) else rows)
    for column in flat.columns:
        if flat[column].dtype == object:
            flat[column] = flat[column].map(_joined)
        if pd.api.types.is_string_dtype(flat[column].dtype):
            risky = flat[column].str.match(_FORMULA.pattern, na=False)
            flat[column] = flat[column].where(~risky, "'" + flat[column].astype("str"))
    if isinstance(rows, gpd.GeoDataFrame) and set(rows.geom_type.dropna()) == {"Point"}:
        flat = flat.assign(longitude=rows.geometry.x.to_numpy(), latitude=rows.geometry.y.to_numpy())
    return flat


def _joined(cell: Any) -> Any:
    return ";".join(map(str, cell)) if isinstance(cell, (list, tuple, np.ndarray)) else cell


def _plain(cell: Any) -> Any:
    """A cell as JSON knows it: lists of plain values, None for the unknown."""
    if isinstance(cell, (list, tuple, np.ndarray)):
        return [_plain(value) for value in cell]
    if cell is None or cell is pd.NA or cell != cell:
        return None
    return cell.item() if isinstance(cell, np.generic) else cell
