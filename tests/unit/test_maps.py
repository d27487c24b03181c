from __future__ import annotations

import gzip
import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from components.maps import clicks, layers, records
from components.maps.camera import camera, height
from components.maps.palette import DARK, LIGHT
from components.maps.world import Screen, strength, world_map
from data import flows, select
from data.labels import spread
from data.load import load
from data.model import ASSETS_DIR
from data.projection import CENTRES, paths, projection
from data.tooltip import tie_words
from data.view import View
from data.words import CAMERAS, PICTURES, PROJECTIONS
from tests.unit.strategies import views

SHIPPED = load()
PARTS = ("near", "core", "more", "stated")
SCREEN = Screen(width=980, dark=True)
FOCI = [View(cities=("chicago-us",)), View(cities=("nairobi-ke",)), View(cities=("sao-paulo-br",)),
        View(cities=("tokyo-jp",), projection="pacific"), View(countries=("JPN",), projection="pacific"),
        View(networks=("c40",)), View(), View(camera="europe"), View(picture="cities")]


@cache
def _records(name: str) -> list[dict[str, Any]]:
    return list(json.loads(gzip.decompress((ASSETS_DIR / f"{name}.gz").read_bytes())))


def _rows(name: str) -> list[int]:
    return np.frombuffer(gzip.decompress((ASSETS_DIR / f"{name}.rows.gz").read_bytes()), np.int32).tolist()


def _part(layer: Any) -> str:
    return str(layer.id).split("-")[1]


def _drawn(view: View) -> set[int]:
    """The rows of the ties that the graphics card lets through, by the numbers that the layers give it."""
    rows = set()
    for layer in layers.tie_layers(view, DARK, 1.0):
        spec = json.loads(layer.to_json()) if hasattr(layer, "to_json") else layer.__dict__
        (start_low, start_high), (end_low, end_high) = spec["filterRange"]
        name = layers.assets()[f"{_part(layer)}-{view.projection}"]
        rows |= {row for row, record in zip(_rows(name), _records(name), strict=True)
                 if (start_low <= record["y"] <= start_high and end_low <= record.get("e", 99_999) <= end_high
                     and record["c"] in spec["filterCategories"])}
    return rows


@settings(max_examples=25, deadline=None)
@given(views())
def test_the_graphics_card_draws_the_ties_that_the_server_selects(view: View) -> None:
    wide = view.replace(issues=(), regions=(), countries=(), cities=(), networks=(), room=(), across="")
    selected = select.tie_sieve(SHIPPED, wide).drawn
    assert _drawn(wide) == set(np.flatnonzero(selected).tolist())


@pytest.mark.parametrize("view", [View(across="far", to_year=1990),
                                  View(across="close", closeness="votes", cut="third"),
                                  View(countries=("JPN",)), View(cities=("chicago-us",)), View(networks=("c40",)),
                                  View(issues=("climate",)), View(regions=("western-africa",), undated=False)])
def test_a_view_of_places_names_a_route_that_trims_the_file(view: View) -> None:
    rows = set()
    for layer in layers.tie_layers(view, DARK, 1.0):
        address = layers.path_address(_part(layer), view)
        name = address.split("?")[0].rsplit("/", 1)[1]
        known = View.from_query(dict(pair.split("=") for pair in address.partition("?")[2].split("&") if pair))[0]
        trimmed = json.loads(records.trimmed(name, known))
        rows |= {records.tie_at(name, known, number) for number, record in enumerate(trimmed)
                 if record["c"] in layers.categories(view)}
        assert address.startswith("/api/paths/" if "?" in address else "/assets/")
    assert rows == set(np.flatnonzero(select.tie_sieve(SHIPPED, view).drawn).tolist())


@pytest.mark.parametrize("name", PROJECTIONS)
def test_the_drawing_files_belong_to_the_shipped_ties(name: str) -> None:
    words = tie_words(SHIPPED.ties, SHIPPED.cities)
    files = [layers.assets()[f"{part}-{name}"] for part in (*PARTS, "dated")]
    for file in files:
        assert [record["t"] for record in _records(file)] == [words[row] for row in _rows(file)]
    assert {row for file in files[:-1] for row in _rows(file)} == set(range(len(SHIPPED.ties)))
    assert set(_rows(files[-1])) == set(np.flatnonzero(SHIPPED.ties["start_year"].notna()).tolist())


@pytest.mark.parametrize("name", CENTRES)
def test_no_tie_jumps_across_the_map(name: str) -> None:
    drawn = [record["p"] for part in PARTS for record in _records(layers.assets()[f"{part}-{name}"])]
    assert max(max(np.abs(np.diff(path[::2]))) for path in drawn if len(path) > 2) < 17_300


