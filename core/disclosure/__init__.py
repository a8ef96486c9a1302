"""Which aggregates may be shown, so that nobody's own figure can be read out of them.

Pure arithmetic: no database, no Django, nothing of ours is imported.  Start with `publish.publish`.
"""
