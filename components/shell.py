"""The entry script: runs on every page and at every change. Page list, filters, address, the page itself, footer."""

from __future__ import annotations

import time
from pathlib import Path

import streamlit as st

from components import address, edition, filters, footer, headline, share, store, theme, upkeep, watch
from components.shown import NAME
from data.load import DatasetError
from data.view import View
from data.words import PAGES

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "components/pictures"
ICON = str(PICTURES / "icon.png")  # no SVG: Streamlit would send it along with every run
ICONS = {"atlas": "public", "networks": "hub", "city": "location_city", "compare": "compare_arrows",
         "structure": "lan", "divides": "balance", "partners": "handshake", "room": "meeting_room",
         "data": "database", "present": "slideshow"}
TITLES = PAGES | {"present": "Present"}


def main() -> None:
    """Draw the page that the address names, in the view that the address names."""
    try:
        dataset = store.dataset()
    except DatasetError as problem:
        st.error(str(problem))
        st.stop()
    home = st.Page(ROOT / "pages/atlas.py", title=NAME, url_path="home", default=True)
    pages = [st.Page(ROOT / f"pages/{name}.py", title=title, url_path=name) for name, title in TITLES.items()]
    page = st.navigation([home, *pages], position="hidden")
    name = page.url_path if page.url_path in TITLES else "atlas"
    address.arrive(name)
    view = filters.read()
    st.set_page_config(page_icon=ICON, layout="wide",
                       initial_sidebar_state="collapsed" if st.context.is_embedded else "auto")
    with st.sidebar:
        _menu(pages, view)
        filters.draw(dataset)
    address.write(name, view)
    for problem in address.problems():
        st.warning(problem, icon=":material/link_off:")
    if name in PAGES:
        edition.draw(dataset, view)
    page.run()
    if st.context.is_embedded and name in PAGES:
        share.outside(share.shown(dataset, name, view))
    else:
        footer.draw(dataset)
    st.set_page_config(page_title=f"{headline.said(TITLES[name])} · {NAME}")
    _stay()


@st.fragment(run_every=86_400)
def _stay() -> None:
    """Nothing, once a day: a browser that comes to another server runs its page there only where something recurs."""


def run() -> None:
    """Draw the page, note it, and say plainly where that fails."""
    start, state = time.perf_counter(), st.session_state
    try:
        with upkeep.TURNS:
            main()
    except Exception:
        number = watch.failed("page", watch.facts(state["_page"], state["_view"]) if "_view" in state else {})
        st.error(f"This page cannot be drawn. The fault has been noted under the number {number}. "
                 "The [world map](/atlas) is the way out.", icon=":material/error:")
    if "_view" in state:
        watch.viewed(state["_page"], state["_view"], time.perf_counter() - start)


def _menu(pages: list[st.Page], view: View) -> None:
    """The name of the Atlas and the links to its pages, each in this view."""
    st.logo(str(PICTURES / f"name-{'dark' if theme.dark() else 'light'}.png"), size="large", icon_image=ICON)
    with st.container(key="menu"):
        for target in pages:
            icon = ICONS[target.url_path]  # not the page's own icon: a browser would fetch it from a font host
            st.page_link(target, icon=f":material/{icon}:", query_params=view.to_query(), width="stretch")


run()
