"""Early warning: which projects will not reach what they are for, how sure that is, and what is still to be saved."""
