"""A reader without a browser: speaks Streamlit's WebSocket as its page does, so that thousands fit on one machine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60.0
_WORDS = ("body", "label", "value", "title")
_STATES = {"slider": ("value", "double_array_value"), "button_group": ("raw_values", "string_array_value"),
           "multiselect": ("raw_values", "string_array_value"), "checkbox": ("value", "bool_value"),
           "selectbox": ("raw_value", "string_value"), "radio": ("raw_value", "string_value"),
           "text_input": ("value", "string_value"), "text_area": ("value", "string_value")}
_EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


class Reader:
    """One session on a server, as an asynchronous context: `async with Reader(base) as reader: await reader.open(…)`.

    `drawn` are the elements of the last run, `address` is the query of the address bar, `finding` the title of the tab,
    `received` the bytes that have come.
    """

    def __init__(self, base: str) -> None:
        self.address, self.finding, self.received = "", "", 0
        self.drawn: list[Element] = []
        self._base, self._page, self._pages = base, "", dict[str, str]()
        self._kept: dict[str, Element] = {}
        self._states: dict[str, WidgetState] = {}
        self._socket: ClientConnection

    async def __aenter__(self) -> Self:
        self._socket = await connect(f"ws{self._base.removeprefix('http')}/_stcore/stream", subprotocols=["streamlit"],
                                     max_size=None, compression=None, open_timeout=PATIENCE, ping_interval=None)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None,
                        trace: TracebackType | None) -> None:
        await self._socket.close()

    async def open(self, link: str) -> float:
        """Come in by a link, `/page?query`, and return the seconds until the page was drawn.

        Raises:
            TimeoutError: the page took more than PATIENCE.
            ConnectionClosed: the server hung up.
        """
        parts = urlsplit(link)
        self.address, self._page = parts.query, ""
        return await self._run(page_name=parts.path.strip("/"))

    async def switch(self, page: str) -> float:
        """Go to another page in the view of the address, and return the seconds that it took."""
        self._page = self._pages[page]
        return await self._run()

    async def change(self, key: str, **value: Any) -> float:
        """Move the widget of a key, `change("period", double_array_value=[1950, 2020])`; seconds until it is drawn.

        Raises:
            LookupError: the page has no such widget.
        """
        (field, content), = value.items()
        name = self._widget(key)
        changed = _state(name, field, content)
        if field != "trigger_value":
            self._states[name] = changed
            return await self._run()
        return await self._run(changed)

    @property
    def words(self) -> str:
        """All that can be read on the page."""
        return "\n".join(self._words())

    @property
    def errors(self) -> list[str]:
        """Exceptions that the page shows."""
        return [f"{element.exception.type}: {element.exception.message}" for element in self.drawn
                if element.WhichOneof("type") == "exception"]

    def _widget(self, key: str) -> str:
        for element in self.drawn:
            name = getattr(getattr(element, element.WhichOneof("type") or "empty"), "id", "")
            if name.endswith(f"-{key}"):
                return str(name)
        raise LookupError(f"{key}: must be the key of a widget of the page, but is not")

    def _words(self) -> Iterator[str]:
        for element in self.drawn:
            content = getattr(element, element.WhichOneof("type") or "empty")
            yield from (str(getattr(content, name)) for name in _WORDS if getattr(content, name, ""))

    async def _run(self, widget: WidgetState | None = None, page_name: str = "") -> float:
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash, state.page_name = self.address, self._page, page_name
        state.cached_message_hashes.extend(self._kept)
        state.context_info.color_scheme, state.context_info.url = "dark", f"{self._base}/"
        state.widget_states.widgets.extend(self._states.values())
        if widget is not None:
            state.widget_states.widgets.append(widget)
        start = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await self._socket.send(asked.SerializeToString())
            await self._listen()
        spent = time.perf_counter() - start
        self._remember()
        return spent

    def _remember(self) -> None:
        """Keep the values of the widgets that the page has, as a browser does and sends along with each change."""
        there = {}
        for element in self.drawn:
            kind = element.WhichOneof("type") or ""
            if kind in _STATES:
                content, (source, field) = getattr(element, kind), _STATES[kind]
                known = self._states.get(content.id)
                there[content.id] = known if known and not content.set_value else _state(
                    content.id, field, getattr(content, source))
        self._states = there

    async def _listen(self) -> None:
        while True:
            data = await self._socket.recv()
            self.received += len(data)
            message = ForwardMsg.FromString(data)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished != _EARLY:
                    return
            else:
                self._hear(kind, message)

    def _hear(self, kind: str | None, message: ForwardMsg) -> None:
        if kind == "new_session":
            self.drawn = []
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "page_info_changed":
            self.address = message.page_info_changed.query_string
        elif kind == "page_config_changed":
            self.finding = message.page_config_changed.title or self.finding
        elif kind == "ref_hash":
            self.drawn.append(self._kept[message.ref_hash])
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.drawn.append(message.delta.new_element)
            if message.metadata.cacheable:
                self._kept[message.hash] = message.delta.new_element


def _state(widget: str, field: str, value: Any) -> WidgetState:
    state = WidgetState(id=widget)
    if field.endswith("array_value"):
        getattr(state, field).data.extend(value)
    else:
        setattr(state, field, value)
    return state
