package dpop_test

import (
	"testing"

	"handrail/models/dpop"
	"handrail/models/dpop/dpoptest"
)

func BenchmarkRead(b *testing.B) {
	const site = "https://care.example.org"
	proof := dpoptest.New(b).Sign(dpoptest.Claims("GET", site+"/v1/me", "n", "token"), nil)
	call := dpop.Call{Proof: proof, Method: "GET", Origins: []string{site}, Path: "/v1/me"}
	for b.Loop() {
		if _, err := dpop.Read(call); err != nil {
			b.Fatal(err)
		}
	}
}
