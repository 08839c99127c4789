"""One Received field becomes a Hop: its shape, the words in its comments, and what they mean."""
