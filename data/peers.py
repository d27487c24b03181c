"""A city against its peers: those of its region, of its size, and of its GaWC class."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.codes import encode
from data.load import Dataset
from data.roster import everywhere, roster
from data.view import View
from data.words import THEME_OF, THEMES

Bools = npt.NDArray[np.bool_]
TIMES = 2
MEASURES = {"abroad": "share of its ties that are abroad", "far": "share that reach another continent",
            "median_km": "median distance of its ties abroad, km", "partners": "partner cities abroad",
            "networks": "networks"}


@dataclass(frozen=True, eq=False)
class Group:
    """Peers of a city: `name` of what they share, and which rows of the table of cities they are, without the city."""

    name: str
    rows: Bools


@lru_cache(maxsize=512)
def groups(dataset: Dataset, city: str) -> list[Group]:
    """The peers of a city: cities with a tie of its UN subregion; from half to twice its inhabitants; its GaWC class.

    A group is left out where the city's size or class is unknown, or where nobody else is in it.

    Raises:
        ValueError: the city is not in the dataset.
    """
    cities = dataset.cities
    place = encode(dataset).city.get_indexer(pd.Index([city]))[0]
    if place < 0:
        raise ValueError(f"city: must be a city of the dataset, but {city!r} is not")
    own = cities.iloc[place]
    able = ((cities["level"] == "city") & (cities["ties"] > 0) & (cities["city_id"] != city)).to_numpy(bool)
    found = [Group(f"cities of {own['region']}", able & (cities["region"] == own["region"]).to_numpy(bool))]
    if not pd.isna(own["population"]) and own["population"] > 0:
        size = cities["population"].to_numpy(float, na_value=np.nan) / float(own["population"])
        found.append(Group("cities of similar size", able & (size >= 1 / TIMES) & (size <= TIMES)))
    if not pd.isna(own["gawc_class"]):
        found.append(Group(f"{own['gawc_class']} world cities", able & (
            cities["gawc_class"] == own["gawc_class"]).to_numpy(bool, na_value=False)))
    return [group for group in found if group.rows.any()]


@lru_cache(maxsize=4)
def reach(dataset: Dataset) -> pd.DataFrame:
    """How far each city reaches, by the ties between cities that are not thin, at home and abroad.

    Returns:
        In the order of the table of cities: city_id, abroad and far (shares of its ties with another country and
        with another continent), median_km (great-circle distance of its ties abroad in km; empty without one),
        partners (cities abroad) and networks.
    """
    codes, ties, cities = encode(dataset), dataset.ties, dataset.cities
    kept = ~ties["thin"].to_numpy(bool) & codes.is_city[codes.tie_a] & codes.is_city[codes.tie_b]
    continent = pd.factorize(cities["continent"])[0]
    ends = pd.DataFrame({
        "row": np.concatenate([codes.tie_a[kept], codes.tie_b[kept]]),
        "abroad": np.tile(~ties["domestic"].to_numpy(bool)[kept], 2),
        "far": np.tile(continent[codes.tie_a[kept]] != continent[codes.tie_b[kept]], 2),
        "km": np.tile(ties["distance_km"].to_numpy(float)[kept], 2)})
    shares = ends.groupby("row")[["abroad", "far"]].mean()
    shares["median_km"] = ends[ends["abroad"]].groupby("row")["km"].median()
    found = shares.reindex(range(len(cities))).reset_index(drop=True)
    return found.assign(city_id=cities["city_id"].to_numpy(), partners=cities["partners_abroad"].to_numpy(float),
                        networks=cities["networks"].to_numpy(float))


@lru_cache(maxsize=512)
def against(dataset: Dataset, city: str) -> pd.DataFrame:
    """The measures of a city beside those of its peers.

    Returns:
        One row a measure of MEASURES and group: columns measure, value (of the city; empty where it has none), group,
        peers (in it, with a value), median (of theirs), below (share of them under the city's value).
    """
    values = reach(dataset)
    own = values[values["city_id"] == city].iloc[0] if (values["city_id"] == city).any() else None
    rows = []
    for group in groups(dataset, city):
        theirs = values[group.rows]
        for measure in MEASURES:
            known = theirs[measure].dropna()
            value = float(own[measure]) if own is not None else np.nan
            rows.append({"measure": measure, "value": value, "group": group.name, "peers": len(known),
                         "median": known.median(), "below": (known < value).mean() if len(known) else np.nan})
    return pd.DataFrame(rows, columns=["measure", "value", "group", "peers", "median", "below"])


def issue_profile(dataset: Dataset, view: View, city: str) -> pd.DataFrame:
    """The networks of a city by theme, beside the mean of its peers.

    Returns:
        One row a theme: columns theme, networks (of the city on an issue area of the theme), and for each group of
        peers a column of its name with the mean number of networks of its cities.
    """
    members = roster(dataset, everywhere(view))
    on = np.array([[any(THEME_OF[issue] == theme for issue in cell) for theme in THEMES]
                   for cell in members.networks["issues"]], np.int64).reshape(len(members.networks), len(THEMES))
    held = members.inside @ on
    row = members.cities.get_indexer(pd.Index([city]))[0]
    profile = pd.DataFrame({"theme": list(THEMES), "networks": held[row]})
    for group in groups(dataset, city):
        profile[group.name] = held[group.rows].mean(axis=0)
    return profile
