"""Templates of phases with checklists: kept, taken, brought and given as YAML."""
