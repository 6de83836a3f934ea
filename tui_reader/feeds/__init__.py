"""Wire formats of feeds, turned into the domain's words."""
