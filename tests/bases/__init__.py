"""Records and databases that tests stand on: handmade, hostile, on either engine."""
