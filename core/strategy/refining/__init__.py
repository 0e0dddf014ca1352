"""A model goes over what the rules found in a document: it may say what a sentence is and how to put it, never what a document says.

It points at sentences and findings by their numbers and chooses from lists. Quotes, figures and dates come from the document by the same
code as without a model, and what a model writes stands only where the words of its sentence bear it out.
"""
