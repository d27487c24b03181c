"""Tables -> checked Dataset. A missing, truncated or altered file is named, with the expected and the found."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from data.model import TABLES, TABLES_DIR
from data.schema import faults

PACKAGE = "datapackage.json"
LATE = ("country_pairs", "blocs", "measures", "history", "backtest")
REBUILD = "Restore the file from the repository, or rebuild the tables with `make data`."


pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own keeps what was freed: 80 MB after the tables are read


class DatasetError(Exception):
    """The tables cannot be trusted; the message names the file, the expected and the found, and the way out."""


@dataclass(frozen=True, eq=False)
class Dataset:
    """Everything that ships, read-only: frames as in `data/model.py`, one calendar `version` for the whole."""

    folder: Path
    package: dict[str, Any]
    cities: gpd.GeoDataFrame
    ties: pd.DataFrame
    networks: pd.DataFrame
    memberships: pd.DataFrame
    sources: pd.DataFrame
    countries: gpd.GeoDataFrame

    @property
    def version(self) -> str:
        """Calendar version of the dataset, as links name it."""
        return str(self.package["version"])

    @property
    def licence(self) -> str:
        """The licence of the dataset as a whole, in words."""
        return " and ".join(re.sub(r"-(?=BY|[\d.]+$)", " ", licence["name"]) for licence in self.package["licenses"])

    @cached_property
    def _read(self) -> dict[str, pd.DataFrame]:
        """The tables of LATE that were asked for."""
        return {}

    @cached_property
    def cities_by_id(self) -> gpd.GeoDataFrame:
        """The cities with their id as index."""
        return self.cities.set_index("city_id")

    @cached_property
    def country_names(self) -> pd.Series:
        """The name of each country, by its ISO code."""
        names: pd.Series = self.countries.set_index("iso3")["name"]
        return names

    def table(self, name: str) -> pd.DataFrame:
        """The table of that name; those of LATE are read on first use."""
        if name in LATE and name not in self._read:
            self._read[name] = _table(self.folder, name, _resource(self.folder, self.package, name))
        frame: pd.DataFrame = self._read[name] if name in LATE else getattr(self, name)
        return frame


def load(folder: Path = TABLES_DIR) -> Dataset:
    """Read the tables of a folder.

    Raises:
        DatasetError: a file is missing, cut short, altered or against the schema.
    """
    path = folder / PACKAGE
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DatasetError(f"{path}: must exist, but is missing. {REBUILD}") from None
    except ValueError as error:
        raise DatasetError(f"{path}: must be JSON, but {error}. {REBUILD}") from None
    names = ("cities", "ties", "networks", "memberships", "sources", "countries")
    tables = {name: _table(folder, name, _resource(folder, package, name)) for name in names}
    for name in LATE:
        _seal(folder / f"{name}.parquet", _resource(folder, package, name))
    return Dataset(folder=folder, package=package, **tables)


def _resource(folder: Path, package: dict[str, Any], name: str) -> dict[str, Any]:
    for resource in package.get("resources", []):
        if resource.get("name") == name:
            return dict(resource)
    raise DatasetError(f"{folder / PACKAGE}: must list the table `{name}`, but does not. {REBUILD}")


def _table(folder: Path, name: str, resource: dict[str, Any]) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    broken = _broken(path, resource)
    if not path.is_file():
        raise DatasetError(broken)
    try:
        frame = gpd.read_parquet(path) if TABLES[name].geometry else pd.read_parquet(path)
    except (OSError, ValueError) as error:
        raise DatasetError(broken or f"{path}: must be a Parquet file, but {error}. {REBUILD}") from None
    if broken:
        raise DatasetError(" ".join([broken, *faults(name, frame)]))
    return frame


def _seal(path: Path, resource: dict[str, Any]) -> None:
    broken = _broken(path, resource)
    if broken:
        raise DatasetError(broken)


def _broken(path: Path, resource: dict[str, Any]) -> str:
    if not path.is_file():
        return f"{path}: must exist, but is missing. {REBUILD}"
    content = path.read_bytes()
    if len(content) != resource.get("size"):
        return f"{path}: must have {resource.get('size'):,} bytes, but has {len(content):,}. {REBUILD}"
    digest = hashlib.sha256(content).hexdigest()
    if f"sha256:{digest}" != resource.get("hash"):
        return f"{path}: must have the checksum {resource.get('hash')}, but has sha256:{digest}. {REBUILD}"
    return ""
