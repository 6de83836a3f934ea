"""Full views, each wiring widgets to services."""
