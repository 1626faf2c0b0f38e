#!/usr/bin/env python3
"""Prints the 20 fleet objects as YAML for the Git repository.   fleet.py > fleet/fleet.yaml"""
PART = """---
apiVersion: API
kind: KIND
metadata:
  name: NAME
  namespace: fleet
  labels:
    app.kubernetes.io/part-of: fleet
    tier: serving
"""
CONFIG = """data:
  max_batch: "32"
  route: primary
"""
SERVICE = """spec:
  selector:
    app: NAME
  ports:
    - port: 80
      targetPort: 8080
"""
DEPLOYMENT = """spec:
  replicas: 1
  selector:
    matchLabels:
      app: NAME
  template:
    metadata:
      labels:
        app: NAME
    spec:
      containers:
        - name: pause
          image: registry.k8s.io/pause:3.9
          resources:
            limits:
              cpu: 10m
              memory: 16Mi
"""
for kind, api, spec, count in (("ConfigMap", "v1", CONFIG, 12), ("Service", "v1", SERVICE, 4),
                               ("Deployment", "apps/v1", DEPLOYMENT, 4)):
    for n in range(count):
        text = (PART + spec).replace("API", api).replace("KIND", kind).replace("NAME", f"{kind.lower()}-{n:02d}")
        print(text.rstrip())
