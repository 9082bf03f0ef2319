"""A shop: `application` for a WSGI server, `migrate` and `work` for the command line."""

import os
import sys
import time
from pathlib import Path

import psycopg2


def connect():
    password = Path(os.environ["SHOP_PASSWORD"]).read_text().strip()
    return psycopg2.connect(os.environ["SHOP_DATABASE"], password=password)


def ask(query, *values):
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()


def application(request, respond):
    if request["REQUEST_METHOD"] == "POST":
        what = request["wsgi.input"].read().decode()
        found = ask("INSERT INTO orders (what) VALUES (%s) RETURNING id, state", what)
    else:
        number = request["PATH_INFO"].strip("/")
        found = ask("SELECT id, state FROM orders WHERE id = %s", number)
    body = "order {} is {}\n".format(*found) if found else "no such order\n"
    respond("200 OK" if found else "404 Not Found", [("Content-Type", "text/plain")])
    return [body.encode()]


def migrate():
    with connect() as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)")
        cursor.execute("ALTER TABLE orders ADD COLUMN IF NOT EXISTS state text DEFAULT 'open'")


def work():
    while True:
        packed = ask(
            "UPDATE orders SET state = 'packed' WHERE id = (SELECT id FROM orders"
            " WHERE state = 'open' ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id"
        )
        if packed is None:
            time.sleep(0.5)
        else:
            print(f"packed order {packed[0]}", flush=True)


if __name__ == "__main__":
    {"migrate": migrate, "work": work}[sys.argv[1]]()
