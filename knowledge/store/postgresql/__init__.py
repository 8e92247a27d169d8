"""The store on PostgreSQL: schema, rows, connections, listening; the only place with psycopg."""
