"""The one SQLite file that holds everything that matters; the only importer of sqlite3."""
