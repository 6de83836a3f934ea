"""Turns strangers' HTML into safe, readable blocks; nothing foreign reaches the screen another way."""
