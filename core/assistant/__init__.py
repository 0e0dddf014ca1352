"""The strategy assistant: a question, the passages for it, an answer; conversations and the evidence that a plan keeps."""
