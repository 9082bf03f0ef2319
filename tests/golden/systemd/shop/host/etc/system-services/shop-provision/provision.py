"""Let the server at argv[1:3] have the role and database argv[3], with the password in a file."""

import sys
from pathlib import Path

import psycopg2
from psycopg2.sql import SQL, Identifier

folder, port, name, password = sys.argv[1:]
connection = psycopg2.connect(host=folder, port=port, user="postgres")
connection.autocommit = True
cursor = connection.cursor()
cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,))
if cursor.fetchone() is None:
    cursor.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(name)))
cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
if cursor.fetchone() is None:
    cursor.execute(SQL("CREATE DATABASE {0} OWNER {0}").format(Identifier(name)))
secret = Path(password).read_text().strip()
cursor.execute(SQL("ALTER ROLE {} PASSWORD %s").format(Identifier(name)), (secret,))
