"""What an open page said last of how it stands, so that the server can make it run once more by itself."""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg


class LastRun:
    """The last run that a page asked for (`core.web.identity.PageMemory`)."""

    def __init__(self) -> None:
        self._asked: BackMsg | None = None

    def heard(self, sent: bytes) -> None:
        """Keep what the page sent if it asked for a run."""
        message = BackMsg()
        try:
            message.ParseFromString(sent)
        except DecodeError:
            return
        if message.WhichOneof("type") == "rerun_script":
            asked = message.rerun_script
            asked.fragment_id, asked.is_auto_rerun = "", False
            # Nothing is pressed a second time, and nothing is taken from what the browser has kept.
            asked.ClearField("widget_states")
            asked.ClearField("cached_message_hashes")
            self._asked = message

    def once_more(self) -> bytes | None:
        """The same request for a whole run; None before the first."""
        return self._asked.SerializeToString() if self._asked is not None else None
