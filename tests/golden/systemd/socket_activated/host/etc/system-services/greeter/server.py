"""Answer HTTP on the socket that systemd passes; end after so many idle seconds."""

import os
import socket
import sys
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer, TCPServer

PASSED = 3  # the first descriptor that is passed, sd_listen_fds(3)


class Greeting(BaseHTTPRequestHandler):
    def do_GET(self):
        body = f"Hello, {self.path.strip('/') or 'stranger'}!\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Greeter(TCPServer):
    def __init__(self, idle):
        BaseServer.__init__(self, None, Greeting)  # makes no socket of its own
        self.socket = socket.socket(fileno=PASSED)
        self.timeout = idle

    def handle_timeout(self):
        sys.exit(0)


if os.environ.get("LISTEN_PID") != str(os.getpid()):
    sys.exit("no socket was passed: start the .socket unit instead")
server = Greeter(float(sys.argv[1]))
while True:
    server.handle_request()
