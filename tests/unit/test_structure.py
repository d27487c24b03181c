"""What is said of the shape of the whole: each sentence and frame from its numbers, also where there is little."""

from __future__ import annotations

import pandas as pd
import pytest

from components import introductions
from components.structure import EXHIBITS
from data import graph, structure
from data.headline import label
from data.load import Dataset, load
from data.paths import chains
from data.view import View
from data.words import RANKS, SHAPES

SHIPPED = load()
VALUE = SHIPPED.table("measures").set_index(["group", "measure"])["value"]


def test_the_whole_is_said_in_handshakes_and_against_chance() -> None:
    small = VALUE["small world"]
    times = small["clustering"] / small["clustering_random"]
    assert structure.of_summary(SHIPPED) == (
        f"Two of {VALUE['summary', 'giant_nodes']:,.0f} cities are {small['path']:.1f} handshakes apart on average; "
        f"clustering is {times:.0f} times that of chance")


def test_every_measure_has_a_name_and_an_order() -> None:
    assert set(SHIPPED.table("measures")["measure"]) == set(structure.NAMES)
    rows = structure.measures(SHIPPED, "summary", "small world", "communities")
    assert rows["name"].tolist() == list(structure.NAMES.values())


@pytest.mark.parametrize(("value", "words"), [
    (15_698.0, "15,698"), (0.0664, "0.0664"), (0.94, "0.940"), (7.0965, "7.10"), (3_203.7, "3,204"), (1.0, "1"),
    (-0.5, "-0.500"), (float("nan"), "not defined")])
def test_numbers_are_written_with_the_digits_that_they_carry(value: float, words: str) -> None:
    assert structure.written(value) == words


def test_the_account_says_what_the_graph_is_made_of_and_that_filters_leave_it() -> None:
    ties = SHIPPED.ties
    core = ties[ties["core"] & (ties["place"] == "certain")]
    said = structure.account(SHIPPED)
    assert f"{len(core):,} of {len(ties):,} ties, {(core['status'] != 'active').sum():,} of them ended" in said
    assert said.endswith("The filters do not change it.")


@pytest.mark.parametrize("rank", RANKS)
def test_a_ranking_falls_and_equals_share_a_rank(rank: str) -> None:
    rows = structure.ranking(SHIPPED, View(rank=rank))
    assert rows["value"].is_monotonic_decreasing
    assert (rows["value"] > 0).all()
    for row in rows.head(5).itertuples():
        assert row.rank == 1 + (rows["value"] > row.value).sum()
    assert SHIPPED.cities.set_index("city_id").loc[rows["city_id"], "level"].eq("city").all()


def test_places_choose_which_cities_are_listed_and_ranks_stay_those_of_the_world() -> None:
    world = structure.ranking(SHIPPED, View()).set_index("city_id")["rank"]
    here = structure.ranking(SHIPPED, View(countries=("KEN",)))
    assert set(here["country"]) == {"KEN"}
    assert (here["rank"].to_numpy() == world.loc[here["city_id"]].to_numpy()).all()
    region = structure.ranking(SHIPPED, View(regions=("eastern-africa",)))
    assert set(here["city_id"]) < set(region["city_id"])


def test_a_chosen_city_is_listed_after_the_first_wherever_it_is() -> None:
    view = View(countries=("JPN",), cities=("suva-fj",))
    drawn = structure.top(structure.ranking(SHIPPED, view))
    assert len(drawn) == structure.TOP + 1
    assert drawn.loc[drawn["chosen"], "city_id"].tolist() == ["suva-fj"]


def test_the_leader_is_named_with_its_number() -> None:
    best = SHIPPED.cities.sort_values(["partners_abroad", "city_id"], ascending=[False, True]).iloc[0]
    assert structure.of_ranking(SHIPPED, View(), structure.ranking(SHIPPED, View())) == (
        f"{label(SHIPPED, best['city_id'])} leads the world by partners abroad, with {best['partners_abroad']}")


def test_a_chosen_city_is_said_to_stand_somewhere_and_a_place_without_rank_says_so() -> None:
    view = View(cities=("chicago-us",))
    rows = structure.ranking(SHIPPED, view)
    rank = rows.loc[rows["chosen"], "rank"].iloc[0]
    assert structure.of_ranking(SHIPPED, view, rows) == (
        f"Chicago ranks {rank:,} of {(SHIPPED.cities['partners_abroad'] > 0).sum():,} cities by partners abroad")
    nowhere = View(countries=("PRK",), regions=("caribbean",))
    assert structure.of_ranking(SHIPPED, nowhere, structure.ranking(SHIPPED, nowhere)) == (
        "No city in these places has a known rank by partners abroad")


def test_a_chosen_city_without_the_measure_is_said_to_have_none(small: Dataset) -> None:
    view = View(cities=("toledo-us",), rank="connectivity")
    assert structure.of_ranking(small, view, structure.ranking(small, view)) == (
        "Toledo (OH, United States): no connectivity through networks is known")


