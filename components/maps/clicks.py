"""What a click on the map means for the view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.maps.layers import path_address
from components.maps.records import tie_at
from data.load import Dataset
from data.view import View

RELEASED: dict[str, Any] = {"cities": (), "countries": (), "networks": (), "picture": ""}


def focused(view: View) -> bool:
    """Whether a place or a network is chosen, which a click on the sea or Escape lets go."""
    return bool(view.cities or view.countries or view.networks)


def change(dataset: Dataset, view: View, selection: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the view that a click changes; none where it changes nothing.

    A city, a member or a country takes the focus, a tie gives it to its two cities, a flow to its two countries, the
    sea lets it go. `selection` is what `st.pydeck_chart` reports: `indices` and `objects` by the name of a layer.
    """
    for name, objects in selection.get("objects", {}).items():
        layer, record = name.rsplit("-", 1)[0] if name[-1].isdigit() else name, objects[0]
        if layer == "ground":
            return _on_ground(view, record)
        if layer in ("cities", "members"):
            return RELEASED | {"cities": (record["i"],)}
        if layer == "countries":
            return RELEASED | {"countries": (record["i"],)}
        if layer == "flows":
            return RELEASED | {"countries": tuple(record["c"])}
        if layer.startswith("ties-"):
            return RELEASED | {"cities": _ends(dataset, view, layer, selection["indices"][name][0])}
    return {}


def _on_ground(view: View, record: Mapping[str, Any]) -> dict[str, Any]:
    country = record["properties"].get("c")
    if country and not view.cities and not view.networks:
        return RELEASED | {"countries": (country,)}
    return RELEASED if focused(view) else {}


def _ends(dataset: Dataset, view: View, layer: str, index: int) -> tuple[str, str]:
    address = path_address(layer.removeprefix("ties-"), view)
    name = address.rsplit("/", 1)[1].split("?")[0]
    trimmed = View.from_query(_query(address))[0] if "?" in address else None
    tie = dataset.ties.iloc[tie_at(name, trimmed, index)]
    return str(tie["city_a"]), str(tie["city_b"])


def _query(address: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in address.partition("?")[2].split("&"))
