"""The annual plan goes up for approval, layer after layer: what was submitted, who decided, what has changed since."""
