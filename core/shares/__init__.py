"""Links by which somebody without an account reads one page of one plan, until a day or until they are revoked."""
