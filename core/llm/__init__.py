"""The only place that talks to a model endpoint, and the prompts that are sent there.

`model_of(settings)` gives the configured `Model` or None; `check(settings)` tries an endpoint out for the settings page; `prompts.load`
reads a prompt. Nothing heavy is imported before the first call.
"""

from core.llm.checking import Checked, check
from core.llm.client import Model, Turn, model_of

__all__ = ["Checked", "Model", "Turn", "check", "model_of"]
