"""Thanks from person to person, portraits in people's own words: shown only as long as these people want it."""
