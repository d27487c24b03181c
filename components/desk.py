"""The page of stories: choose one, tell it, share it, take it away, and make one's own."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components import draft, share, store, telling
from components.shown import Shown, query
from data import export, story
from data.story import LONGEST, MOST_SLIDES, Slide, Story, StoryError
from data.words import PAGES

OWN = "own"
LONGEST_LINK = 2_000


def draw() -> None:
    """Draw the page."""
    made = draft.own()
    st.session_state["which"] = draft.told() or (OWN if made else next(iter(story.shipped())))
    names = {name: told.title for name, told in story.shipped().items()}
    if made:
        names[OWN] = f"{share.plain(made.title)} (yours)"
    which = st.segmented_control("Story", list(names), format_func=names.get, key="which", required=True,
                                 label_visibility="collapsed", on_change=_choose)
    told = made if which == OWN and made else story.shipped()[which]
    _stage(which, told)
    _take(told)
    _bring(which, told, made)
    for number, slide in enumerate(told.slides):
        (_editable if which == OWN else _shown)(number, slide, len(told.slides))


def _choose() -> None:
    which = st.session_state["which"]
    draft.tell("" if which == OWN else which)


def _stage(which: str, told: Story) -> None:
    """The way to the stage, and the link of the story."""
    if which == OWN and not draft.text(told):
        st.warning("This story is too long for a link and for the stage. Save its file, and shorten its notes.")
        return
    link_query = urlencode({"story": draft.text(told)} if which == OWN else {"tell": which})
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button("Present", f"/stage?{link_query}", type="primary", icon=":material/slideshow:", shortcut="P",
                       help="The whole story loads at once; then no network is needed. F: full screen; arrow keys; "
                            "P: presenter’s window; ?: all keys")
        st.markdown(f":gray[{len(told.slides)} slides. Once their pictures have come, no network is needed.]")
    with st.expander("The story as a link"):
        link = f"{share.host()}/present?{link_query}"
        st.code(link, language=None, wrap_lines=True)
        if len(link) > LONGEST_LINK:
            st.caption(f"{len(link):,} characters: some programs cut links longer than {LONGEST_LINK:,}. Shorten the "
                       "notes, or send the file.")


def _take(told: Story) -> None:
    """The downloads; each is made when it is clicked."""
    name = partial(export.name, "story", store.dataset().version)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("To leave behind:")
        for form, (ending, mime, make) in telling.FORMS.items():
            st.download_button(form, data=partial(make, told, share.host()), file_name=name(ending), mime=mime,
                               key=f"take-{ending}", on_click="ignore", help="Made when you click; takes a few seconds")
        st.download_button("Story file", data=partial(story.to_file, told), file_name=name("toml"), key="take-toml",
                           mime="application/toml", on_click="ignore", help="To edit by hand, and to open again here")


def _bring(which: str, told: Story, made: Story | None) -> None:
    """How a story becomes the reader's own."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if which != OWN:
            full = bool(made) and len(made.slides) + len(told.slides) > MOST_SLIDES
            st.button("Add its slides to mine" if made else "Make my own from it", key="copy", disabled=full,
                      icon=":material/content_copy:", on_click=_copy, args=(told,))
        if draft.before() is not None:
            st.button("Undo", key="undo", icon=":material/undo:", on_click=draft.undo)
    if not made:
        st.caption("“Add to story”, beside the headline of any page, makes that view a slide of your own story. It "
                   "stays in this browser tab and in its address, nowhere else.")
    with st.expander("Open a story file"):
        st.file_uploader("A story saved here (.toml)", key="file", on_change=_open, label_visibility="collapsed")
    for problem in st.session_state.pop("_file", []):
        st.warning(problem, icon=":material/description:")


def _copy(told: Story) -> None:
    made = draft.own()
    draft.put(Story(made.title, (*made.slides, *told.slides), made.data) if made else told)


def _open() -> None:
    file = st.session_state["file"]
    if file is None:
        return
    try:
        opened, st.session_state["_file"] = draft.settled(*story.from_file(file.getvalue()))
        draft.put(opened)
    except StoryError as error:
        st.session_state["_file"] = [str(error)]


def _shown(number: int, slide: Slide, _: int) -> None:
    """A slide of a story that ships."""
    left, right = st.columns([2, 3], gap="medium", vertical_alignment="center")
    left.markdown(_thumbnail(slide))
    with right:
        finding = _finding(slide)
        st.header(f"{number + 1}. {share.plain(slide.title or finding)}", anchor=False)
        st.markdown(share.plain(slide.text or finding))
        if slide.notes:
            st.caption(share.plain(slide.notes))
        st.markdown(f"[{PAGES[slide.page]}]({slide.view.link(slide.page)})")


def _editable(number: int, slide: Slide, count: int) -> None:
    """A slide of the reader's own story, with what changes it."""
    if number == 0:
        _field("title", "Title of the story", draft.own().title, draft.retitle)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.markdown(_thumbnail(slide))
        with st.container(horizontal=True, gap="small"):
            for what, icon, step, off in (("Up", "arrow_upward", -1, number == 0),
                                          ("Down", "arrow_downward", 1, number == count - 1)):
                st.button(what, key=f"{what}-{number}", icon=f":material/{icon}:", disabled=off, on_click=draft.move,
                          args=(number, step))
            st.button("Remove", key=f"remove-{number}", icon=":material/delete:", on_click=draft.remove,
                      args=(number,))
        st.markdown(f"[{PAGES[slide.page]}]({slide.view.link(slide.page)})")
    with right:
        finding = _finding(slide)
        for key, label in (("title", f"{number + 1}. Title"), ("text", "Sentence"), ("notes", "Notes")):
            _field(f"{key}-{number}", label, getattr(slide, key), partial(draft.reword, number, key), key,
                   "" if key == "notes" else finding)


def _field(key: str, label: str, words: str, put: Any, part: str = "title", otherwise: str = "") -> None:
    """A field of the story; what is typed goes into the story at once."""
    st.session_state[f"slide-{key}"] = words
    draw_field = st.text_area if part == "notes" else st.text_input
    draw_field(label, key=f"slide-{key}", max_chars=LONGEST[part], placeholder=otherwise or None,
               on_change=lambda: put(st.session_state[f"slide-{key}"]))


def _thumbnail(slide: Slide) -> str:
    return f"![{share.plain(_finding(slide))}](/preview.png?{query(slide.page, slide.view)})"


def _finding(slide: Slide) -> str:
    return Shown(store.seen(slide.view), slide.page, slide.view).scene(True).sentence
