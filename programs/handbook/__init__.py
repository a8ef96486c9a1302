"""The program's handbook: a tree of pages in versions, parts that write themselves, the log of decisions."""
