"""Findings become competing stories, each with how sure it is and what would refute it."""
