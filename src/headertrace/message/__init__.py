"""A message in any shape becomes its header section, lossless."""
