"""The stories of a session: the one that is told, and the reader's own while it is made.

Both are in the address, `tell` by the name under which it ships and `story` whole, and nowhere on the server's disk.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from components import store
from data import story
from data.phrases import quoted
from data.settle import settle
from data.story import MOST_SLIDES, Slide, Story, StoryError
from data.view import View

TITLE, PAGE = "My story", "present"
KEYS = ("story", "tell")


def arrive(page: str, query: Mapping[str, Sequence[str]]) -> list[str]:
    """Take the stories of an address, and say what in them was not understood; a story that is not in it stays."""
    state, problems = st.session_state, []
    told = query.get("tell", [""])[-1]
    if told and told not in story.shipped():
        problems.append(f"{quoted('tell=' + told)} is not a story of the Atlas; there are "
                        f"{', '.join(story.shipped())}.")
    state["_told"] = told if told in story.shipped() and page == PAGE else ""
    text = query.get("story", [""])[-1]
    if text:
        try:
            state["_story"], unclear = settled(*story.from_text(text))
            problems += unclear
        except StoryError as error:
            problems.append(str(error))
    return problems


def to_query(page: str) -> dict[str, str]:
    """The stories as the address has them."""
    made = own()
    packed = text(made) if made else ""
    query = {"story": packed} if packed else {}
    return query | ({"tell": told()} if page == PAGE and told() else {})


def settled(made: Story, problems: list[str]) -> tuple[Story, list[str]]:
    """The story without the places that the dataset does not know, and sentences of these beside the problems."""
    slides, said = [], list(problems)
    for number, slide in enumerate(made.slides, 1):
        view, unknown = settle(store.seen(slide.view), slide.view, hints=0)
        slides.append(dataclasses.replace(slide, view=view))
        said += [f"Slide {number}: {problem}" for problem in unknown]
    return dataclasses.replace(made, slides=tuple(slides)), said


@lru_cache(maxsize=64)
def text(made: Story) -> str:
    """A story for a link; nothing where it is too long for any, and only its file can hold it."""
    try:
        return story.to_text(made)
    except StoryError:
        return ""


def own() -> Story | None:
    """The story that the reader is making, if there is one."""
    made: Story | None = st.session_state.get("_story")
    return made if made and made.slides else None


def told() -> str:
    """The name of the shipped story that is told, or nothing where it is the reader's own."""
    name: str = st.session_state.get("_told", "")
    return name


def put(made: Story) -> None:
    """Make it the reader's own story, and tell it; the one before can be had back. Call it in a callback."""
    st.session_state.update(_before=own() or Story(TITLE, ()), _story=made, _told="")


def before() -> Story | None:
    """The reader's own story before its last change, if it was changed here."""
    story_before: Story | None = st.session_state.get("_before")
    return story_before


def undo() -> None:
    """Take the last change back. Call it in a callback."""
    put(before() or Story(TITLE, ()))


def retitle(title: str) -> None:
    """Give the story another title. Call it in a callback."""
    put(dataclasses.replace(_made(), title=title or TITLE))


def reword(number: int, key: str, words: str) -> None:
    """Change title, text or notes of a slide. Call it in a callback."""
    slides = list(_made().slides)
    slides[number] = dataclasses.replace(slides[number], **{key: words})
    put(dataclasses.replace(_made(), slides=tuple(slides)))


def move(number: int, step: int) -> None:
    """Exchange a slide with the one before (-1) or after it (1). Call it in a callback."""
    slides = list(_made().slides)
    slides[number], slides[number + step] = slides[number + step], slides[number]
    put(dataclasses.replace(_made(), slides=tuple(slides)))


def remove(number: int) -> None:
    """Take a slide out. Call it in a callback."""
    slides = _made().slides
    put(dataclasses.replace(_made(), slides=slides[:number] + slides[number + 1:]))


def tell(name: str) -> None:
    """Tell a shipped story. Call it in a callback."""
    st.session_state["_told"] = name


def _made() -> Story:
    return own() or Story(TITLE, ())


def button(page: str, view: View) -> None:
    """The button that adds the page to the story."""
    made = own()
    count = len(made.slides) if made else 0
    full = count >= MOST_SLIDES
    st.button(f"Add to story{f' · {count}' if count else ''}", key="add", icon=":material/add_to_queue:",
              type="tertiary", on_click=_add, args=(page, view), disabled=full,
              help=f"A story has at most {MOST_SLIDES} slides" if full else
              "This view becomes a slide of your story, on the page Present")


def _add(page: str, view: View) -> None:
    made = _made()
    slide = Slide(page, view.replace(data="", edition="now"))
    st.session_state["_story"] = dataclasses.replace(made, slides=(*made.slides, slide))
    st.toast(f"Slide {len(made.slides) + 1} added to your story.", icon=":material/add_to_queue:")
