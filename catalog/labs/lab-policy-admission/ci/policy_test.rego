package ci.images_test

import data.ci.images
import rego.v1

entries := [
	{"image": "registry.internal.example/a@sha256:01", "expires": "2027-01-01"},
	{"image": "registry.internal.example/b@sha256:02", "expires": "2026-01-01"},
]

req(image) := {"today": "2026-11-23", "containers": [{"name": "main", "image": image}]}

test_approved_image_is_allowed if {
	images.allow with input as req("registry.internal.example/a@sha256:01") with data.approved as entries
}

test_expired_approval_is_denied if {
	not images.allow with input as req("registry.internal.example/b@sha256:02") with data.approved as entries
}

test_unknown_image_is_denied if {
	not images.allow with input as req("docker.io/x@sha256:01") with data.approved as entries
}

test_empty_change_is_not_allowed if {
	not images.allow with input as {"today": "2026-11-23", "containers": []} with data.approved as entries
}

test_denial_names_the_container if {
	some msg in images.deny with input as req("docker.io/x@sha256:01") with data.approved as entries
	contains(msg, "container main")
}
