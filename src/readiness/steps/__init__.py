"""The steps of an assessment, each from values to a value and free of side effects."""
