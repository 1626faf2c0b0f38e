"""A stand-in for the API server that is as much of it as burst.py asks for: fake_api.py PORT"""
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOCK, EVENTS = threading.Condition(), []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, code, body):
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if "watch=true" not in self.path:
            return self.answer(200, {"metadata": {"resourceVersion": "1"}, "items": []})
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        sent = 0
        while True:
            with LOCK:
                LOCK.wait_for(lambda: len(EVENTS) > sent)
                new, sent = EVENTS[sent:], len(EVENTS)
            for event in new:
                self.wfile.write(json.dumps(event).encode() + b"\n")

    def do_POST(self):
        job = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.answer(201, job)

        def decide():
            time.sleep(0.05)
            job["metadata"]["resourceVersion"] = "2"
            job["status"] = {"conditions": [{"type": "Ready", "status": "True", "reason": "Reserved"}]}
            with LOCK:
                EVENTS.append({"type": "MODIFIED", "object": job})
                LOCK.notify_all()

        threading.Thread(target=decide, daemon=True).start()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
