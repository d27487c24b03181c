"""Ties gathered into flows between countries: what the map draws at world scale instead of 26,000 single lines."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.select import tie_sieve
from data.view import View

STRONGEST = 250


def flows(dataset: Dataset, view: View) -> pd.DataFrame:
    """The ties of the view by pair of countries, the strongest flow first.

    Returns:
        Columns country_a, country_b (ISO 3166-1 alpha-3, in the order of the alphabet; equal for ties within one
        country), ties, dated (ties of known year), within (both on one continent) and strong (one of the STRONGEST
        between two countries).
    """
    codes, drawn = encode(dataset), tie_sieve(dataset, view).drawn
    a, b = codes.country[codes.tie_a[drawn]], codes.country[codes.tie_b[drawn]]
    pair = np.minimum(a, b).astype(np.int64) * len(codes.iso3) + np.maximum(a, b)
    pairs, place = np.unique(pair, return_inverse=True)
    low, high = pairs // len(codes.iso3), pairs % len(codes.iso3)
    continent = dataset.countries["continent"].to_numpy()
    rows = pd.DataFrame({
        "country_a": codes.iso3[low], "country_b": codes.iso3[high], "ties": np.bincount(place, minlength=len(pairs)),
        "dated": np.bincount(place, ~codes.ties.undated[drawn], len(pairs)).astype(int),
        "within": continent[low] == continent[high]})
    rows = rows.sort_values(["ties", "country_a", "country_b"], ascending=[False, True, True], ignore_index=True)
    between = rows["country_a"] != rows["country_b"]
    return rows.assign(strong=between & (between.cumsum() <= STRONGEST))


def countries(dataset: Dataset, rows: pd.DataFrame) -> pd.DataFrame:
    """The countries of some flows, most ties first.

    Returns:
        Columns country, name, ties (a tie within the country counts once), partners (other countries), longitude and
        latitude of the country's point on the map: the mean place of the ends of its core ties, the same in each view.
    """
    ends = pd.concat([rows[["country_a", "country_b", "ties"]].set_axis(["country", "partner", "ties"], axis=1),
                      rows[["country_b", "country_a", "ties"]].set_axis(["country", "partner", "ties"], axis=1)])
    ends = ends.drop_duplicates(["country", "partner"])
    sums = ends.groupby("country").agg(ties=("ties", "sum"))
    partners = ends[ends["country"] != ends["partner"]].groupby("country").size()
    named = dataset.country_names
    place = _places(dataset).loc[sums.index]
    found = sums.assign(name=named.loc[sums.index], partners=partners.reindex(sums.index).fillna(0).astype(int),
                        longitude=place["longitude"], latitude=place["latitude"])
    return found.sort_values(["ties", "name"], ascending=[False, True]).reset_index()


def ends(dataset: Dataset, rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Longitude and latitude of both ends of each flow in degrees, shape (n, 4)."""
    place = _places(dataset)
    return np.column_stack([place.loc[rows[end]].to_numpy(float) for end in ("country_a", "country_b")])


def account(rows: pd.DataFrame) -> str:
    """How much of the ties the strong flows hold, in one sentence; empty where there is no flow."""
    between = rows[rows["country_a"] != rows["country_b"]]
    if between.empty:
        return ""
    strong, rest = between[between["strong"]], int((~between["strong"]).sum())
    if not rest:
        return f"A line is all ties of two countries: {len(strong):,} pairs."
    share = 100 * strong["ties"].sum() / between["ties"].sum()
    return (f"A line is all ties of two countries: the {len(strong):,} strongest pairs hold {share:.0f} % of the ties; "
            f"the other {rest:,} pairs are hairlines.")


@lru_cache(maxsize=4)
def _places(dataset: Dataset) -> pd.DataFrame:
    """The point of each country: the mean of its cities on the ball, each weighted by its core ties, at least 1."""
    cities = dataset.cities
    longitude, latitude = np.radians(cities.geometry.x.to_numpy()), np.radians(cities.geometry.y.to_numpy())
    weight = cities["ties"].clip(lower=1).to_numpy(float)
    vectors = pd.DataFrame({"x": np.cos(latitude) * np.cos(longitude), "y": np.cos(latitude) * np.sin(longitude),
                            "z": np.sin(latitude)}).mul(weight, axis=0)
    mean = vectors.groupby(cities["country"].to_numpy()).sum()
    return pd.DataFrame({"longitude": np.degrees(np.arctan2(mean["y"], mean["x"])),
                         "latitude": np.degrees(np.arctan2(mean["z"], np.hypot(mean["x"], mean["y"])))})
