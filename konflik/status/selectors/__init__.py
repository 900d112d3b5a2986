"""Reading a status: the one that counts, and what may be done under it now."""