def test_no_tie_goes_round_the_globe() -> None:
    drawn = [record["p"] for part in PARTS for record in _records(layers.assets()[f"{part}-globe"])]
    steps = [max(np.abs(np.diff(path[::2]))) for path in drawn if max(map(abs, path[1::2])) < 80]
    assert max(steps) < 60


@pytest.mark.parametrize("name", PROJECTIONS)
def test_tokyo_to_san_francisco_crosses_the_pacific(name: str) -> None:
    plane = projection(name)
    pieces = paths(np.array([[139.69, 35.69, -122.42, 37.77]]), plane)[0]
    longitude = np.concatenate([piece[:, 0] for piece in pieces])
    if name == "globe":
        assert (longitude % 360 >= 139).all()
        assert (longitude % 360 <= 238).all()
    else:
        tokyo, there = plane.points(np.array([139.69, -122.42]), np.array([35.69, 37.77]))[:, 0]
        inside = (longitude > min(tokyo, there) + 1) & (longitude < max(tokyo, there) - 1)
        assert inside.any() == (name == "pacific")


def test_the_first_visit_s_tie_files_are_small() -> None:
    files = [ASSETS_DIR / f"{layers.assets()[f'{part}-atlantic']}.gz" for part in ("near", "core", "stated")]
    assert sum(file.stat().st_size for file in files) < 700_000


def test_a_dated_tie_is_brighter_than_an_undated_one_in_the_same_crowd() -> None:
    drawn = _records(layers.assets()["core-atlantic"])
    dated = np.median([record["o"] for record in drawn if record["y"]])
    undated = np.median([record["o"] for record in drawn if not record["y"]])
    assert dated > undated


def test_the_cities_of_a_view_come_with_their_ties_in_words() -> None:
    drawn = json.loads(records.city_records(View(cities=("chicago-us",))))
    chicago = next(record for record in drawn if record["i"] == "chicago-us")
    count = len(select.ties(SHIPPED, View(cities=("chicago-us",))))
    assert chicago["t"].startswith(f"Chicago, United States\n{count} ties, ")
    assert chicago["r"] == max(record["r"] for record in drawn)
    assert [record["i"] for record in drawn if record["f"]] == ["chicago-us"]


def test_the_members_of_a_network_are_those_of_the_view_and_its_secretariat_stands_out() -> None:
    drawn = json.loads(records.member_records(View(networks=("c40",))))
    members = select.memberships(SHIPPED, View(networks=("c40",)))
    assert {record["i"] for record in drawn} == set(members["city_id"])
    assert [record["i"] for record in drawn if record["f"]] == ["london-gb"]
    spokes = json.loads(records.spoke_records(View(networks=("c40",))))
    assert len(spokes) >= len(members) - 1


def test_a_network_of_unknown_secretariat_has_members_and_no_spokes() -> None:
    hubless = SHIPPED.networks.loc[SHIPPED.networks["hub_city"].isna(), "network_id"].iloc[0]
    assert json.loads(records.spoke_records(View(networks=(hubless,)))) == []
    assert json.loads(records.member_records(View(networks=(hubless,))))


def test_flows_and_hairlines_hold_every_pair_of_countries() -> None:
    rows = flows.flows(SHIPPED, View(countries=("KEN",), domestic=True))
    strong = json.loads(records.flow_records(View(countries=("KEN",), domestic=True)))
    assert {tuple(record["c"]) for record in strong} == set(
        map(tuple, rows.loc[rows["strong"], ["country_a", "country_b"]].to_numpy()))
    everything = json.loads(records.hairline_records(View())), json.loads(records.flow_records(View()))
    assert sum(map(len, everything)) >= len(flows.flows(SHIPPED, View()))


@pytest.mark.parametrize("view", FOCI)
@pytest.mark.parametrize("width", [358, 980, 1460])
def test_names_never_overlap_and_stay_on_the_map(view: View, width: int) -> None:
    named = json.loads(records.name_records(view, width))
    scale, eye = 2 ** camera(view, width).zoom, camera(view, width)
    size = records.label_size(width)
    boxes = []
    for name in named:
        x, y = (name["x"] - eye.x) * scale + name["g"][0], -(name["y"] - eye.y) * scale + name["g"][1]
        wide = 0.5 * size * len(name["n"])
        left = {"start": x, "end": x - wide, "middle": x - wide / 2}[name["a"]]
        top = {"center": y - size / 2, "bottom": y - size, "top": y}[name["b"]]
        boxes.append((left, top, left + wide, top + size))
        assert abs(left + wide / 2) <= width / 2
    for number, one in enumerate(boxes):
        for other in boxes[number + 1:]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    assert named


