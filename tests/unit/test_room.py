"""The room: a list as people write it, what each name means, and what joins the cities or does not yet."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import pasted, room, search, select
from data import report as reports
from data.grammar import LONGEST_SEAT, MOST_SEATS
from data.load import Dataset, load
from data.view import View

TABLE = View(room=("chicago-us", "cologne-de", "kyiv-ua", "mexico-city-mx", "tokyo-jp", "toledo-es", "?Atlantis"))
FOUND = {
    "Köln": "cologne-de", "Sao Paulo": "sao-paulo-br", "Bombay": "mumbai-in", "Kiev": "kyiv-ua", "Wien": "vienna-at",
    "Москва": "moscow-ru", "г. Казань": "kazan-ru", "Sankt-Peterburg": "saint-petersburg-ru", "Αθήνα": "athens-gr",
    "Θεσσαλονίκη": "thessaloniki-gr", "القاهرة": "cairo-eg", "بيروت": "beirut-lb", "תל אביב": "tel-aviv-il",
    "東京": "tokyo-jp", "横浜市": "yokohama-jp", "北京市": "beijing-cn", "臺北": "taipei-tw", "서울": "seoul-kr",
    "대구광역시": "daegu-kr", "मुंबई": "mumbai-in", "กรุงเทพมหานคร": "bangkok-th", "თბილისი": "tbilisi-ge",
    "Երևան": "yerevan-am", "Washington DC": "washington-dc-us", "The Hague": "the-hague-nl",
    "Saigon": "ho-chi-minh-city-vn", "City of Melbourne": "melbourne-au", "Ville de Genève": "geneva-ch",
    "Nairobi (Kenya)": "nairobi-ke", "London, Canada": "london-ca", "Paris": "paris-fr", "Barcelona": "barcelona-es",
    "Roma": "rome-it", "Washington": "washington-dc-us",
}
OPEN = {
    "Springfield": "springfield-us", "San José": "san-jose-cr", "Valencia": "valencia-es", "Chcago": "chicago-us",
    "Quebec": "quebec-city-ca", "Köln (Deutschland)": "cologne-de", "Paris, Texas": "paris-fr",
    "Londres": "london-gb",
}
WITHOUT_ALIAS = {"NYC": "unknown", "बेंगलुरु": "unknown", "Antwerpen": "open"}


@pytest.fixture(scope="module")
def shipped() -> Dataset:
    return load()


def _entry(dataset: Dataset, name: str) -> reports.Entry:
    return reports.match(dataset, [name]).entries[0]


def _standings(dataset: Dataset, *names: str) -> list[str]:
    return [entry.standing for entry in reports.match(dataset, names).entries]


@pytest.mark.parametrize(("name", "city"), FOUND.items())
def test_a_name_as_people_write_it_is_found(shipped: Dataset, name: str, city: str) -> None:
    entry = _entry(shipped, name)
    assert (entry.standing, entry.city) == ("found", city)


@pytest.mark.parametrize(("name", "city"), OPEN.items())
def test_what_may_mean_several_or_is_not_quite_a_name_is_left_open(shipped: Dataset, name: str, city: str) -> None:
    entry = _entry(shipped, name)
    assert (entry.standing, entry.city) == ("open", "")
    assert city in entry.choices
    assert len(entry.choices) <= 5


@pytest.mark.parametrize(("name", "standing"), WITHOUT_ALIAS.items())
def test_a_city_whose_alias_the_tables_lack_is_asked_about_not_dropped(
        shipped: Dataset, name: str, standing: str) -> None:
    assert _entry(shipped, name).standing == standing


@pytest.mark.parametrize("name", ["Londres", "The City", "Londres, UK"])
def test_a_further_name_of_the_city_of_london_may_be_london(shipped: Dataset, name: str) -> None:
    assert _entry(shipped, name).choices == ("london-gb", "city-of-london-gb")


@pytest.mark.parametrize(("name", "city"), [
    ("City of London", "city-of-london-gb"), ("Westminster, UK", "city-of-westminster-gb"),
    ("Battle Hill", "madison-us-5100748")])
def test_a_city_within_london_by_its_name_and_a_lesser_namesake_by_its_further_name_are_found(
        shipped: Dataset, name: str, city: str) -> None:
    entry = _entry(shipped, name)
    assert (entry.standing, entry.city) == ("found", city)


def test_a_misspelling_is_to_be_confirmed_with_its_only_neighbour(shipped: Dataset) -> None:
    assert _entry(shipped, "Chcago").choices == ("chicago-us",)


def test_a_name_of_no_city_is_unknown_and_names_near_it_are_given(shipped: Dataset) -> None:
    entry = _entry(shipped, "Atlantis")
    assert entry.standing == "unknown"
    assert "atlanta-us" in entry.choices


def test_a_city_that_stands_clear_is_found_and_its_namesakes_are_kept(shipped: Dataset) -> None:
    assert "london-ca" in _entry(shipped, "London").choices


def test_the_best_choice_is_the_city_with_most_ties(shipped: Dataset) -> None:
    assert _entry(shipped, "Newcastle").choices[0] == "newcastle-upon-tyne-gb"


def test_every_label_of_the_search_means_its_city(shipped: Dataset) -> None:
    view = View(room=tuple(shipped.cities["city_id"].iloc[::200]))
    assert reports.report(shipped, view).seats == view.room
    assert len(reports.report(shipped, view).of("found")) == len(view.room)


NAMES = st.lists(st.one_of(st.sampled_from(["Chicago", "Чикаго", "Toledo", "Springfield", "Atlantis", "Chcago"]),
                           st.text(max_size=100)), max_size=40)


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_every_name_is_counted_once_and_the_seats_fit_a_link(small: Dataset, typed: list[str]) -> None:
    names, _ = pasted.lines(small, "\n".join(typed))
    report = reports.match(small, names)
    count = Counter(entry.standing for entry in report.entries)
    assert [entry.typed for entry in report.entries] == names
    assert count.total() == len(names)
    assert set(count) <= {"found", "open", "unknown", "repeated"}
    assert len(report.seats) == len(names) - count["repeated"]
    assert View(room=report.seats).room == report.seats


@given(st.text(alphabet=st.sampled_from(list("Paris,;\t\n\"'|*-1.()[]\x00\u2028=<>$")), max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_gives_names_that_fit_a_seat(small: Dataset, text: str) -> None:
    names, _ = pasted.lines(small, text)
    assert all(name.isprintable() and 0 < len(name) < LONGEST_SEAT for name in names)


def test_the_same_city_in_another_spelling_is_repeated(small: Dataset) -> None:
    assert _standings(small, "Chicago", "Чикаго", "Atlantis", "Atlantis") == [
        "found", "repeated", "unknown", "repeated"]


def test_the_account_is_said_in_words(small: Dataset) -> None:
    report = reports.match(small, ["Chicago", "Чикаго", "Springfield", "Atlantis"])
    assert report.sentence == "1 of 4 found; 1 to choose, 1 unknown, 1 named again."


def test_an_open_name_is_settled_by_a_city_by_another_spelling_or_taken_out(small: Dataset) -> None:
    report = reports.match(small, ["Chicago", "Springfield", "Atlantis"])
    assert report.settle(small, "Springfield", "springfield-us").seats == ("?Atlantis", "chicago-us", "springfield-us")
    assert report.settle(small, "Atlantis", "Tokio").seats == ("?Springfield", "chicago-us", "tokyo-jp")
    assert report.settle(small, "Atlantis", "").seats == ("?Springfield", "chicago-us")
    assert [entry.standing for entry in report.settle(small, "Atlantis", "chicago-us").entries] == [
        "found", "open", "repeated"]


def test_a_name_of_the_link_that_was_not_settled_stays_to_be_chosen(small: Dataset) -> None:
    entry = reports.report(small, View(room=("?Toledo, Spain", "tokyo-jp"))).entries[0]
    assert (entry.standing, entry.choices) == ("open", ("toledo-es",))


@pytest.mark.parametrize(("text", "names"), [
    ("1. Tokyo\n2) Köln\n- Kyiv,\n• “Warsaw”;\n\n (4) 'Suva'\n", ["Tokyo", "Köln", "Kyiv", "Warsaw", "Suva"]),
    ("Tokyo\r\n\tKöln\t", ["Tokyo", "Köln"]),
    ("Toledo, OH, United States", ["Toledo, OH, United States"]),
    ("Toledo, OH, United States\nToledo, Spain\nTokyo, Japan",
     ["Toledo, OH, United States", "Toledo, Spain", "Tokyo, Japan"]),
    ('=HYPERLINK("http://x","Tokyo")\n<b>Tokyo</b>\n**x**\n$x$',
     ['=HYPERLINK("http://x","Tokyo")', "<b>Tokyo</b>", "**x**", "$x$"]),
    ("Dear all, here, is\nmy list, of, words", ["Dear all, here, is", "my list, of, words"]),
])
def test_a_plain_list_is_read_without_a_word(small: Dataset, text: str, names: list[str]) -> None:
    assert pasted.lines(small, text) == (names, [])


@pytest.mark.parametrize(("text", "names", "said"), [
    ("Tokyo; Köln", ["Tokyo", "Köln"], "The one line was read as 2 names."),
    ("Tokyo, Köln, Kyiv", ["Tokyo", "Köln", "Kyiv"], "The one line was read as 3 names."),
    ("東京、Київ", ["東京", "Київ"], "The one line was read as 2 names."),
    ("City\nTokyo\nKyiv", ["Tokyo", "Kyiv"], "The first line, “City”, was taken as a heading."),
    ("name,city,country\nAnn,Toledo,Spain\nBo,Tokyo,JP\nCy,,", ["Toledo, Spain", "Tokyo, Japan"],
     "The list is a table: its column “city” was taken as the cities, narrowed by the countries in column “country”. "
     "1 row is without a city."),
    ("Ann\tToledo\tESP\nBo\tTokyo\tJPN\nlast: Kyiv", ["Toledo, ESP", "Tokyo, JPN", "last: Kyiv"],
     "The list is a table: its column number 2 was taken as the cities, narrowed by the countries in column number 3."),
    ("Nr;Ville;Pays\n1;Tokyo;Japon\n2;Kiev;Oekraïne", ["Tokyo", "Kiev"],
     "The list is a table: its column “Ville” was taken as the cities, without the countries in column “Pays”."),
    ("Tokyo;Köln\nKyiv;Suva", ["Tokyo", "Köln", "Kyiv", "Suva"], "Each of the 2 columns was read as cities."),
])
def test_what_is_not_a_plain_list_is_understood_and_said(small: Dataset, text: str, names: list[str],
                                                         said: str) -> None:
    assert pasted.lines(small, text) == (names, [said])


def test_names_beyond_the_most_are_said_with_the_first_of_them(small: Dataset) -> None:
    names, said = pasted.lines(small, "\n".join(f"Town {number}x" for number in range(MOST_SEATS + 12)))
    assert len(names) == MOST_SEATS
    assert said == ["The list has 312 names: the first 300 are used, 12 are not, the first of them “Town 300x”."]


def test_a_name_too_long_for_a_seat_is_cut_and_said(small: Dataset) -> None:
    names, said = pasted.lines(small, f"{'x' * 200}\nTokyo")
    assert names == ["x" * (LONGEST_SEAT - 1), "Tokyo"]
    assert "Cut after 79 characters" in said[0]


def test_ties_networks_and_partners_are_those_within_the_room(small: Dataset) -> None:
    found = room.room(small, TABLE)
    ends = set(found.ties["city_a"]) | set(found.ties["city_b"])
    assert ends <= set(select.seats(TABLE))
    assert len(found.ties) == len(select.ties(small, TABLE)) == 7
    assert found.cities.iloc[0].tolist() == ["chicago-us", 4, 3, 1]
    assert found.cities.set_index("city_id").at["toledo-es", "ties"] == 1
    assert found.networks[["network_id", "cities", "number"]].to_numpy().tolist() == [
        ["c40", ["chicago-us", "tokyo-jp"], 2]]


def test_a_pair_without_a_tie_has_its_reasons_and_its_points(small: Dataset) -> None:
    found = room.room(small, TABLE)
    pairs = found.pairs.set_index(["city_a", "city_b"])
    assert found.apart == len(found.pairs) == 9
    assert ("chicago-us", "kyiv-ua") not in pairs.index
    first = pairs.loc[("chicago-us", "tokyo-jp")]
    assert first["reasons"] == ["both are in C40", "common partners elsewhere: Suva"]
    assert first["score"] == 2
    assert pairs["score"].is_monotonic_decreasing


def test_a_common_partner_in_the_room_counts_more_than_one_elsewhere(small: Dataset) -> None:
    wide = room.room(small, TABLE.replace(room=(*TABLE.room, "suva-fj"))).pairs.set_index(["city_a", "city_b"])
    pair = wide.loc[("chicago-us", "tokyo-jp")]
    assert pair["reasons"] == ["both are in C40", "common partners in the room: Suva"]
    assert pair["score"] == 3


def test_an_uncertain_tie_is_no_missing_one_and_an_earlier_tie_is_said(small: Dataset) -> None:
    pairs = room.room(small, View(room=("chicago-us", "cologne-de", "moscow-ru", "mumbai-in"))).pairs
    ends = set(zip(pairs["city_a"], pairs["city_b"], strict=True))
    assert ends == {("chicago-us", "moscow-ru"), ("chicago-us", "mumbai-in"), ("cologne-de", "moscow-ru"),
                    ("cologne-de", "mumbai-in")}
    past = pairs.set_index(["city_a", "city_b"])["past"]
    assert past[("chicago-us", "moscow-ru")] == "had a tie (sister): suspended in 2022"
    assert past[("chicago-us", "mumbai-in")] == ""


def test_pairs_of_one_country_count_only_where_the_view_asks_for_them(small: Dataset) -> None:
    view = View(room=("chicago-us", "new-york-us"))
    assert room.room(small, view).apart == 0
    assert room.room(small, view.replace(domestic=True)).apart == 1


def test_other_places_of_the_view_do_not_change_the_room(small: Dataset) -> None:
    narrow = TABLE.replace(cities=("kyiv-ua",), networks=("eurocities",), countries=("FJI",))
    assert room.own(narrow) == room.own(TABLE)
    assert len(room.room(small, narrow).ties) == 7


def test_the_finding_has_the_numbers_of_the_room(small: Dataset) -> None:
    assert room.finding(small, TABLE) == "6 of the 6 cities in this room have 7 ties with each other; 2 of all 6 are " \
                                         "in C40"
    assert room.finding(small, View(room=("?Atlantis", "suva-fj"))) == \
        "2 names in this room, 1 found: two cities are needed"


def test_a_room_without_a_seat_is_refused(small: Dataset) -> None:
    with pytest.raises(ValueError, match="room: must have a name in it"):
        room.room(small, View())
    with pytest.raises(ValueError, match="room: must hold a city"):
        room.story(small, View(room=("?Atlantis",)))


@pytest.mark.parametrize("seats", [
    TABLE.room, ("suva-fj",), ("chicago-us", "new-york-us"), ("mumbai-in", "sao-paulo-br"), ("ehrenfeld-de", "?x")])
def test_the_story_has_five_slides_each_with_the_room(small: Dataset, seats: tuple[str, ...]) -> None:
    story = room.story(small, View(room=seats, data="2020.1.0", cities=("kyiv-ua",)))
    assert len(story.slides) == 5
    assert {slide.view.room for slide in story.slides} == {View(room=seats).room}
    assert all(slide.title for slide in story.slides)
    assert story.data == small.version


def test_the_story_says_the_numbers_of_the_room(small: Dataset) -> None:
    _, tied, networks, apart, following = room.story(small, TABLE).slides
    assert tied.text == "Chicago has 4 ties with 3 cities of this room; no other city here has more partners in it."
    assert networks.text == "Of 6 cities, C40 has 2; 1 network joins two or more of us."
    assert apart.text == "9 pairs of cities of two countries here have no tie in force."
    assert apart.notes.startswith("Chicago and Tokyo: both are in C40")
    assert following.view.cities == ("chicago-us", "tokyo-jp")


def test_the_like_of_few_names_is_looked_for_however_long_the_list(
        small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(search, "find", lambda dataset, text, most: asked.append(text) or [])
    found = reports.match(small, [*(f"Nowhere {number}" for number in range(300)), "Chicago"])
    assert len(asked) == reports.LIKE
    assert len(found.of("unknown")) == 300
    assert [entry.city for entry in found.of("found")] == ["chicago-us"]
