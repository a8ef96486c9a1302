"""Why and for what: goals with figures, backing, roles, stakeholders, risks, budget, objections."""
