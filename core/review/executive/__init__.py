"""The year on one screen for those who have thirty seconds: is it on track, the money, the four levels, warnings, decisions wanted."""
