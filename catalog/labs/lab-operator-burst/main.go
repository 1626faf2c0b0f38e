// The inherited TrainingJob operator. It converges, slowly; find out why before you change it.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
	"sigs.k8s.io/controller-runtime/pkg/webhook/admission"
)

const finalizer = "train.example.com/reservation"

var gvk = schema.GroupVersionKind{Group: "train.example.com", Version: "v1alpha1", Kind: "TrainingJob"}

// capacity talks to the capacity service: about 120 ms for every call.
type capacity struct {
	base string
	http *http.Client
}

func (c *capacity) call(ctx context.Context, method, path string, in, out any) (int, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	return resp.StatusCode, json.NewDecoder(resp.Body).Decode(out)
}

type gpus struct {
	Team string `json:"team,omitempty"`
	GPUs int64  `json:"gpus"`
}

type reconciler struct {
	client.Client
	capacity *capacity
}

func (r *reconciler) Reconcile(ctx context.Context, req ctrl.Request) (ctrl.Result, error) {
	job := &unstructured.Unstructured{}
	job.SetGroupVersionKind(gvk)
	if err := r.Get(ctx, req.NamespacedName, job); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	uid := string(job.GetUID())
	if !job.GetDeletionTimestamp().IsZero() {
		if _, err := r.capacity.call(ctx, http.MethodDelete, "/reservations/"+uid, nil, &gpus{}); err != nil {
			return ctrl.Result{}, err
		}
		controllerutil.RemoveFinalizer(job, finalizer)
		return ctrl.Result{}, client.IgnoreNotFound(r.Update(ctx, job))
	}
	if controllerutil.AddFinalizer(job, finalizer) {
		if err := r.Update(ctx, job); err != nil {
			return ctrl.Result{}, err
		}
	}

	// Position in the queue: jobs of the same team that are older.
	all := &unstructured.UnstructuredList{}
	all.SetGroupVersionKind(gvk.GroupVersion().WithKind("TrainingJobList"))
	if err := r.List(ctx, all); err != nil {
		return ctrl.Result{}, err
	}
	team, _, _ := unstructured.NestedString(job.Object, "spec", "team")
	want, _, _ := unstructured.NestedInt64(job.Object, "spec", "gpus")
	created, position := job.GetCreationTimestamp(), int64(0)
	for i := range all.Items {
		other, _, _ := unstructured.NestedString(all.Items[i].Object, "spec", "team")
		when := all.Items[i].GetCreationTimestamp()
		if other == team && when.Before(&created) {
			position++
		}
	}
	if err := unstructured.SetNestedField(job.Object, position, "status", "queuePosition"); err != nil {
		return ctrl.Result{}, err
	}
	if err := r.Status().Update(ctx, job); err != nil {
		return ctrl.Result{}, err
	}

	code, err := r.capacity.call(ctx, http.MethodPut, "/reservations/"+uid, gpus{Team: team, GPUs: want}, &gpus{})
	if err != nil {
		return ctrl.Result{}, err
	}
	condition := map[string]any{"type": "Ready", "status": "True", "reason": "Reserved",
		"message": fmt.Sprintf("%d GPUs reserved", want), "lastTransitionTime": created.UTC().Format(time.RFC3339)}
	if code == http.StatusConflict {
		condition["status"], condition["reason"] = "False", "QuotaExceeded"
		condition["message"] = "the team has no quota left"
	} else if code != http.StatusOK {
		return ctrl.Result{}, fmt.Errorf("capacity service answered %d", code)
	}
	if err := unstructured.SetNestedSlice(job.Object, []any{condition}, "status", "conditions"); err != nil {
		return ctrl.Result{}, err
	}
	return ctrl.Result{}, r.Status().Update(ctx, job)
}

// quotaWebhook refuses a job that its team has no quota for. It asks the capacity service, twice, every time.
type quotaWebhook struct{ capacity *capacity }

func (w *quotaWebhook) Handle(ctx context.Context, req admission.Request) admission.Response {
	var job struct {
		Spec gpus `json:"spec"`
	}
	if err := json.Unmarshal(req.Object.Raw, &job); err != nil {
		return admission.Errored(http.StatusBadRequest, err)
	}
	var quota, used gpus
	if _, err := w.capacity.call(ctx, http.MethodGet, "/quota/"+job.Spec.Team, nil, &quota); err != nil {
		return admission.Errored(http.StatusInternalServerError, err)
	}
	if _, err := w.capacity.call(ctx, http.MethodGet, "/usage/"+job.Spec.Team, nil, &used); err != nil {
		return admission.Errored(http.StatusInternalServerError, err)
	}
	if used.GPUs+job.Spec.GPUs > quota.GPUs {
		return admission.Denied(fmt.Sprintf("team %s: %d of %d GPUs are in use", job.Spec.Team, used.GPUs, quota.GPUs))
	}
	return admission.Allowed("")
}

func run() error {
	workers := flag.Int("workers", 1, "concurrent reconciles")
	qps := flag.Float64("qps", 20, "client rate limit, requests per second")
	burst := flag.Int("burst", 30, "client burst")
	base := flag.String("capacity", "http://capacity.trainjobs.svc:8088", "capacity service")
	certs := flag.String("certs", "/certs", "folder of tls.crt and tls.key for the webhook; empty for no webhook")
	flag.Parse()
	ctrl.SetLogger(zap.New())

	cfg := ctrl.GetConfigOrDie()
	cfg.QPS, cfg.Burst = float32(*qps), *burst
	options := ctrl.Options{Metrics: metricsserver.Options{BindAddress: ":8080"}}
	if *certs != "" {
		options.WebhookServer = webhook.NewServer(webhook.Options{Port: 9443, CertDir: *certs})
	}
	mgr, err := ctrl.NewManager(cfg, options)
	if err != nil {
		return err
	}
	remote := &capacity{base: *base, http: &http.Client{Timeout: 5 * time.Second}}
	if *certs != "" {
		mgr.GetWebhookServer().Register("/validate", &webhook.Admission{Handler: &quotaWebhook{capacity: remote}})
	}
	job := &unstructured.Unstructured{}
	job.SetGroupVersionKind(gvk)
	err = ctrl.NewControllerManagedBy(mgr).
		For(job).
		WithOptions(controller.Options{MaxConcurrentReconciles: *workers}).
		Complete(&reconciler{Client: mgr.GetClient(), capacity: remote})
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
