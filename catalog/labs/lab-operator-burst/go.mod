module example.com/trainingjob-operator

go 1.23.0

require (
	k8s.io/apimachinery v0.32.1
	sigs.k8s.io/controller-runtime v0.20.4
)
