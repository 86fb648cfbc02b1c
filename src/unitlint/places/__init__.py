"""Files that hold units without being unit files: templates."""