def test_the_most_important_name_is_placed_first() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.5, 0.5], [2.0, 2.0]])
    labels = spread(points, ["Important", "b", "c", "d", "e", "f"], 12, [1.0] * 6, (-20, -40, 200, 40))
    assert labels[0].row == 0
    assert labels[0].anchor == "start"


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("picture", PICTURES)
def test_the_camera_does_not_follow_the_filters(picture: str, projection: str) -> None:
    asked = (View(), View(countries=("JPN",), from_year=1990), View(networks=("c40",)))
    decks = [world_map(view.replace(picture=picture, projection=projection), "2026.11.0", SCREEN, 25_000)
             for view in asked]
    assert len({json.dumps(deck.initial_view_state.__dict__, default=str) for deck in decks}) == 1


@pytest.mark.parametrize("projection", CENTRES)
@pytest.mark.parametrize("name", CAMERAS)
def test_a_camera_preset_shows_its_continent(name: str, projection: str) -> None:
    eye = camera(View(camera=name, projection=projection), 980)
    inside = {"world": (0, 0), "africa": (20, 5), "asia": (100, 30), "europe": (15, 50), "north-america": (-98, 38),
              "oceania": (145, -25), "south-america": (-58, -15)}[name]
    x, y = (_plane(inside, projection) - [eye.x, eye.y]) * 2**eye.zoom
    assert abs(x) < 490
    assert abs(y) < height(980) / 2


def _plane(place: tuple[float, float], name: str) -> Any:
    return projection(name).points(np.array([place[0]], float), np.array([place[1]], float))[0]


def test_the_map_names_no_other_host() -> None:
    assert "http" not in world_map(View(), "2026.11.0", Screen(980, dark=False), 40).to_json()


def test_both_grounds_have_a_colour_for_every_theme() -> None:
    assert len(DARK.themes) == len(LIGHT.themes) == 6


def test_few_ties_are_stronger_and_a_small_map_is_fainter() -> None:
    assert strength(40, 980) > strength(1_000, 980) > strength(25_600, 980)
    assert strength(25_600, 1_400) == 1.0
    assert strength(25_600, 358) < strength(25_600, 980) < 1.0
    assert strength(0, 980) == strength(1, 980)


@pytest.mark.parametrize("picture", PICTURES)
def test_a_deck_of_any_size_is_a_short_message(picture: str) -> None:
    assert len(world_map(View(picture=picture), "2026.11.0", SCREEN, 25_000).to_json()) < 4_000


def _clicked(layer: str, record: Any, index: int = 0) -> dict[str, Any]:
    return {"indices": {layer: [index]}, "objects": {layer: [record]}}


LAND, SEA = {"properties": {"k": "land", "c": "BRA"}}, {"properties": {"k": "sea"}}


def test_a_click_on_a_city_is_the_same_as_a_search_for_it() -> None:
    view = View(from_year=1990, countries=("USA",))
    changes = clicks.change(SHIPPED, view, _clicked("cities-3", {"i": "chicago-us"}))
    assert view.replace(**changes) == View(from_year=1990, cities=("chicago-us",))


@pytest.mark.parametrize(("layer", "record", "view", "left"), [
    ("ground-0", LAND, View(), View(countries=("BRA",))),
    ("ground-1", LAND, View(cities=("chicago-us",)), View()),
    ("ground-2", SEA, View(countries=("BRA",), issues=("climate",)), View(issues=("climate",))),
    ("ground-2", SEA, View(networks=("c40",), picture="networks"), View()),
    ("ground-2", SEA, View(picture="ties"), View(picture="ties")),
    ("countries", {"i": "FRA"}, View(picture="flows"), View(countries=("FRA",))),
    ("members", {"i": "lima-pe"}, View(networks=("c40",)), View(cities=("lima-pe",))),
    ("flows", {"c": ["JPN", "USA"]}, View(), View(countries=("JPN", "USA"))),
])
def test_a_click_moves_or_ends_the_focus(layer: str, record: Any, view: View, left: View) -> None:
    assert view.replace(**clicks.change(SHIPPED, view, _clicked(layer, record))) == left


@pytest.mark.parametrize("view", [View(picture="ties"), View(countries=("KEN",))])
def test_a_click_on_a_tie_gives_the_focus_to_its_two_cities(view: View) -> None:
    name, _, query = layers.path_address("core", view).rsplit("/", 1)[1].partition("?")
    known = View.from_query(dict([query.split("=")]))[0] if query else None
    tie = SHIPPED.ties.iloc[records.tie_at(name, known, 7)]
    changes = clicks.change(SHIPPED, view, _clicked("ties-core-0", {}, 7))
    assert view.replace(**changes) == View(cities=(tie["city_a"], tie["city_b"]))


def test_a_click_on_nothing_changes_nothing() -> None:
    assert clicks.change(SHIPPED, View(), {"indices": {}, "objects": {}}) == {}
