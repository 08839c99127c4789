"""What many examinations prove together."""
