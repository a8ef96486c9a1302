"""Thanks from person to person, and portraits in people's own words: shown only as long as whom they are about wants it."""
