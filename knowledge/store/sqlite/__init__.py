"""The store on SQLite: its schema, rows, opening and backup; the only place that speaks SQL."""
