"""A random sample of ties of the default core, with the rows that attest them, and what a look at each found."""

from __future__ import annotations

import hashlib
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.build import raw, read
from data.build.gazetteer import Gazetteer
from data.build.report import table

SEED, SIZE = 20261122, 100
VERDICTS = ("right", "wrong", "undecidable")
CITY = ["name", "admin1", "country", "population"]


def draw(ties: pd.DataFrame, cities: gpd.GeoDataFrame, seed: int = SEED, size: int = SIZE) -> pd.DataFrame:
    """Ties of the default core (core, place certain), drawn by lot: tie_id, sources, and both cities with their points.

    The lot of a tie is a hash of its id and the seed: a tie that comes or goes moves no other in or out but one.
    """
    core = ties[ties["core"] & ties["place"].eq("certain")]
    lots = [hashlib.sha256(f"{seed}/{tie_id}".encode()).hexdigest() for tie_id in core["tie_id"]]
    drawn = core.assign(lot=lots).sort_values("lot").head(size)
    frame = drawn[["tie_id", "city_a", "city_b", "kind", "start_year", "sources"]].reset_index(drop=True)
    places = pd.DataFrame(cities.drop(columns="geometry")).set_index("city_id")[CITY]
    places["latitude"], places["longitude"] = cities.geometry.y.to_numpy(), cities.geometry.x.to_numpy()
    for side in raw.SIDES:
        frame = frame.join(places.add_suffix(f"_{side}"), on=f"city_{side}")
    return frame


def attesting(drawn: pd.DataFrame, ids: pd.Series, sources_dir: Path, gazetteer: Gazetteer) -> pd.DataFrame:
    """The rows of the lists that attest the drawn ties: tie_id and the columns of raw.rows.

    `ids`: place key -> city_id. A row attests a tie if its ends, read by name, state or point, are its cities.
    """
    rows = raw.locate(raw.rows(sources_dir), gazetteer)
    for side in raw.SIDES:
        rows[f"city_{side}"] = rows[f"key_{side}"].map(ids)
    swapped = drawn.rename(columns={"city_a": "city_b", "city_b": "city_a"})
    ends = pd.concat([drawn, swapped])[["tie_id", "city_a", "city_b"]]
    return ends.merge(rows, on=["city_a", "city_b"])[["tie_id", *raw.COLUMNS]]


def section(ties: pd.DataFrame, cities: gpd.GeoDataFrame) -> str:
    """What the look at the sample found, in Markdown: the share of wrong ties, and what is out of date."""
    verdicts = read.curated("sample_verdicts.csv", ["tie_id", "verdict", "reason"])
    unknown = sorted(set(verdicts["verdict"]) - set(VERDICTS))
    if unknown:
        raise read.SourceError(f"sample_verdicts.csv: verdict must be one of {', '.join(VERDICTS)}, but {unknown}")
    counts = verdicts["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    decided = counts["right"] + counts["wrong"]
    share = 100 * counts["wrong"] / decided if decided else 0.0
    drawn = set(draw(ties, cities)["tie_id"])
    gone = sorted(set(verdicts["tie_id"]) - set(ties["tie_id"]))
    unseen = sorted(drawn - set(verdicts["tie_id"]))
    lines = [f"{len(verdicts)} ties of the default core whose place is certain, drawn by lot (seed {SEED}), were "
             "compared with the rows that "
             f"attest them: {counts['right']} right, {counts['wrong']} wrong, {counts['undecidable']} undecidable; "
             f"{share:.1f} % of the decided are wrong.", ""]
    if gone:
        lines += [f"Of the ties that were looked at, {len(gone)} are no longer in the table: {', '.join(gone)}.", ""]
    if unseen:
        lines += [f"Of the ties that would be drawn today, {len(unseen)} have not been looked at.", ""]
    doubtful_first = verdicts.sort_values("verdict", key=lambda verdict: verdict.eq("right"), kind="stable")
    return "\n".join([*lines, table(doubtful_first)])
