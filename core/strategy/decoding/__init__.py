"""Decoding without a model: rules of language and layout turn a parsed document into findings, the same way every time."""
