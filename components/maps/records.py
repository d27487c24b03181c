"""What the server makes for the map from a view: paths, flows, cities, members, spokes and names, as JSON."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pandas as pd

from components.maps.camera import camera, height
from components.store import dataset
from data import between, flows, select, tooltip
from data.labels import spread
from data.model import ASSETS_DIR
from data.projection import FINE_KM, TOLERANCE_KM, city_ends, distance_km, paths, projection
from data.view import View

Points = npt.NDArray[np.float64]
FEW, MOST_CITIES, PHONE = 4_000, 16_300, 500


def trimmed(name: str, view: View) -> bytes:
    """The records of a tie file whose ties the view's places, networks and issues let in, as a JSON list.

    Where they are few, each can be seen: their paths are made again, finer than in the file.
    """
    lines, rows = _lines(name)
    keep = np.flatnonzero(select.tie_sieve(dataset(), _wide(view)).drawn[rows])
    if not 0 < len(keep) <= FEW or name.startswith("near"):
        return b"[" + b",".join(lines[number] for number in keep) + b"]"
    ties = dataset().ties.iloc[pd.unique(rows[keep])]
    ends = city_ends(dataset().cities, ties["city_a"], ties["city_b"])
    plane = projection(name.split(".")[0].rsplit("-", 1)[1])
    pieces = [piece.ravel().tolist() for tie in paths(ends, plane, FINE_KM) for piece in tie]
    return orjson.dumps([orjson.loads(lines[number]) | {"p": piece}
                         for number, piece in zip(keep, pieces, strict=True)])


def tie_at(name: str, view: View | None, index: int) -> int:
    """The row of the table of ties that is drawn by a record of a file, whole or trimmed to a view.

    Raises:
        IndexError: there is no such record.
    """
    rows = _lines(name)[1]
    if view is not None:
        rows = rows[select.tie_sieve(dataset(), _wide(view)).drawn[rows]]
    return int(rows[index])


def _wide(view: View) -> View:
    return view.replace(domestic=True, districts=True, thin=True)


@lru_cache(maxsize=20)
def _lines(name: str) -> tuple[list[bytes], npt.NDArray[np.int32]]:
    """The records of a tie file, and the row of the tie of each."""
    content = gzip.decompress((ASSETS_DIR / f"{name}.gz").read_bytes())
    rows = np.frombuffer(gzip.decompress((ASSETS_DIR / f"{name}.rows.gz").read_bytes()), np.int32)
    return [line.rstrip(b",") for line in content.split(b"\n")[1:-1]], rows


def city_records(view: View) -> bytes:
    """The cities of the view, small dots on top: `x`, `y`, radius `r` in pixels, opacity `o`, words `t`, focus `f`."""
    shown = _cities(view)
    opacity = np.clip(50 + 25 * np.sqrt(shown["ties_shown"].to_numpy(float)), 75, 230)
    words = tooltip.city_words(shown, dataset().countries)
    return _dots(shown, view, _radius(shown), opacity, words, shown["city_id"].isin(_focus(view)))


def member_records(view: View) -> bytes:
    """The members of the view's networks, as `city_records` gives cities; `s` year of joining, `e` of leaving.

    A year is 0 where it is unknown, of a city in several networks where one of them is.
    """
    members = select.memberships(dataset(), view.replace(from_year=None, to_year=None, undated=True))
    spells = members.assign(
        stays=members["left"].isna(), undated=members["joined"].isna()).groupby("city_id").agg(
        networks=("network_id", "nunique"), joined=("joined", "min"), left=("left", "max"), stays=("stays", "any"),
        undated=("undated", "any"))
    shown = dataset().cities.set_index("city_id", drop=False).loc[spells.index].assign(**spells)
    shown = shown.sort_values("networks", ascending=False, kind="stable")
    count = shown["networks"].to_numpy(float)
    radius = np.full(len(shown), 2.6) if len(view.networks) == 1 else 0.1 + 0.6 * np.sqrt(count)
    years = {"s": shown["joined"].mask(shown["undated"]), "e": shown["left"].mask(shown["stays"])}
    return _dots(shown, view, radius, np.clip(50 + 25 * count, 60, 230),
                 tooltip.member_words(shown, dataset().countries), shown["city_id"].isin(_hubs(view)), years)


def _hubs(view: View) -> pd.Series:
    """The cities of the secretariats of the view's networks, where they are known, by network."""
    return dataset().networks.set_index("network_id").loc[list(view.networks), "hub_city"].dropna()


