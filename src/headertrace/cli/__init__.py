"""Arguments in, a report out."""
