"""What a link says of itself, in previews and on slides, is what its page says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.scenes import scene
from data.load import Dataset
from data.view import View
from data.words import CHART_NAMES, DIVIDES, SHAPES

LINKS = [
    ("atlas", {}), ("atlas", {"city": "chicago-us"}), ("atlas", {"network": "c40"}), ("city", {"city": "nairobi-ke"}),
    ("compare", {"city": "chicago-us,new-york-us"}), ("partners", {"city": "chicago-us"}), ("data", {}),
    ("room", View(room=("chicago-us", "kyiv-ua", "tokyo-jp")).to_query()),
    *[("networks", {"chart": chart} | ({"network": "c40"} if chart == "network" else {})) for chart in CHART_NAMES],
    *[("structure", {"shape": shape, "city": "chicago-us,nairobi-ke" if shape == "paths" else ""}) for shape in SHAPES],
    *[("divides", {"divide": part, "country": "USA" if part == "country" else ""}) for part in DIVIDES]]


@pytest.mark.parametrize(("page", "query"), LINKS)
def test_the_finding_of_a_link_is_the_headline_of_its_page(
        app: Callable[..., AppTest], small: Dataset, page: str, query: dict[str, str]) -> None:
    test = app(**{key: value for key, value in query.items() if value})
    test.switch_page(f"../pages/{page}.py").run()
    assert not test.exception
    said = scene(small, page, test.session_state["_view"], False)
    assert test.title[0].value.rstrip(".") == said.finding.rstrip(".")
