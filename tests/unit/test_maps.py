from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from components.maps import layers, routes
from components.maps.world import DARK, LIGHT, height, strength, world_map
from data import select
from data.load import load
from data.model import ASSETS_DIR
from data.projection import CENTRES
from data.tooltip import tie_words
from data.view import View
from tests.unit.strategies import views

SHIPPED = load()


@cache
def _records(name: str) -> list[dict[str, Any]]:
    return list(json.loads(gzip.decompress((ASSETS_DIR / f"{name}.gz").read_bytes())))


def _drawn(view: View) -> set[int]:
    """The rows of the ties that the graphics card lets through, by the numbers that the layers give it."""
    rows = set()
    for layer in layers.tie_layers(view, DARK, 1.0):
        spec = json.loads(layer.to_json()) if hasattr(layer, "to_json") else layer.__dict__
        (start_low, start_high), (end_low, end_high) = spec["filterRange"]
        part = layer.id.removeprefix("ties-")
        rows |= {record["i"] for record in _records(layers.assets()[f"{part}-{view.projection}"])
                 if start_low <= record["y"] <= start_high and end_low <= record["e"] <= end_high
                 and record["c"] in spec["filterCategories"]}
    return rows


@settings(max_examples=25, deadline=None)
@given(views())
def test_the_graphics_card_draws_the_ties_that_the_server_selects(view: View) -> None:
    wide = view.replace(issues=(), regions=(), countries=(), cities=(), networks=())
    selected = select.tie_sieve(SHIPPED, wide).drawn
    assert _drawn(wide) == set(np.flatnonzero(selected).tolist())


@pytest.mark.parametrize("view", [View(countries=("JPN",)), View(cities=("chicago-us",)), View(networks=("c40",)),
                                  View(issues=("climate",)), View(regions=("western-africa",), undated=False)])
def test_a_view_of_places_names_a_route_that_trims_the_file(view: View) -> None:
    rows = set()
    for layer in layers.tie_layers(view, DARK, 1.0):
        part = layer.id.removeprefix("ties-")
        address = layers.path_address(part, view)
        name = address.split("?")[0].rsplit("/", 1)[1]
        if "?" in address:
            assert address.startswith("/api/paths/")
        known = View.from_query(dict(pair.split("=") for pair in address.partition("?")[2].split("&") if pair))[0]
        rows |= {record["i"] for record in json.loads(routes.trimmed(name, known))
                 if record["c"] in layers.categories(view)}
    assert rows == set(np.flatnonzero(select.tie_sieve(SHIPPED, view).drawn).tolist())


@pytest.mark.parametrize("centre", CENTRES)
def test_the_drawing_files_belong_to_the_shipped_ties(centre: str) -> None:
    words = tie_words(SHIPPED.ties, SHIPPED.cities)
    for part in ("near", "core", "more", "stated"):
        records = _records(layers.assets()[f"{part}-{centre}"])
        assert [record["t"] for record in records] == [words[record["i"]] for record in records]


@pytest.mark.parametrize("centre", CENTRES)
def test_every_tie_is_drawn_and_none_jumps_across_the_map(centre: str) -> None:
    files = [layers.assets()[f"{part}-{centre}"] for part in ("near", "core", "more", "stated")]
    records = [record for file in files for record in _records(file)]
    assert {record["i"] for record in records} == set(range(len(SHIPPED.ties)))
    longest = max(max(abs(b[0] - a[0]) for a, b in zip(record["p"], record["p"][1:], strict=False))
                  for record in records if len(record["p"]) > 1)
    assert longest < 17_300


def test_a_dated_tie_is_brighter_than_an_undated_one_in_the_same_crowd() -> None:
    records = _records(layers.assets()["core-atlantic"])
    dated = np.median([record["o"] for record in records if record["y"]])
    undated = np.median([record["o"] for record in records if not record["y"]])
    assert dated > undated


def test_the_cities_of_a_view_come_with_their_ties_in_words() -> None:
    records = json.loads(routes.city_records("atlantic", View(cities=("chicago-us",))))
    chicago = next(record for record in records if record["i"] == "chicago-us")
    count = len(select.ties(SHIPPED, View(cities=("chicago-us",))))
    assert chicago["t"].startswith(f"Chicago, USA\n{count} ties, ")
    assert chicago["r"] == max(record["r"] for record in records)


def test_layers_have_fixed_names_and_the_camera_does_not_follow_the_data() -> None:
    asked = (View(), View(countries=("JPN",), from_year=1990))
    first, second = (world_map(view, "2026.11.0", True, 980, 25_000, 16_000) for view in asked)
    assert [layer.id for layer in first.layers] == ["land", "ties-near", "ties-core", "ties-stated", "cities"]
    assert first.initial_view_state.__dict__ == second.initial_view_state.__dict__


def test_the_map_names_no_other_host() -> None:
    assert "http" not in world_map(View(), "2026.11.0", False, 980, 40, 40).to_json()


def test_the_whole_earth_fits_the_width() -> None:
    for width in (358, 980, 1460):
        deck = world_map(View(), "2026.11.0", True, width, 25_000, 16_000)
        assert 34_000 * 2**deck.initial_view_state.zoom == pytest.approx(width, rel=0.02)
        assert height(width) < width / 2


def test_both_grounds_have_a_colour_for_every_theme() -> None:
    assert len(DARK.themes) == len(LIGHT.themes) == 6


def test_few_ties_are_stronger_and_a_small_map_is_fainter() -> None:
    assert strength(40, 25_600, 980) > strength(1_000, 25_600, 980) > strength(25_600, 25_600, 980)
    assert strength(25_600, 25_600, 1_400) == 1.0
    assert strength(25_600, 25_600, 358) < strength(25_600, 25_600, 980) < 1.0
    assert strength(0, 25_600, 980) == strength(1, 25_600, 980)


def test_a_deck_of_any_size_is_a_short_message() -> None:
    assert len(world_map(View(), "2026.11.0", True, 980, 25_000, 16_000).to_json()) < 3_500