def _focus(view: View) -> tuple[str, ...]:
    """The cities that the view is about."""
    return view.cities or select.seats(view)


def _radius(shown: pd.DataFrame) -> Points:
    """Radius in pixels of the dots of cities: area by ties, larger where few are shown."""
    alone = np.clip((MOST_CITIES / max(len(shown), 1)) ** 0.2, 1.0, 3.0)
    return np.minimum((np.sqrt(shown["ties_shown"].to_numpy(float)) * 0.3 + 0.25) * alone, 5.0)


def _dots(shown: pd.DataFrame, view: View, radius: Points, opacity: Points, words: list[str], focus: pd.Series,
          years: dict[str, pd.Series] | None = None) -> bytes:
    plane = projection(view.projection)
    points = plane.rounded(plane.points(shown.geometry.x.to_numpy(), shown.geometry.y.to_numpy()))
    columns = {"i": shown["city_id"], "x": points[:, 0].tolist(), "y": points[:, 1].tolist(),
               "r": radius.round(1).tolist(), "o": np.where(focus, 255, opacity).astype(int).tolist(), "t": words,
               "f": focus.astype(int).tolist()}
    columns |= {key: values.fillna(0).astype(int).tolist() for key, values in (years or {}).items()}
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)])


def flow_records(view: View) -> bytes:
    """The strong flows of the view: path `p`, width `w` in pixels, opacity `o`, countries `c`, words `t`.

    `k` is 1 within a continent. Short flows are fainter, for they crowd.
    """
    rows = flows.flows(dataset(), view).query("strong").iloc[::-1]
    ends = flows.ends(dataset(), rows)
    apart = np.clip(distance_km(ends) / 3_000, 0.25, 1.0)
    columns = {"w": (0.22 * np.sqrt(rows["ties"])).round(2), "o": np.where(rows["within"], 135 * apart, 85).astype(int),
               "k": rows["within"].astype(int), "c": rows[["country_a", "country_b"]].to_numpy(),
               "t": np.array(tooltip.flow_words(rows, dataset().countries), object)}
    return _lined(ends, view, FINE_KM, {key: values.tolist() for key, values in columns.items()})


def hairline_records(view: View) -> bytes:
    """All other flows between two countries: path `p`."""
    rows = flows.flows(dataset(), view).query("not strong and country_a != country_b")
    return _lined(flows.ends(dataset(), rows), view, TOLERANCE_KM, {})


def _lined(ends: Points, view: View, tolerance: float, columns: dict[str, list[Any]]) -> bytes:
    """Great circles between ends as records: a path `p` for each piece, beside the columns of its row."""
    drawn = paths(ends, projection(view.projection), tolerance)
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)] or [{}] * len(ends)
    return orjson.dumps([row | {"p": piece.ravel().tolist()} for row, pieces in zip(rows, drawn, strict=True)
                         for piece in pieces])


def country_records(view: View) -> bytes:
    """The countries of the flows of the view as dots; `i` is the ISO code."""
    found = flows.countries(dataset(), flows.flows(dataset(), view))
    plane = projection(view.projection)
    points = plane.rounded(plane.points(found["longitude"].to_numpy(), found["latitude"].to_numpy())).tolist()
    words = tooltip.country_words(found)
    radius = _country_radius(found).round(1).tolist()
    return orjson.dumps([{"i": country, "x": x, "y": y, "r": r, "o": 235, "f": 0, "t": t} for country, (x, y), r, t in
                         zip(found["country"], points, radius, words, strict=True)])


def _country_radius(found: pd.DataFrame) -> Points:
    return 0.8 + 0.045 * np.sqrt(found["ties"].to_numpy(float))


