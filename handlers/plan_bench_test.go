package handlers

import (
	"log/slog"
	"net"
	"net/http"
	"testing"

	"github.com/valyala/fasthttp"

	"handrail/handlers/edge"
)

// BenchmarkPlanBundle is what this program itself does for a signed plan: no network.
func BenchmarkPlanBundle(b *testing.B) {
	c := openClinic(b)
	api := New(Config{Care: c.Care, Notify: c.notify, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}})
	api.App().Handler() // builds the tree
	serve := api.App().Server().Handler
	token := c.SignIn(c.patient.AccountID).AccessToken
	b.ReportAllocs()
	var ctx fasthttp.RequestCtx
	for b.Loop() {
		var rq fasthttp.Request
		rq.Header.SetMethod(http.MethodGet)
		rq.Header.Set("Authorization", "Bearer "+token)
		rq.SetRequestURI("http://clinic.example/v1/patients/" + c.patient.PatientID + "/crisis-plan/bundle")
		ctx.Init(&rq, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
		serve(&ctx)
		if ctx.Response.StatusCode() != http.StatusOK {
			b.Fatal(ctx.Response.StatusCode(), string(ctx.Response.Body()))
		}
		ctx.Response.Reset()
	}
	b.ReportMetric(float64(len(ctx.Response.Body())), "bytes")
}
