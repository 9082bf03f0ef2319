"""Send whoever asks on 127.0.0.1:argv[1] to the same path below argv[2]."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

PORT, TARGET = int(sys.argv[1]), sys.argv[2].rstrip("/")


class Redirect(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(301)
        self.send_header("Location", TARGET + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET


HTTPServer(("127.0.0.1", PORT), Redirect).serve_forever()