def spoke_records(view: View) -> bytes:
    """Great circles from members to the city of the secretariat of each network of the view.

    A record: path `p`, `s` year of joining and `e` of leaving, 0 where unknown.
    """
    hubs = _hubs(view)
    members = select.memberships(dataset(), view.replace(from_year=None, to_year=None, undated=True))
    members = members.assign(hub=members["network_id"].map(hubs)).dropna(subset="hub")
    members = members[members["city_id"] != members["hub"]]
    years = {"s": members["joined"], "e": members["left"]}
    return _lined(city_ends(dataset().cities, members["city_id"], members["hub"]), view, FINE_KM,
                  {key: values.fillna(0).astype(int).tolist() for key, values in years.items()})


def between_records(view: View) -> bytes:
    """The ties between the neighbourhoods of the view's two cities, without their own: path `p`, words `t`."""
    rows = between.ties_between(dataset(), view)
    rows = rows[~(rows["city_a"].isin(view.cities) | rows["city_b"].isin(view.cities))]
    return _lined(city_ends(dataset().cities, rows["city_a"], rows["city_b"]), view, FINE_KM,
                  {"t": tooltip.tie_words(rows, dataset().cities)})


def name_records(view: View, width: int) -> bytes:
    """Names of the view's places that do not touch each other on a map of `width` pixels: `n` at `x`, `y`.

    `a` and `b` are the anchor and the baseline, `g` the offset in pixels.
    """
    plane, eye = projection(view.projection), camera(view, width)
    names, longitude, latitude, radius, most = _named(view)
    points = plane.points(longitude, latitude)
    scale = 2.0**eye.zoom
    pixels = (points - [eye.x, eye.y]) * [scale, -scale]
    half = (width / 2, height(width) / 2)
    seen = (np.abs(pixels) < half).all(axis=1)
    size = label_size(width)
    order = np.flatnonzero(seen)
    labels = spread(pixels[order], [names[row] for row in order], size, radius[order],
                    (-half[0], -half[1], half[0], half[1]), most if width > PHONE else most // 2)
    rounded = plane.rounded(points)
    offset = {"start": (1, 0), "end": (-1, 0), "bottom": (0, -1), "top": (0, 1)}
    records = []
    for label in labels:
        row = order[label.row]
        x, y = offset.get(label.anchor) or offset[label.baseline]
        gap = float(radius[row]) + 3
        records.append({"n": names[row], "x": rounded[row, 0].item(), "y": rounded[row, 1].item(), "a": label.anchor,
                        "b": label.baseline, "g": [x * gap, y * gap]})
    return orjson.dumps(records)


def label_size(width: int) -> int:
    """Height of the names in pixels on a map of `width` pixels: larger in a hall, smaller on a phone."""
    return int(np.clip(round(width / 75), 12, 20))


def _named(view: View) -> tuple[list[str], Points, Points, Points, int]:
    """Names of the places of the picture, most important first: name, longitude, latitude, radius, most labels."""
    if view.drawn == "flows":
        found = flows.countries(dataset(), flows.flows(dataset(), view))
        return (found["name"].tolist(), found["longitude"].to_numpy(), found["latitude"].to_numpy(),
                _country_radius(found), 18)
    shown = _cities(view)
    if view.drawn == "networks":
        first, by, most = shown["city_id"].isin(_hubs(view)), ["memberships_shown", "population"], 25
    else:
        first, most = shown["city_id"].isin(_focus(view)), 60 if _focus(view) else 30
        by = ["population"] if view.cities else ["ties_shown", "population"]
    order = shown.assign(first=first).sort_values(["first", *by], ascending=False, na_position="last").head(250)
    return (order["name"].tolist(), order.geometry.x.to_numpy(), order.geometry.y.to_numpy(),
            _radius(order), most)


def _cities(view: View) -> pd.DataFrame:
    """The cities of the view as the picture has them, most ties first."""
    shown = select.cities(dataset(), view)
    count = "memberships_shown" if view.drawn == "networks" else "ties_shown"
    here = (shown[count] > 0) | shown["city_id"].isin(select.seats(view))
    return shown[here].sort_values("ties_shown", ascending=False, kind="stable")
