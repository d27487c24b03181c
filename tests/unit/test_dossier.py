"""What the Atlas says of one city, recounted from the tables, and the briefing that says the same."""

from __future__ import annotations

import html
import io
import re

import pandas as pd
import pytest
from pypdf import PdfReader

from components import briefing
from components.charts.dossier import spells_chart
from components.dossier import spells
from data import peers
from data.dossier import dossier
from data.load import Dataset, load
from data.model import TABLES_DIR
from data.view import View
from data.words import THEME_OF, THEMES

SHIPPED = load()
TIES = pd.read_parquet(TABLES_DIR / "ties.parquet")
CITIES = pd.read_parquet(TABLES_DIR / "cities.parquet").set_index("city_id")
THREE = ["chicago-us", "nairobi-ke", "osaka-jp"]


def _of(city: str) -> pd.DataFrame:
    return TIES[((TIES["city_a"] == city) | (TIES["city_b"] == city)) & TIES["core"]]


@pytest.mark.parametrize("city", [*THREE, "saint-petersburg-ru", "gothenburg-se", "shanghai-cn"])
def test_the_sentences_count_what_the_tables_hold(city: str) -> None:
    found, ties = dossier(SHIPPED, View(cities=(city,))), _of(city)
    partners = ties["city_b"].where(ties["city_a"] == city, ties["city_a"])
    countries = partners.map(CITIES["country"]).nunique()
    assert found.sentences["Ties"].startswith(
        f"{len(ties)} ties with {partners.nunique()} cities in {countries} countries; "
        f"{(ties['status'] == 'active').sum()} are in force")
    assert (f"Of {len(ties)} ties, without a known year: {ties['start_year'].isna().sum()}, without a stated issue "
            f"area: {(ties['issues'].map(len) == 0).sum()}, on one source only: {(ties['evidence'] == 1).sum()}"
            ) in found.sentences["Coverage"]
    for status, words in (("suspended", "suspended"), ("ended", "ended"), ("delisted", "no longer on the lists")):
        count = (ties["status"] == status).sum()
        assert (f"{count} {words}" in found.sentences["Ties"]) == bool(count)


def test_the_oldest_and_the_newest_tie_are_named() -> None:
    said = dossier(SHIPPED, View(cities=("chicago-us",))).sentences["Ties"]
    assert "The oldest of known year is Warsaw, 1960" in said


def test_a_period_and_a_kind_choose_what_is_said() -> None:
    found = dossier(SHIPPED, View(cities=("chicago-us",), to_year=1980, undated=False))
    assert len(found.ties) == (_of("chicago-us")["start_year"] <= 1980).sum()


def test_sources_are_numbered_from_the_most_used() -> None:
    found = dossier(SHIPPED, View(cities=("chicago-us",)))
    used = pd.concat([found.ties["sources"], found.memberships["sources"]]).explode().value_counts()
    assert used[found.sources["source_id"]].is_monotonic_decreasing
    assert found.sources.index.tolist() == list(range(1, len(used) + 1))
    first = found.sources["source_id"].iloc[:3].tolist()
    assert found.numbers(first[::-1]) == "1, 2, 3"


def test_a_city_without_ties_or_memberships_is_described_without_a_number_made_up(small: Dataset) -> None:
    sentences = dossier(small, View(cities=("springfield-us",))).sentences
    assert sentences["Ties"] == "Springfield (IL, United States) has no tie in this view."
    assert sentences["Networks"].endswith("is on no list of a network that the Atlas has in this view.")
    assert sentences["Coverage"] == "The Atlas has no tie and no membership of it in this view."


def test_a_city_of_undated_ties_says_that_no_year_is_known(small: Dataset) -> None:
    assert dossier(small, View(cities=("suva-fj",))).sentences["Ties"].endswith("No year of signing is known.")


def test_a_city_of_networks_alone_is_described_though_its_reach_cannot_be_measured() -> None:
    alone = SHIPPED.cities.query("ties == 0 and networks > 0 and level == 'city'")["city_id"]
    for city in alone.sample(20, random_state=1):
        assert dossier(SHIPPED, View(cities=(city,))).sentences["Global or local"].startswith("No tie that is not thin")


def test_a_view_without_a_city_has_no_dossier() -> None:
    with pytest.raises(ValueError, match="must name a city"):
        dossier(SHIPPED, View())


