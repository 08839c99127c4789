"""What one message shows: traits worked out once, and a catalogue of signatures that look at them."""
