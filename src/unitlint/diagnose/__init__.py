"""From a log back to the line of a unit: entries, events, incidents, and the directives that decide."""
