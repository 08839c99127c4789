"""Many messages: where they come from, and how they become tables."""
