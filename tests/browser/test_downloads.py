"""Files taken away in a real browser: made when clicked, named after the version, holding the view."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data.load import load
from data.select import ties
from data.view import View

pytestmark = pytest.mark.browser
_PATIENCE = 60_000


def _take(page: Page, server: str, key: str, folder: Path) -> Path:
    page.set_default_timeout(_PATIENCE)
    page.goto(f"{server}/data?country=FJI")
    expect(page.get_by_text("newest source of")).to_be_visible(timeout=_PATIENCE)
    with page.expect_download() as taken:
        page.locator(f".st-key-{key}").get_by_role("button").click()
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    return path


def test_the_csv_of_a_view_holds_the_free_ties_of_the_view(server: str, page: Page, tmp_path: Path) -> None:
    dataset = load()
    path = _take(page, server, "view-view-ties-CSV", tmp_path)
    shown = ties(dataset, View(countries=("FJI",)))
    free = shown[shown["reuse"].isin(["open", "share-alike"])]
    assert path.name == f"atlas-view-ties-{dataset.version}.csv"
    assert {row["tie_id"] for row in csv.DictReader(path.open(encoding="utf-8"))} == set(free["tie_id"])


def test_the_geojson_of_a_view_holds_its_cities(server: str, page: Page, tmp_path: Path) -> None:
    path = _take(page, server, "view-view-cities-GeoJSON", tmp_path)
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert "suva-fj" in {feature["properties"]["city_id"] for feature in features}
    assert {feature["geometry"]["type"] for feature in features} == {"Point"}
