"""The library: parse → passages → index → search → answer with citations."""
