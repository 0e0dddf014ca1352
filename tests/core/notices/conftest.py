"""What the tests of notices share."""

from tests.core.llm.conftest import certificate

__all__ = ["certificate"]
