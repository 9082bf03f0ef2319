"""Keep lines in the state directory: POST / adds one, GET / returns them all."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

NOTES = Path(sys.argv[2], "notes.txt")


class Notes(BaseHTTPRequestHandler):
    def do_GET(self):
        self.reply(NOTES.read_bytes() if NOTES.exists() else b"")

    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"]))
        with NOTES.open("ab") as notes:
            notes.write(line.rstrip(b"\n") + b"\n")
        self.reply(b"noted\n")

    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


HTTPServer(("127.0.0.1", int(sys.argv[1])), Notes).serve_forever()
