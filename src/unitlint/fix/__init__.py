"""Mending what rules find: which edits mend a finding, putting them together, and writing files safely."""
