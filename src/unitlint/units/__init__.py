"""Documents merged to units, names, and the order of the search path."""
