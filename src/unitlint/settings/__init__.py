"""The settings of a run: one frozen object, from settings files, command lines and keyword arguments."""
