from __future__ import annotations

import numpy as np
import pytest
import shapely
from geopandas import GeoSeries
from hypothesis import given
from hypothesis import strategies as st

from data.projection import CENTRES, distance_km, great_circles, projection, split

TOKYO, SAN_FRANCISCO, CHICAGO, WARSAW = (139.69, 35.69), (-122.42, 37.77), (-87.65, 41.85), (21.01, 52.23)
_degrees = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def _ends(*places: tuple[float, float]) -> np.ndarray:
    return np.array([np.concatenate(places)])


@pytest.mark.parametrize(("a", "b", "km"), [(TOKYO, SAN_FRANCISCO, 8270), (CHICAGO, WARSAW, 7510), (TOKYO, TOKYO, 0)])
def test_known_distances_hold(a: tuple[float, float], b: tuple[float, float], km: float) -> None:
    assert distance_km(_ends(a, b))[0] == pytest.approx(km, abs=10)


@given(_degrees, _degrees)
def test_a_great_circle_is_as_long_as_the_distance(a: tuple[float, float], b: tuple[float, float]) -> None:
    distance = distance_km(_ends(a, b))[0]
    if distance > 19_900:  # antipodes have no single great circle
        return
    path = great_circles(_ends(a, b), 24)[0]
    steps = distance_km(np.hstack([path[:-1], path[1:]]))
    assert steps.sum() == pytest.approx(distance, abs=0.5)


@pytest.mark.parametrize("name", CENTRES)
def test_tokyo_to_san_francisco_crosses_the_pacific(name: str) -> None:
    plane = projection(name)
    path = great_circles(_ends(TOKYO, SAN_FRANCISCO), 24)[0]
    assert (np.abs(path[:, 0]) > 120).all()
    turned = np.column_stack([plane.turned(path[:, 0]), path[:, 1]])
    pieces = split(turned)
    assert len(pieces) == (2 if name == "atlantic" else 1)
    assert all(np.abs(np.diff(piece[:, 0])).max() < 180 for piece in pieces)


@given(_degrees, _degrees, st.sampled_from(list(CENTRES)))
def test_no_piece_of_a_tie_runs_across_the_map(a: tuple[float, float], b: tuple[float, float], name: str) -> None:
    plane = projection(name)
    path = great_circles(_ends(a, b), 24)[0]
    for piece in split(np.column_stack([plane.turned(path[:, 0]), path[:, 1]])):
        assert np.abs(np.diff(piece[:, 0])).max(initial=0) <= 180
        assert np.abs(piece[:, 0]).max() <= 180


def test_the_map_has_the_area_of_the_earth() -> None:
    assert projection("atlantic").outline().area == pytest.approx(4 * np.pi * 6371.0088**2, rel=1e-3)


@pytest.mark.parametrize(("name", "west"), [("atlantic", -175.0), ("pacific", -25.0)])
def test_a_land_that_crosses_the_cut_is_on_both_sides_of_the_map(name: str, west: float) -> None:
    across = GeoSeries([shapely.box(west, 10, west + 12, 20)])
    shape = projection(name).shapes(across)[0]
    left, _, right, _ = shape.bounds
    assert left < -14_000
    assert right > 14_000
    assert shape.area == pytest.approx(projection("atlantic").shapes(across.translate(30))[0].area, rel=1e-3)
