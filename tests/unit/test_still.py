from __future__ import annotations

import itertools
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from components.maps.caption import captions
from components.maps.palette import DARK, LIGHT
from components.maps.plate import Dots, plate
from components.maps.sheet import HEIGHT, MARGIN, POINTS_PER_INCH, WIDTH, Sheet
from components.maps.still import SETTINGS, account
from components.maps.strand import Lines, opacities, strands
from components.shown import FORMS, Shown
from components.still import page, still
from data import flows, select
from data.load import Dataset, load
from data.view import View
from data.words import PICTURES

SHIPPED = load()
MAGIC = {"png": b"\x89PNG\r\n", "svg": b"<?xml", "pdf": b"%PDF-"}
SVG = "{http://www.w3.org/2000/svg}"
BUSY = [View(), View(cities=("chicago-us",)), View(cities=("chicago-us", "warsaw-pl")), View(networks=("c40",)),
        View(countries=("JPN",), projection="pacific"), View(camera="europe"), View(picture="networks")]
FEW = [View(picture="ties"), View(picture="ties", issues=("climate",)), View(cities=("chicago-us",)),
       View(cities=("chicago-us", "warsaw-pl")), View(countries=("JPN",), projection="pacific"),
       View(picture="ties", from_year=1990, undated=False), View(picture="ties", camera="europe", unstated=False)]


def _drawn(image: bytes, name: str) -> int:
    group = ElementTree.fromstring(image).find(f".//{SVG}g[@id='{name}']")
    return 0 if group is None else sum(element.tag == f"{SVG}path" for element in group.iter())


def _words(image: bytes) -> str:
    root = ElementTree.fromstring(image)
    return " ".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))


def _boxes(sheet: Sheet) -> list[Bbox]:
    """Where text is on the page, in points, when it is printed."""
    sheet.figure.set_dpi(4 * POINTS_PER_INCH)
    renderer = FigureCanvasAgg(sheet.figure).get_renderer()
    return [Bbox(text.get_window_extent(renderer).get_points() / 4) for text in sheet.figure.texts]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_is_drawn_in_every_form(small: Dataset, picture: str, form: str) -> None:
    for view in (View(picture=picture), View(picture=picture, networks=("c40",), cities=("nairobi-ke",))):
        assert still(Shown(small, "atlas", view), form, dark=True, width=480).startswith(MAGIC[form])


@pytest.mark.parametrize("picture", PICTURES)
def test_a_view_without_ties_is_a_map_that_says_so(small: Dataset, picture: str) -> None:
    nothing = View(picture=picture, cities=("suva-fj",), from_year=1200, to_year=1201, undated=False)
    assert "has no tie in this view" in _words(still(Shown(small, "atlas", nothing), "svg", dark=False))


def test_another_form_is_refused_by_name(small: Dataset) -> None:
    with pytest.raises(ValueError, match="form: must be one of png, svg, pdf, but is 'gif'"):
        still(Shown(small, "atlas", View()), "gif", dark=True)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_view_gives_the_same_file(small: Dataset, form: str) -> None:
    shown = Shown(small, "atlas", View())
    assert still(shown, form, dark=True, width=480) == still(shown, form, dark=True, width=480)


def test_a_png_for_print_is_4000_pixels_wide(small: Dataset) -> None:
    header = still(Shown(small, "atlas", View(picture="cities")), "png", dark=False)[16:24]
    assert (int.from_bytes(header[:4]), int.from_bytes(header[4:])) == (4_000, 2_250)


@pytest.mark.parametrize("view", FEW)
def test_the_page_says_finding_account_sources_and_link(small: Dataset, view: View) -> None:
    words = _words(still(Shown(small, "atlas", view, "https://example.org"), "svg", dark=False))
    assert view.describe(small) in words
    assert select.coverage(small, view).sentence in words
    assert f"{len(small.sources)} sources; dataset {small.version}, CC BY-SA 4.0" in words
    assert f"https://example.org{view.link('atlas', pinned=small.version)}" in words.replace("& ", "&")


def test_the_numbers_of_the_page_stand_in_the_file_of_the_shipped_data() -> None:
    view = View(networks=("c40",))
    image = still(Shown(SHIPPED, "atlas", view), "svg", dark=True)
    assert account(SHIPPED, view) in image.decode()
    members = len(select.memberships(SHIPPED, view))
    assert f"{members:,} of {len(SHIPPED.memberships):,} memberships shown" in _words(image)


@pytest.mark.parametrize("view", FEW)
def test_every_tie_of_the_view_is_one_line(small: Dataset, view: View) -> None:
    image = still(Shown(small, "atlas", view), "svg", dark=False)
    ties = select.ties(small, view)
    assert _drawn(image, "ties") == ties["certain"].sum()
    assert _drawn(image, "possible") == (~ties["certain"]).sum()


