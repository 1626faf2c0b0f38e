"""A stand-in for API server and controller together, for probe.py: fake_api.py PORT. What is asked is done at once."""
import json
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GENERATION, REVISION, UID = {}, {}, {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def handle_one(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        name = self.path.rsplit("/", 1)[1]
        cache = name.removesuffix("-manifest")
        if self.command == "PATCH":
            GENERATION[cache] = GENERATION.get(cache, 1) + 1
            REVISION[cache] = body["spec"]["revision"]
        elif self.command == "DELETE":
            UID[cache] = str(uuid.uuid4())
        answer = {"metadata": {"name": name, "generation": GENERATION.get(cache, 1),
                               "uid": UID.setdefault(cache, str(uuid.uuid4()))},
                  "status": {"observedGeneration": GENERATION.get(cache, 1)},
                  "data": {"revision": REVISION.get(cache, "")}}
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PATCH = do_DELETE = handle_one


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
