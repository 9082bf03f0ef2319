"""Answer on 127.0.0.1:argv[1] with the number of the visit, which the redis at argv[2] counts."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, REDIS = map(int, sys.argv[1:])


def count():
    with socket.create_connection(("127.0.0.1", REDIS), timeout=5) as redis:
        redis.sendall(b"INCR visits\r\n")
        answer = redis.makefile("rb").readline()
    if not answer.startswith(b":"):
        raise RuntimeError(f"redis said {answer!r}")
    return int(answer[1:])


class Visit(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"You are visitor {count()}.\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", PORT), Visit).serve_forever()
