"""HTTP with limits, deadlines and manners."""
