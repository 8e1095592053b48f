"""Linkage on engines of other people: Splink on DuckDB or Spark, behind one module each."""
