"""The entry script: runs on every page and at every change. Page list, filters, address, the page itself, footer."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components import address, filters, footer, store, theme
from data.load import DatasetError

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "components/pictures"
ICON = str(PICTURES / "icon.png")  # no SVG: Streamlit would send it along with every run
NAME = "Atlas of City Alliances"
PAGES = {
    "atlas": ("World map", ":material/public:"),
    "networks": ("Networks and relations", ":material/hub:"),
    "city": ("One city", ":material/location_city:"),
    "compare": ("Compare cities", ":material/compare_arrows:"),
    "structure": ("Structure and paths", ":material/lan:"),
    "divides": ("Cities and nations", ":material/balance:"),
    "partners": ("New partners", ":material/handshake:"),
    "data": ("Data and sources", ":material/database:"),
}
OF_TIES = ("", "home", "atlas", "city", "data")


def main() -> None:
    """Draw the page that the address names, in the view that the address names."""
    try:
        dataset = store.dataset()
    except DatasetError as problem:
        st.error(str(problem))
        st.stop()
    home = st.Page(ROOT / "pages/atlas.py", title=NAME, url_path="home", default=True)
    pages = [st.Page(ROOT / f"pages/{name}.py", title=title, url_path=name) for name, (title, _) in PAGES.items()]
    page = st.navigation([home, *pages], position="hidden")
    address.arrive(dataset, page.url_path)
    view = filters.read()
    name = view.describe(dataset).rstrip(".") if page.url_path in OF_TIES else PAGES[page.url_path][0]
    st.set_page_config(page_title=f"{name} · {NAME}", page_icon=ICON, layout="wide",
                       initial_sidebar_state="collapsed" if st.context.is_embedded else "auto")
    with st.sidebar:
        st.logo(str(PICTURES / f"name-{'dark' if theme.dark() else 'light'}.png"), size="large", icon_image=ICON)
        for target in pages:
            icon = PAGES[target.url_path][1]  # not the page's own icon: a browser would fetch it from a font host
            st.page_link(target, icon=icon, query_params=view.to_query(), width="stretch")
        filters.draw(dataset)
    address.write(view)
    for problem in address.problems():
        st.warning(problem, icon=":material/link_off:")
    page.run()
    footer.draw(dataset)


main()
