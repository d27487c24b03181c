"""Download buttons: files are made when they are clicked, without the rows whose source restricts their reuse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import pandas as pd
import streamlit as st

from data import export
from data.load import LATE, Dataset

_WRITERS: dict[str, tuple[str, Callable[..., bytes]]] = {
    "CSV": ("text/csv", export.csv),
    "GeoJSON": ("application/geo+json", export.geojson),
    "Parquet": ("application/vnd.apache.parquet", export.parquet),
}


@dataclass(frozen=True)
class Offer:
    """Something to take away: `rows()` makes the frame, on each run and again when a button is pressed.

    Where the number of rows is known beforehand and all of them are free, `size` saves the making on each run.
    """

    what: str
    title: str
    rows: Callable[[], pd.DataFrame]
    size: int | None = None


def whole(dataset: Dataset, name: str) -> Offer:
    """A table of the dataset as an offer."""
    rows = {resource["name"]: resource.get("rows") for resource in dataset.package["resources"]}
    lazy = name in LATE
    return Offer(name, name.replace("_", " ").capitalize(), partial(dataset.table, name), rows[name] if lazy else None)


def offers(dataset: Dataset, offered: list[Offer], key: str) -> None:
    """A line with buttons for each offer, a switch for the restricted rows, and the notice that belongs to them."""
    frames = [offer.rows() if offer.size is None else pd.DataFrame() for offer in offered]
    kept = sum(len(frame) - len(export.free(frame)) for frame in frames)
    everything = bool(kept) and st.toggle(
        f"Include {kept:,} rows whose source does not allow free reuse", key=f"restricted-{key}")
    if kept:
        _notice(dataset, frames, everything)
    for offer, frame in zip(offered, frames, strict=True):
        _line(dataset, offer, frame, everything, key)


def _line(dataset: Dataset, offer: Offer, frame: pd.DataFrame, everything: bool, key: str) -> None:
    count = offer.size or len(frame if everything else export.free(frame))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{offer.title}**  \n:small[:gray[{count:,} rows]]", width="stretch")
        for ending, (mime, writer) in _WRITERS.items():
            if ending == "GeoJSON" and not isinstance(frame, gpd.GeoDataFrame):
                continue
            st.download_button(
                ending, data=partial(_content, writer, offer.rows, everything), on_click="ignore", mime=mime,
                file_name=export.name(offer.what, dataset.version, ending.lower()), key=f"{key}-{offer.what}-{ending}",
                help=f"{offer.title} as {ending}")


def _content(writer: Callable[..., bytes], rows: Callable[[], pd.DataFrame], everything: bool) -> bytes:
    frame = rows()
    return writer(frame if everything else export.free(frame))


def _notice(dataset: Dataset, frames: list[pd.DataFrame], everything: bool) -> None:
    used = pd.concat([export.restricted_sources(dataset, frame) for frame in frames])
    sources = used.drop_duplicates("source_id")
    terms = sources["reuse"].value_counts()
    counted = " and ".join(f"{count} {reuse}" for reuse, count in terms.items())
    lead = "Included: rows that rest only on" if everything else "Left out: rows that rest only on"
    with st.expander(f"{lead} {len(sources)} sources ({counted})", icon=":material/copyright:"):
        st.caption("Facts are free, but these publishers forbid commercial reuse or state no licence. "
                   "Ask them before you publish their rows.")
        st.dataframe(sources[["title", "publisher", "licence", "reuse"]], hide_index=True, height="auto",
                     alt="Sources that restrict reuse: title, publisher, licence and licence class")
