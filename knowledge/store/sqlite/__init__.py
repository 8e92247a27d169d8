"""The store on SQLite: its schema, rows, opening and backup, in SQL."""
