"""What the product is called, and which packages it is made of."""

NAME = "Botschaft"
PACKAGES = ("core", "programs", "community", "analytics", "influencer")
