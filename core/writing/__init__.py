"""The field for longer texts: editor, preview, drafts."""
