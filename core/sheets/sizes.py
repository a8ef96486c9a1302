"""Sizes in words; without Django, since the process that reads tables knows none."""

MEGABYTE = 1024 * 1024
