"""The page of the room without a browser: the list, its report, what is settled in the link, and what is drawn."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.view import View

Start = Callable[..., AppTest]
LIST = "Chicago\nКиїв\nTokyo\nSpringfield\nWarzawa\nAtlantis"


def _view(test: AppTest) -> View:
    assert not test.exception, test.exception[0].message
    view: View = test.session_state["_view"]
    return view


def _texts(test: AppTest) -> str:
    return "\n".join(text.value for text in test.main.markdown)


def _find(test: AppTest, text: str) -> AppTest:
    test.main.text_area[0].set_value(text)
    return next(button for button in test.main.button if button.label == "Find them").click().run()


def _in(*seats: str) -> str:
    return View(room=seats).to_query()["room"]


def test_without_a_room_the_page_asks_for_a_list_and_gives_an_example(app: Start) -> None:
    test = app("room")
    assert _view(test).room == ()
    assert test.main.title[0].value == "Who is in the room?"
    assert "東京" in test.main.text_area[0].placeholder
    assert "(/room?room=" in test.main.caption[0].value


def test_a_list_becomes_a_room_in_the_link_with_every_name_in_the_report(app: Start) -> None:
    test = _find(app("room"), LIST)
    assert _view(test).room == tuple(sorted(
        ["chicago-us", "kyiv-ua", "tokyo-jp", "?Springfield", "?Warzawa", "?Atlantis"]))
    assert "**3 of 6 found; 2 to choose, 1 unknown.**" in _texts(test)
    assert test.query_params["room"] in (_in(*_view(test).room), [_in(*_view(test).room)])
    for name in ("Springfield", "Warzawa", "Atlantis"):
        assert f"` {name} `" in _texts(test)


def test_an_empty_list_is_said_and_changes_nothing(app: Start) -> None:
    test = _find(app("room"), "\n - \n")
    assert _view(test).room == ()
    assert any("No name was found in the list" in block.value for block in test.main.get("html"))


def test_a_choice_settles_a_name_in_the_link(app: Start) -> None:
    test = _find(app("room"), LIST)
    test.selectbox(key="seat-Springfield").set_value("springfield-us").run()
    assert "springfield-us" in _view(test).room
    assert "?Springfield" not in _view(test).room
    assert test.query_params["room"] in (_in(*_view(test).room), [_in(*_view(test).room)])
    assert "**4 of 6 found; 1 to choose, 1 unknown.**" in _texts(test)


def test_a_name_can_be_taken_out(app: Start) -> None:
    test = _find(app("room"), LIST)
    test.button(key="out-Atlantis").click().run()
    assert "?Atlantis" not in _view(test).room
    assert "**3 of 5 found; 2 to choose.**" in _texts(test)


def test_the_link_alone_opens_the_room_with_its_open_names(app: Start) -> None:
    test = app("room", room=_in("chicago-us", "kyiv-ua", "tokyo-jp", "?Springfield"))
    assert test.main.title[0].value.startswith("2 of the 3 cities in this room have 1 tie with each other")
    assert "**3 of 4 found; 1 to choose.**" in _texts(test)
    assert test.selectbox(key="seat-Springfield").value is None


def test_the_room_shows_networks_best_connected_and_pairs_with_reasons(app: Start) -> None:
    test = app("room", room=_in("chicago-us", "kyiv-ua", "tokyo-jp", "suva-fj"))
    networks, cities = (frame.value for frame in test.main.dataframe)
    assert networks["Network"].tolist() == ["/networks?chart=network&network=c40#C40"]
    assert networks["In this room"].tolist() == [2]
    assert cities["City"].iloc[0] == "/city?city=chicago-us#Chicago, IL, United States"
    assert "Both are in C40; common partners in the room: Suva." in _texts(test)
    assert "not among the cities in the room" in _texts(test)


def test_the_numbers_hold_all_pairs(app: Start) -> None:
    test = app("room", room=_in("chicago-us", "kyiv-ua", "tokyo-jp", "suva-fj"))
    test.session_state["numbers-room-pairs"] = True
    pairs = test.run().main.dataframe[-1].value
    _view(test)
    assert pairs["Points"].tolist() == sorted(pairs["Points"], reverse=True)
    assert pairs["Reasons"].iloc[0] == "both are in C40; common partners in the room: Suva"


def test_a_name_with_markup_stands_as_it_was_typed(app: Start) -> None:
    names = ["<img src=x onerror=1>", "**x**", "[a](b)", "$x$", "a`b", ":red[x]"]
    texts = _texts(_find(app("room"), "\n".join(["Chicago", "Tokyo", *names])))
    for name in names:
        fence = "``" if "`" in name else "`"
        assert f"{fence} {name} {fence}" in texts


def test_the_list_can_be_changed_and_holds_what_is_in_the_room(app: Start) -> None:
    test = _find(app("room"), "Чикаго\nChicago\nAtlantis")
    test.session_state["room-list"] = True
    test.run()
    assert test.main.text_area[0].value == "Chicago, IL, United States\nAtlantis"
    standings = test.main.dataframe[0].value.set_index("As typed")["Standing"]
    assert standings.to_dict() == {"Чикаго": "found", "Chicago": "named before", "Atlantis": "unknown"}
    test = _find(test, f"{test.main.text_area[0].value}\nKiev")
    assert _view(test).room == ("?Atlantis", "chicago-us", "kyiv-ua")


def test_a_table_pasted_by_mistake_is_read_and_said(app: Start) -> None:
    test = _find(app("room"), "name,city\n<b>Ann</b>,Tokyo\nBo,Kiev")
    assert _view(test).room == ("kyiv-ua", "tokyo-jp")
    assert any("its column “city” was taken as the cities" in block.value for block in test.main.get("html"))


def test_one_city_or_none_found_has_a_page(app: Start) -> None:
    for seats in (("chicago-us",), ("?Atlantis",)):
        test = app("room", room=_in(*seats))
        assert _view(test).room == seats
        assert test.main.title[0].value.endswith("two cities are needed")


def test_a_room_that_was_left_leaves_no_remark(app: Start) -> None:
    test = _find(app("room"), "Tokyo; Kiev")
    assert test.main.get("html")
    test.button(key="leave-room").click().run()
    assert test.main.title[0].value == "Who is in the room?"
    assert not any("The one line" in block.value for block in test.main.get("html"))


def test_the_list_is_filled_again_when_its_box_is_opened_again(app: Start) -> None:
    test = app("room", room=_in("chicago-us", "kyiv-ua"))
    for is_open in (True, False, True):
        test.session_state["room-list"] = is_open
        test.run()
    assert test.main.text_area[0].value == "Chicago, IL, United States\nKyiv, Ukraine"
