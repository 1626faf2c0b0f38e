"""Stand-ins for API server and OPA on one port: fake_servers.py PORT. Verdicts go by the name of a manifest."""
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

with open("data.json") as f:
    UNTIL = {e["image"]: e["expires"] for e in json.load(f)["approved"]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "input" in body:
            right = all(UNTIL.get(c["image"], "") >= body["input"]["today"] for c in body["input"]["containers"])
            code, answer = 200, {"result": right, "metrics": {"timer_rego_query_eval_ns": 200000}}
        else:
            code, answer = (403, {"message": "refused"}) if body["metadata"]["name"].startswith("bad") else (201, body)
        data = json.dumps(answer).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
