"""Seven questions in frozen versions, agreement, "May I?", the labelling helper."""
