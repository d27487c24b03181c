"""The sidebar's filters <-> the View. A widget's key is the key of the link; the six themes share `issue`."""

from __future__ import annotations

import datetime
from typing import Any

import streamlit as st

from components import finder, theme
from data.grammar import LISTS, MOST_VALUES, SWITCHES
from data.load import Dataset
from data.phrases import counted
from data.select import seats
from data.view import View
from data.words import CONTINENT_OF, ISSUES, REGIONS, THEMES

FIRST, LAST = 1900, datetime.datetime.now(tz=datetime.UTC).year
_KINDS = {"sister": "Sister city, twin town", "friendship": "Friendship, partner city",
          "agreement": "Cooperation agreement"}
_WIDE = ("domestic", "districts", "thin")
_BRIEF = {"climate": "Climate", "environment": "Environment", "trade": "Trade", "innovation": "Technology",
          "mobility": "Transport", "culture": "Arts", "education": "Education", "youth": "Youth", "planning": "Housing",
          "migration": "Migration", "inclusion": "Inclusion", "peace": "Peace", "rights": "Human rights"}
_ON = ("undated", "unstated")
PARTS = ("language", "chart", "sort", "shape", "rank", "divide", "closeness", "cut")


def current() -> View:
    """The View that the filters say, for a page; the same value for the whole run."""
    view: View = st.session_state["_view"]
    return view


def show(view: View) -> None:
    """Set the filters to a view. Call it in a callback (`on_click`, `on_select`), never in the middle of a page.

    An empty list and a switch that is off stay unset until they are drawn: Streamlit sends a widget again once its
    value was set for it, and the list of cities is long.
    """
    state = st.session_state
    state["_shown"] = state["_view"] = view
    lists = {_theme_key(group): [issue for issue in issues if issue in view.issues] for group, issues in THEMES.items()}
    lists |= {key: list(getattr(view, name)) for key, name in LISTS.items() if key != "issue"}
    values = lists | {key: getattr(view, key) for key in SWITCHES}
    state.update({key: value for key, value in values.items() if value or key in state or key in _ON})
    state.update(period=_ends(view))
    finder.forget()


def move(**changes: Any) -> None:
    """Change the view in a callback, as a click on the map does."""
    show(_said().replace(**changes))
    st.session_state["_moved"] = True


def changed() -> bool:
    """Whether the reader has moved a filter since the last run."""
    return st.session_state.pop("_moved", False) or _said() != current()


def read() -> View:
    """The View that the filters say, kept for the whole run."""
    view = st.session_state["_view"] = _said()
    return view


def _said() -> View:
    """The View of the widgets; what no filter shows (a closed box, the picture, years off the scale) stays."""
    state, shown, kept = st.session_state, st.session_state["_shown"], current()
    lists = {name: tuple(state[key] or ()) if key in state else getattr(kept, name)
             for key, name in LISTS.items() if key != "issue"}
    issues = tuple(issue for group in THEMES for issue in state.get(_theme_key(group)) or ())
    from_year, to_year = _years(state["period"], shown)
    switches = {key: bool(state.get(key, getattr(kept, key))) for key in SWITCHES}
    view: View = shown.replace(issues=issues, from_year=from_year, to_year=to_year, **lists, **switches)
    return view


def _refill(*keys: str) -> None:
    """Give the widgets of a box that was closed the values of the view again: Streamlit drops what it does not draw."""
    for key in keys:
        if key not in st.session_state:
            value = getattr(current(), LISTS.get(key, key))
            st.session_state[key] = list(value) if isinstance(value, tuple) else value


def _theme_key(group: str) -> str:
    return f"issue-{group.split()[0].lower()}"


def _ends(view: View) -> tuple[int, int]:
    """Where the two ends of the period's slider stand for a view; a year off the scale stands at its end."""
    first = FIRST if view.from_year is None else view.from_year
    last = LAST if view.to_year is None else view.to_year
    return min(max(first, FIRST), LAST), min(max(last, FIRST), LAST)


def _years(period: tuple[int, int], shown: View) -> tuple[int | None, int | None]:
    """The years that the slider means: an end not moved keeps its exact year, an end of the scale is no limit."""
    was = _ends(shown)
    first = shown.from_year if period[0] == was[0] else (period[0] if period[0] > FIRST else None)
    last = shown.to_year if period[1] == was[1] else (period[1] if period[1] < LAST else None)
    if first is not None and last is not None and first > last:
        return period
    return first, last


