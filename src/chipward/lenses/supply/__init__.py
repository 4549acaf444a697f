"""Supply: can it still be had? Materials of a part, where they come from, what cuts them off."""
