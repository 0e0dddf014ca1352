"""Step 1: the library, the assistant, the evidence."""
