"""What a project teaches, which of it needs people in a room, and in which order it is learnt."""
