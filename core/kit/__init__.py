"""Domain-free: texts, Markdown, forms, uploads, translations, template tags."""