def draw(dataset: Dataset) -> None:
    """Draw the filters into the place where it is called, the sidebar."""
    st.button("Reset filters", key="reset", type="tertiary", icon=":material/restart_alt:", on_click=_reset,
              disabled=_unfiltered(), help="Back to all ties")
    finder.draw(dataset)
    _room()
    _period()
    _issues()
    _more(dataset)


def _room() -> None:
    """What says that only the ties within a room are shown, and the way out of it."""
    if current().room:
        st.button(f"In the room: {counted(len(seats(current())), 'city')}", key="leave-room", icon=":material/close:",
                  on_click=move, kwargs={"room": ()}, help="Ties and memberships of these cities only; click to leave")


def _reset() -> None:
    show(_bare(current()))


def _unfiltered() -> bool:
    return current().replace(data="") == _bare(current())


def _bare(view: View) -> View:
    """The view with nothing left out, at the same chart."""
    return View(**{name: getattr(view, name) for name in PARTS})


def _period() -> None:
    st.slider(f"Period: {_in_words(current())}", FIRST, LAST, key="period")
    st.toggle("Undated ties too", key="undated",
              help="Most lists give no year; these ties are drawn fainter.")


def _issues() -> None:
    st.header("Issue areas", anchor=False)
    with st.container(gap="xxsmall"):
        for group, issues in THEMES.items():
            st.pills(f":{theme.MARKS[group]}[●] {group}", issues, selection_mode="multi", key=_theme_key(group),
                     format_func=lambda issue: _BRIEF.get(issue, ISSUES[issue]))
    st.toggle("Ties of no stated area too", key="unstated",
              help="Few sources say what a tie is about.")


def _in_words(view: View) -> str:
    if view.from_year is None and view.to_year is None:
        return "any time"
    if view.from_year is None:
        return f"in force at some time up to {view.to_year}"
    if view.to_year is None:
        return f"in force at some time since {view.from_year}"
    return f"in force at some time from {view.from_year} to {view.to_year}"


def _more(dataset: Dataset) -> None:
    """A box that sends its contents only once it is opened, with the number of things chosen in it."""
    view = current()
    chosen = len(view.countries) + len(view.regions) + len(view.networks) + len(view.kinds) + sum(
        getattr(view, key) for key in _WIDE)
    with st.expander(f"More filters{f' · {chosen}' if chosen else ''}", key="box", on_change="rerun") as box:
        if box.open:
            _refill("country", "region", "network", "kind", *_WIDE)
            _where(dataset)
            _networks(dataset)
            _kinds()


def _where(dataset: Dataset) -> None:
    names = dataset.country_names.sort_values()
    st.multiselect("Countries", names.index.tolist(), format_func=names.get, key="country",
                   placeholder="All countries", filter_mode="contains", select_all=False, max_selections=MOST_VALUES)
    order = sorted(REGIONS, key=lambda code: (CONTINENT_OF[REGIONS[code]], REGIONS[code]))
    st.multiselect("Regions", order, format_func=REGIONS.get, key="region", placeholder="All regions",
                   filter_mode="contains", select_all=False)


def _networks(dataset: Dataset) -> None:
    networks = dataset.networks.sort_values("members_listed", ascending=False, kind="stable")
    full = (" · " + networks["name"]).where(networks["name"] != networks["short_name"], "")
    names = dict(zip(networks["network_id"], networks["short_name"] + full, strict=True))
    st.multiselect("Ties among the members of", list(names), format_func=names.get, key="network",
                   placeholder="Any network", filter_mode="contains", select_all=False, max_selections=MOST_VALUES)


def _kinds() -> None:
    st.pills("Kind of tie", list(_KINDS), selection_mode="multi", format_func=_KINDS.get, key="kind")
    st.toggle("Ties within one country", key="domestic")
    st.toggle("Districts and regions", key="districts",
              help="Partners that are a part of a city, a county or a province.")
    st.toggle("Thinly attested ties", key="thin", help="On one older list only, undated, and not on the list of 2026.")
