"""What a person can do, as async functions that the screens and the command line share."""