def test_reach_is_measured_from_the_ties_by_hand() -> None:
    ties = TIES[~TIES["thin"] & (TIES["city_a"].map(CITIES["level"]) == "city") & (
        TIES["city_b"].map(CITIES["level"]) == "city")]
    reach = peers.reach(SHIPPED).set_index("city_id")
    for city in ("new-york-city-us", "osaka-jp", "dresden-de"):
        own = ties[(ties["city_a"] == city) | (ties["city_b"] == city)]
        abroad = own[~own["domestic"]]
        partner = own["city_b"].where(own["city_a"] == city, own["city_a"])
        assert reach.at[city, "abroad"] == pytest.approx(len(abroad) / len(own))
        assert reach.at[city, "far"] == pytest.approx(
            (partner.map(CITIES["continent"]) != CITIES.at[city, "continent"]).mean())
        assert reach.at[city, "median_km"] == pytest.approx(abroad["distance_km"].median())


def test_peers_are_of_the_region_the_size_and_the_class() -> None:
    groups = {group.name: SHIPPED.cities[group.rows] for group in peers.groups(SHIPPED, "chicago-us")}
    assert list(groups) == ["cities of Northern America", "cities of similar size", "Alpha world cities"]
    own = CITIES.loc["chicago-us"]
    assert set(groups["cities of Northern America"]["region"]) == {"Northern America"}
    size = groups["cities of similar size"]["population"] / own["population"]
    assert size.between(0.5, 2).all()
    assert set(groups["Alpha world cities"]["gawc_class"]) == {"Alpha"}
    assert all("chicago-us" not in set(rows["city_id"]) for rows in groups.values())


def test_where_a_city_stands_is_the_share_of_peers_below_it() -> None:
    rows = peers.against(SHIPPED, "chicago-us").set_index(["measure", "group"])
    peer = SHIPPED.cities[peers.groups(SHIPPED, "chicago-us")[0].rows]
    below = rows.loc[("networks", "cities of Northern America"), "below"]
    assert below == pytest.approx((peer["networks"] < 13).mean())


def test_an_unknown_size_or_class_leaves_the_group_out(small: Dataset) -> None:
    assert [group.name for group in peers.groups(small, "kyiv-ua")] == ["cities of Eastern Europe",
                                                                       "cities of similar size"]
    with pytest.raises(ValueError, match="'atlantis-xx'"):
        peers.groups(small, "atlantis-xx")


def test_the_issue_profile_counts_a_network_once_a_theme() -> None:
    profile = peers.issue_profile(SHIPPED, View(), "chicago-us").set_index("theme")["networks"]
    rows = SHIPPED.memberships[(SHIPPED.memberships["city_id"] == "chicago-us")
                               & (SHIPPED.memberships["status"] == "listed")]
    issues = SHIPPED.networks.set_index("network_id")["issues"]
    for theme in THEMES:
        assert profile[theme] == sum(theme in {THEME_OF[issue] for issue in issues[network]}
                                     for network in rows["network_id"])


def test_the_timeline_holds_what_has_a_year_and_marks_what_is_past() -> None:
    found = dossier(SHIPPED, View(cities=("chicago-us",)))
    rows = spells(found)
    assert len(rows) == found.ties["start_year"].notna().sum() + found.memberships["joined"].notna().sum()
    assert rows["name"].is_unique
    assert rows.set_index("name").at["Moscow", "past"]
    assert {trace.name for trace in spells_chart(rows).data} >= {"tie", "membership"}


def _words(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("city", THREE)
def test_the_briefing_is_one_page_and_every_sentence_of_it_is_the_page_s(city: str) -> None:
    found = dossier(SHIPPED, View(cities=(city,)))
    reader = PdfReader(io.BytesIO(briefing.made(View(cities=(city,)), "pdf", "https://atlas.example")))
    text = _words(reader.pages[0].extract_text())
    assert len(reader.pages) == 1
    for sentence in found.sentences.values():
        assert _words(sentence) in text
    assert f"{len(found.ties)}ties" in text
    assert f"{len(found.memberships)}networks" in text
    assert all(_words(name) in text for name in found.ties["name"])


@pytest.mark.parametrize("city", THREE)
def test_the_html_briefing_says_the_same_and_links_back(city: str) -> None:
    found = dossier(SHIPPED, View(cities=(city,)))
    text = html.unescape(briefing.made(View(cities=(city,)), "html", "https://atlas.example").decode())
    assert all(sentence in text for sentence in found.sentences.values())
    assert "https://atlas.example/city?issue=&from=&to=&undated=1" in text
    assert "src=\"data:image/png;base64," in text
    assert "http" not in re.sub(r"https://atlas\.example[^\"<]*", "", text)


def test_a_name_with_markup_stays_text_in_the_briefing(small: Dataset) -> None:
    found = dossier(small, View(cities=("chicago-us",)))
    found.ties["name"] = "<b>Bold</b>"
    assert b"&lt;b&gt;Bold" in briefing.html(found, "https://atlas.example/city")


def test_a_city_of_many_ties_still_has_a_briefing_of_one_page() -> None:
    content = briefing.made(View(cities=("saint-petersburg-ru",)), "pdf", "https://atlas.example")
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
