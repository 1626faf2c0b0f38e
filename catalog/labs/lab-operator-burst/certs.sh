#!/bin/sh
# Makes a certificate authority and a serving certificate for the webhook, valid for seven days, in ./certs,
# and writes webhook.yaml with the authority in it. Needs openssl.
set -eu
host=operator.trainjobs.svc
mkdir -p certs
openssl req -x509 -newkey rsa:2048 -nodes -days 7 -subj "/CN=trainjobs-lab-ca" \
	-keyout certs/ca.key -out certs/ca.crt 2>certs/openssl.log
openssl req -newkey rsa:2048 -nodes -subj "/CN=$host" -keyout certs/tls.key -out certs/tls.csr 2>certs/openssl.log
printf 'subjectAltName=DNS:%s\n' "$host" > certs/san.ext
openssl x509 -req -in certs/tls.csr -CA certs/ca.crt -CAkey certs/ca.key -CAcreateserial -days 7 \
	-extfile certs/san.ext -out certs/tls.crt 2>certs/openssl.log
bundle=$(base64 < certs/ca.crt | tr -d '\n')
cat > webhook.yaml <<END
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: trainjobs-quota
webhooks:
  - name: quota.train.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    failurePolicy: Fail
    timeoutSeconds: 10
    clientConfig:
      service: {namespace: trainjobs, name: operator, path: /validate, port: 443}
      caBundle: $bundle
    rules:
      - apiGroups: [train.example.com]
        apiVersions: [v1alpha1]
        operations: [CREATE]
        resources: [trainingjobs]
END
openssl verify -CAfile certs/ca.crt certs/tls.crt