@pytest.mark.parametrize("view", [View(), View(countries=("JPN",), picture="flows"), View(projection="pacific")])
def test_every_pair_of_countries_is_one_line(small: Dataset, view: View) -> None:
    rows = flows.flows(small, view)
    between = rows["country_a"] != rows["country_b"]
    image = still(Shown(small, "atlas", view), "svg", dark=False)
    assert _drawn(image, "flows") == rows["strong"].sum() > 0
    assert _drawn(image, "hairlines") == (between & ~rows["strong"]).sum()


def test_the_shipped_ties_are_all_drawn() -> None:
    assert [len(lines.paths) for lines in strands(SHIPPED, View(picture="ties"), LIGHT)] == [
        0, len(select.ties(SHIPPED, View()))]


def test_a_tie_across_the_edge_of_the_map_stays_on_it(small: Dataset) -> None:
    lines = strands(small, View(cities=("suva-fj",)), LIGHT)[1]
    assert sorted(len(pieces) for pieces in lines.paths) == [1, 2]
    assert max(np.abs(np.diff(piece[:, 0])).max() for pieces in lines.paths for piece in pieces) < 1_000


def test_few_ties_glow_on_the_dark_ground_alone(small: Dataset) -> None:
    assert [lines.name for lines in strands(small, View(cities=("chicago-us",)), DARK)] == ["possible", "glow", "ties"]
    assert [lines.name for lines in strands(small, View(cities=("chicago-us",)), LIGHT)] == ["possible", "ties"]


def test_a_doubtful_tie_is_fainter_than_a_sure_one_on_the_same_path(small: Dataset) -> None:
    ties = select.ties(small, View(cities=("chicago-us",))).iloc[[0] * 4].reset_index(drop=True)
    ties = ties.assign(start_year=[1990, None, 1990, 1990], evidence=[2, 2, 1, 2],
                       place=["certain", "certain", "certain", "uncertain"])
    sure, undated, single, elsewhere = opacities(ties, [[np.array([[0.0, 0.0], [3_000.0, 0.0]])]] * 4)
    assert sure > single > undated > elsewhere > 0


def test_a_crowd_is_fainter_than_a_few() -> None:
    everything, few = (strands(SHIPPED, view, LIGHT)[1].colours[:, 3] for view in (
        View(picture="ties"), View(cities=("chicago-us",))))
    assert few.min() > np.median(everything)
    assert everything.min() > 0


def test_the_members_and_the_spokes_of_a_network_are_those_of_the_view() -> None:
    view = View(networks=("c40",))
    layers = {layer.name: layer for layer in plate(SHIPPED, view, DARK, 800).layers}
    members, spokes = layers["members"], layers["spokes"]
    assert isinstance(members, Dots)
    assert isinstance(spokes, Lines)
    assert len(members.points) == select.memberships(SHIPPED, view)["city_id"].nunique() == len(spokes.paths) + 1


@pytest.mark.parametrize(("view", "own"), [*((view, True) for view in BUSY), (BUSY[1], False), (BUSY[3], False)])
def test_no_text_touches_another_or_leaves_the_page(view: View, own: bool) -> None:
    with rc_context(SETTINGS):
        boxes = _boxes(page(Shown(SHIPPED, "atlas", view, "https://example.org"), dark=True, own=own))
    assert len(boxes) > 10
    for box in boxes:
        assert box.x0 >= MARGIN - 1
        assert box.x1 <= WIDTH - MARGIN + 1
        assert 0 < box.y0 < box.y1 < HEIGHT
    for one, other in itertools.combinations(boxes, 2):
        assert min(one.x1, other.x1) <= max(one.x0, other.x0) or min(one.y1, other.y1) <= max(one.y0, other.y0)


def test_the_city_of_the_view_is_named_first_and_its_partners_around_it() -> None:
    view, sheet = View(cities=("chicago-us",)), Sheet(dark=True, own=False)
    names = plate(SHIPPED, view, DARK, 800).names
    found = captions(sheet, names, names.points * [1 / 43, -1 / 43], (800, 390))
    assert names.texts[found[0].row] == "Chicago"
    assert names.focus == 1
    assert len(found) > 20


def test_a_long_finding_takes_two_lines_and_a_long_link_is_broken_between_its_codes() -> None:
    sheet = Sheet(dark=False, own=False)
    cities = ",".join(SHIPPED.cities["city_id"].head(60))
    lines = sheet.wrap(f"https://example.org/atlas?city={cities}&data=2026.11.0", 7.0)
    assert len(lines) > 2
    assert "".join(lines) == f"https://example.org/atlas?city={cities}&data=2026.11.0"
    assert max(sheet.measure(line, 7.0) for line in lines) <= WIDTH - 2 * MARGIN
    assert all("25,607" in line for line in sheet.wrap("25,607", 400))


def test_a_globe_is_drawn_flat_and_the_page_says_so(small: Dataset) -> None:
    ball, plane = View(projection="globe"), View()
    drawn = [plate(small, view, DARK, 800).layers[2] for view in (ball, plane)]
    assert all(isinstance(layer, Lines) and layer.name == "flows" for layer in drawn)
    assert np.array_equal(drawn[0].paths[0][0], drawn[1].paths[0][0])
    assert "drawn flat for print" in _words(still(Shown(small, "atlas", ball), "svg", dark=True))