def test_the_past_has_a_row_a_city_in_order_and_a_gap_where_nothing_is_dated(small: Dataset) -> None:
    found = structure.history(small, pd.Series(["suva-fj", "tokyo-jp", "chicago-us"]))
    assert found.index.tolist() == ["suva-fj", "tokyo-jp", "chicago-us"]
    assert found.loc["suva-fj"].isna().all()
    assert found.loc["tokyo-jp", 1960] == 1
    assert "only" in structure.dated(small).casefold()


def test_communities_are_counted_named_and_their_trust_is_said_plainly() -> None:
    member = SHIPPED.cities["community"].dropna()
    found = structure.communities(SHIPPED)
    assert found["cities"].tolist() == member.value_counts().sort_index().head(structure.LARGEST).tolist()
    assert structure.of_communities(SHIPPED).startswith(
        f"The largest of {member.nunique():,} communities of cities has {(member == 0).sum():,} of them, around ")
    said = structure.trust(SHIPPED)
    assert f"Stability {VALUE['communities', 'stability']:.2f}" in said
    assert "another run puts many cities elsewhere" in said
    assert f"come to {VALUE['communities', 'modularity_random']:.3f}" in said


def test_the_modularity_of_the_build_belongs_to_the_shipped_communities() -> None:
    ties = SHIPPED.ties
    whole = graph.simple(ties.loc[ties["core"] & (ties["place"] == "certain"), ["city_a", "city_b"]])[0]
    member = SHIPPED.cities.set_index("city_id")["community"].loc[whole.vs["name"]].astype(int).tolist()
    assert whole.modularity(member) == pytest.approx(VALUE["communities", "modularity"])


def test_the_shipped_core_numbers_are_those_of_the_graph() -> None:
    ties = SHIPPED.ties
    whole = graph.simple(ties.loc[ties["core"] & (ties["place"] == "certain"), ["city_a", "city_b"]])[0]
    assert SHIPPED.cities.set_index("city_id")["coreness"].loc[whole.vs["name"]].tolist() == whole.coreness()


def test_the_degrees_of_the_page_are_those_of_the_graph() -> None:
    ties, partners = SHIPPED.ties, SHIPPED.cities["partners_abroad"]
    whole = graph.simple(ties.loc[ties["core"] & (ties["place"] == "certain"), ["city_a", "city_b"]])[0]
    pd.testing.assert_frame_equal(structure.degrees(SHIPPED), graph.degree_distribution(whole), check_dtype=False)
    one, all_ = (partners == 1).sum(), (partners > 0).sum()
    assert structure.of_degrees(SHIPPED).startswith(f"{100 * one / all_:.0f} % of {all_:,} cities have one partner")


@pytest.mark.parametrize(("start", "end", "words"), [
    ("chicago-us", "warsaw-pl", "Chicago and Warsaw are partners already, since 1960"),
    ("mexico-city-mx", "warsaw-pl", "Chicago can introduce Mexico City and Warsaw"),
    ("chicago-us", "tokyo-jp", "Suva can introduce Chicago and Tokyo"),
    ("mexico-city-mx", "tokyo-jp", "Mexico City and Tokyo are 3 handshakes apart, by 1 shortest chain"),
    ("mumbai-in", "chicago-us", "No chain of ties joins Mumbai and Chicago; with shared networks 2 hops will do"),
    ("moscow-ru", "chicago-us", "No chain of ties or networks joins Moscow and Chicago")])
def test_who_can_introduce_two_cities_is_said(small: Dataset, start: str, end: str, words: str) -> None:
    found = (chains(small, start, end, "ties"), chains(small, start, end, "ties and networks"))
    assert structure.of_paths(small, (start, end), *found) == words


def test_each_hop_has_its_evidence_and_only_free_rows_may_be_passed_on(small: Dataset) -> None:
    rows = introductions.rows(small, chains(small, "mumbai-in", "chicago-us", "ties and networks"))
    assert rows["Joined by"].tolist()[0] == "both in Mayors for Peace"
    assert rows["Free to reuse"].tolist()[0] == "no"
    assert (rows.loc[rows["Joined by"] == "Sister city or twin town", "Addresses"].str.startswith("https://")).all()


@pytest.mark.parametrize("shape", EXHIBITS)
@pytest.mark.parametrize("view", [View(), View(countries=("KEN",)), View(cities=("chicago-us", "suva-fj")),
                                  View(countries=("PRK",), regions=("caribbean",), from_year=1400, to_year=1401)],
                         ids=["all", "a country", "two cities", "nothing"])
def test_every_part_says_and_accounts_for_itself_in_any_view(shape: str, view: View) -> None:
    shown = EXHIBITS[shape](SHIPPED, view.replace(shape=shape))
    assert shown.finding
    assert shown.note
    if shown.figure is not None:
        rows = shown.rows()
        assert len(rows)
        assert all({heading, code} <= set(rows.columns) for heading, (code, _) in shown.links.items())


def test_every_part_of_the_vocabulary_is_drawn() -> None:
    assert {*EXHIBITS, "paths"} == set(SHAPES)
    assert set(structure.COLUMNS) == set(structure.WORDS) == set(structure.MEANINGS) == set(RANKS)
