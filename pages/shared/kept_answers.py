"""What Streamlit loses when a page begins to run: the answer to a question of the browser that waits to be sent."""

from __future__ import annotations

from streamlit.runtime import app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

# The browser asks each of these once and waits without a limit: where a file that is handed over goes, and what a button asked for.
_ANSWERS = frozenset({"file_urls_response", "backend_operation_response"})


class AnsweringQueue(ForwardMsgQueue):
    """A queue to the browser that keeps answers when what a page said before it runs anew is thrown away.

    Streamlit 1.67 throws them away too: a file that is handed over in the moment in which a page begins to run never begins its way, and
    nothing says so.
    """

    def clear(self, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None) -> None:
        """Clear the queue as Streamlit does; what is said of a run that goes on, and answers, stay where `retain_lifecycle_msgs`."""
        answers = [one for one in self._queue if retain_lifecycle_msgs and one.WhichOneof("type") in _ANSWERS]
        super().clear(retain_lifecycle_msgs, fragment_ids_this_run)
        self._queue.extend(one for one in answers if one not in self._queue)


def keep_answers() -> None:
    """Every browser that comes from now on gets such a queue."""
    # Streamlit has no place for this: it is its own module that is told. tests/browser/test_redrawn.py fails when that does nothing.
    app_session.ForwardMsgQueue = AnsweringQueue  # type: ignore[attr-defined]
