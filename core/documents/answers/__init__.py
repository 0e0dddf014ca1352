"""From passages to an answer: extractive rules, or a model whose citations code supplies."""
