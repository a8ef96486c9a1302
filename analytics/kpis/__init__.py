"""Definitions, versioned formulas, targets, published cells."""
