// The inherited ModelCache operator: for each ModelCache it keeps one ConfigMap that node agents read.
// Users call it correct. The API server's owners call it something else.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const finalizer = "cache.example.com/manifest"

var gvk = schema.GroupVersionKind{Group: "cache.example.com", Version: "v1alpha1", Kind: "ModelCache"}

type reconciler struct{ client.Client }

func (r *reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	cache := &unstructured.Unstructured{}
	cache.SetGroupVersionKind(gvk)
	if err := r.Get(ctx, req.NamespacedName, cache); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !cache.GetDeletionTimestamp().IsZero() {
		controllerutil.RemoveFinalizer(cache, finalizer)
		return ctrl.Result{}, client.IgnoreNotFound(r.Update(ctx, cache))
	}
	if controllerutil.AddFinalizer(cache, finalizer) {
		if err := r.Update(ctx, cache); err != nil {
			return ctrl.Result{}, err
		}
	}

	model, _, _ := unstructured.NestedString(cache.Object, "spec", "model")
	revision, _, _ := unstructured.NestedString(cache.Object, "spec", "revision")
	now := time.Now().UTC().Format(time.RFC3339Nano)

	manifest := &corev1.ConfigMap{}
	manifest.Namespace, manifest.Name = cache.GetNamespace(), cache.GetName()+"-manifest"
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, manifest, func() error {
		if manifest.Annotations == nil {
			manifest.Annotations = map[string]string{}
		}
		manifest.Annotations["cache.example.com/synced-at"] = now
		manifest.Data = map[string]string{"model": model, "revision": revision}
		return controllerutil.SetControllerReference(cache, manifest, r.Scheme())
	})
	if err != nil {
		return ctrl.Result{}, err
	}

	status := map[string]any{
		"observedGeneration": cache.GetGeneration(),
		"lastSync":           now,
		"conditions": []any{map[string]any{"type": "Ready", "status": "True", "reason": "Synced",
			"message": "manifest written", "lastTransitionTime": now}},
	}
	if err := unstructured.SetNestedMap(cache.Object, status, "status"); err != nil {
		return ctrl.Result{}, err
	}
	if err := r.Status().Update(ctx, cache); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{RequeueAfter: 2 * time.Second}, nil
}

func run() error {
	metrics := flag.String("metrics", ":8080", "address of the metrics endpoint")
	flag.Parse()
	ctrl.SetLogger(zap.New())
	mgr, err := ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{
		Metrics: metricsserver.Options{BindAddress: *metrics},
	})
	if err != nil {
		return err
	}
	cache := &unstructured.Unstructured{}
	cache.SetGroupVersionKind(gvk)
	err = ctrl.NewControllerManagedBy(mgr).
		For(cache).
		Owns(&corev1.ConfigMap{}).
		Complete(&reconciler{Client: mgr.GetClient()})
	if err != nil {
		return err
	}
	return mgr.Start(ctrl.SetupSignalHandler())
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
