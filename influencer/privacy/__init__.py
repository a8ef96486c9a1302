"""What is stored about me, export, works-council pages, the privacy map."""
