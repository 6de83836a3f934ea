"""Widgets that show values and post messages."""
