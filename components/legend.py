"""What the colours, widths and faintness of the map mean; a click on a theme filters."""

from __future__ import annotations

import streamlit as st

from components import filters, theme
from components.maps.palette import DARK, LIGHT, Colour
from data.view import View
from data.words import THEMES

_STYLE = (".legend{font-size:.875rem;opacity:.85;line-height:1.7}"
          ".legend i{display:inline-block;vertical-align:middle;width:22px}")


def draw(view: View) -> None:
    """Draw the samples with their words, and the themes to choose from."""
    palette = DARK if theme.dark() else LIGHT
    tie, across, city = map(_css, (palette.tie, palette.across, palette.city))
    samples = {
        "flows": [(_line(tie, 3), "within a continent"), (_line(across, 3), "between continents"),
                  (_line(across, 1) + _line(across, 5), "wider with more ties")],
        "ties": [(_line(tie, 2), "a tie of no stated issue"),
                 (_line(tie, 2, 0.4), "fainter: year unknown, one source, or place uncertain"),
                 (_dot(city), "city, larger with more ties")],
        "cities": [(_dot(city), "city, larger with more ties")],
        "networks": [(_dot(city), "member, larger in more networks"), (_line(tie, 1), "to the secretariat"),
                     (_dot(across), "secretariat")],
    }[view.drawn]
    if view.drawn == "ties" and len(view.cities) == 2:
        samples.append((_line(across, 1), "tie between their neighbourhoods"))
    text = " &ensp; ".join(f"<nobr>{shape} {words}</nobr>" for shape, words in samples)
    st.html(f"<style>{_STYLE}</style><div class='legend'>{text}</div>")
    st.session_state["legend"] = _whole(view)
    st.pills("Issue areas", list(THEMES), key="legend", selection_mode="multi", label_visibility="collapsed",
             format_func=lambda group: f":{theme.MARKS[group]}[●] {group}", on_change=_choose)


def _whole(view: View) -> list[str]:
    """The themes of which every issue area is chosen."""
    return [group for group, issues in THEMES.items() if set(issues) <= set(view.issues)]


def _choose() -> None:
    """Add or take away whole themes; areas chosen one by one stay."""
    view, themes = filters.current(), st.session_state["legend"]
    dropped = {issue for group in _whole(view) if group not in themes for issue in THEMES[group]}
    filters.move(issues=(*(issue for issue in view.issues if issue not in dropped),
                         *(issue for group in themes for issue in THEMES[group])))


def _css(colour: Colour) -> str:
    return f"rgb{colour}"


def _line(colour: str, width: int, opacity: float = 1.0) -> str:
    return f"<i style='height:{width}px;background:{colour};opacity:{opacity}'></i>"


def _dot(colour: str) -> str:
    return f"<i style='width:8px;height:8px;border-radius:4px;background:{colour}'></i>"
