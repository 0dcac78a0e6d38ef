"""A visitor without a browser: speaks Streamlit's protocol over a raw websocket.

It opens the page, finds the select boxes that the server draws, and picks options in them as a
browser would; the time of a change is from sending it to the end of the script's run.
"""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Box:
    """A select box as drawn: its id and the labels of its options."""

    id: str
    options: tuple[str, ...]


@dataclass
class Visitor:
    """One open session. Use as an async context manager."""

    url: str
    boxes: dict[str, Box] = field(default_factory=dict)
    received: int = 0
    elements: int = 0
    _states: dict[str, WidgetState] = field(default_factory=dict)
    _hashes: set[str] = field(default_factory=set)
    _page: str = ""
    _socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self._socket = await connect(
            address, subprotocols=["streamlit"], origin=self.url, max_size=None, open_timeout=30
        )
        await self.run()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._socket is not None:
            await self._socket.close()

    async def pick(self, key: str, option: int) -> float:
        """Choose an option (0 first) of the box with that key; seconds until the run ended."""
        box = self.boxes[key]
        state = WidgetState(id=box.id, string_value=box.options[option])
        self._states[box.id] = state
        return await self.run()

    async def run(self) -> float:
        """Ask for a run with the present choices and read everything it sends."""
        assert self._socket is not None
        message = BackMsg()
        message.rerun_script.widget_states.widgets.extend(self._states.values())
        message.rerun_script.page_script_hash = self._page
        message.rerun_script.cached_message_hashes.extend(self._hashes)
        message.rerun_script.context_info.locale = "en-US"
        message.rerun_script.context_info.url = self.url
        message.rerun_script.context_info.timezone = "UTC"
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        await self._read()
        return time.perf_counter() - start

    async def _read(self) -> None:
        assert self._socket is not None
        self.elements = 0
        while True:
            data = await self._socket.recv()
            assert isinstance(data, bytes)
            self.received += len(data)
            message = ForwardMsg.FromString(data)
            if message.metadata.cacheable and message.hash:
                self._hashes.add(message.hash)
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self._page = message.new_session.page_script_hash
            elif kind == "delta":
                self.elements += 1
                self._notice(message)
            elif (
                kind == "script_finished"
                # a page that calls st.rerun ends one run and starts the next by itself
                and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                return

    def _notice(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(element.exception.message)
        if element.WhichOneof("type") != "selectbox":
            return
        box = element.selectbox
        key = box.id.rpartition("-")[2]
        self.boxes[key] = Box(box.id, tuple(box.options))
