"""Anything read, judged or joined, told to people and programs."""
