package handlers_test

import (
	"log/slog"
	"net"
	"net/http"
	"testing"

	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/handlers"
	"handrail/handlers/edge"
)

// sentCheckIn is a check-in of a usual length, under an id of its own.
func sentCheckIn() []byte {
	return []byte(`{"id":"` + care.NewID() + `","formVersion":1,"answeredAt":"2026-03-02T15:00:00Z","zone":"America/New_York",` +
		`"answers":{"mood":6,"craving":2,"sleep":7.5,"medicines":"all","use":"none","safety":false,` +
		`"note":"Slept better after the walk. Work was long, and the bus was late again, but I called Sam before it got hard."}}`)
}

// checkInSender gives what sends one check-in through the whole program but the network.
func checkInSender(t testing.TB) func() {
	c := openClinic(t)
	api := handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}})
	api.App().Handler() // builds the tree
	serve := api.App().Server().Handler
	token := c.SignIn(c.patient.AccountID).AccessToken
	var ctx fasthttp.RequestCtx
	return func() {
		var rq fasthttp.Request
		rq.Header.SetMethod(http.MethodPost)
		rq.Header.SetContentType("application/json")
		rq.Header.Set("Authorization", "Bearer "+token)
		rq.SetRequestURI("http://clinic.example/v1/patients/" + c.patient.PatientID + "/check-ins")
		rq.SetBodyRaw(sentCheckIn())
		ctx.Init(&rq, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, nil)
		serve(&ctx)
		if ctx.Response.StatusCode() != http.StatusCreated {
			t.Fatal(ctx.Response.StatusCode(), string(ctx.Response.Body()))
		}
		ctx.Response.Reset()
	}
}

// BenchmarkCheckIn is what this program itself does for a check-in: no network.
func BenchmarkCheckIn(b *testing.B) {
	send := checkInSender(b)
	b.ReportAllocs()
	for b.Loop() {
		send()
	}
}
