package handlers_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/handlers/edge/edgetest"
)

// own is what is another in each answer.
var own = regexp.MustCompile(`"instance":"[^"]*"|\b[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{22}\b`)

// said is an answer as it is compared; of what names a request, whether it is there.
func said(t *testing.T, in *bufio.Reader, method string) string {
	t.Helper()
	res, err := http.ReadResponse(in, &http.Request{Method: method})
	if err != nil {
		t.Error(err)
		return ""
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	head := maps.Clone(res.Header)
	head.Del("Date")
	head.Set("X-Request-Id", fmt.Sprint(len(head["X-Request-Id"])))
	var all bytes.Buffer
	fmt.Fprintln(&all, res.Status, res.ContentLength, res.Close)
	if err := head.Write(&all); err != nil {
		t.Error(err)
	}
	if !bytes.Contains(all.Bytes(), []byte("Content-Encoding")) {
		body = own.ReplaceAll(body, nil)
	}
	all.Write(body)
	return all.String()
}

// ask is one request as it is sent.
type ask struct{ method, text string }

func asked(method, path, token, body string, headers ...string) ask {
	text := method + " " + path + " HTTP/1.1\r\nHost: care.example.org\r\n"
	if token != "" {
		text += "Authorization: Bearer " + token + "\r\n"
	}
	if body != "" {
		headers = append(headers, fmt.Sprintf("Content-Length: %d", len(body)))
	}
	for _, h := range headers {
		text += h + "\r\n"
	}
	return ask{method, text + "\r\n" + body}
}

// TestNothingOfOneAnswerIsInAnother: several people behind one proxy share connections. Each
// is answered as on a connection of their own, whatever was asked and answered before on this
// one and meanwhile on others, also where many requests come in one piece.
func TestNothingOfOneAnswerIsInAnother(t *testing.T) {
	c := openClinic(t)
	address := edgetest.Listen(t, c.api)
	const object = "Content-Type: application/json"
	var all []ask
	for _, who := range c.callers {
		for _, of := range []string{c.patient.PatientID, c.other.PatientID} {
			at := "/v1/patients/" + of
			plan := at + "/crisis-plan/bundle"
			checkIn := `{"id":"` + care.NewID() + `","formVersion":1,"answeredAt":"2026-03-02T15:00:00Z","zone":"UTC","answers":{"mood":6,"note":"of ` + who.name + `"}}`
			all = append(all, asked("GET", plan, who.token, ""), asked("HEAD", plan, who.token, ""), asked("GET", plan, who.token, "", "If-None-Match: *"),
				asked("GET", plan, who.token+"x", ""), asked("GET", plan+"/", who.token, ""), asked("POST", plan, who.token, "{}", object),
				asked("POST", at+"/check-ins", who.token, checkIn, object), asked("POST", at+"/check-ins", who.token, checkIn, object, "Accept: application/json;q=1"),
				asked("POST", at+"/check-ins", who.token, checkIn, "Content-Type: text/plain"), asked("POST", at+"/check-ins", who.token, checkIn[:40], object),
				asked("GET", at+"/check-ins?limit=5", who.token, "", "Accept-Encoding: br"), asked("GET", at+"/check-ins?limit=5", who.token, ""),
				asked("GET", at+"/check-ins?limit=x", who.token, ""), asked("GET", at+"/goals", who.token, "", "Accept-Encoding: gzip"),
				asked("GET", at+"/goals", who.token, "", "Accept: image/png"))
		}
		all = append(all, asked("GET", "/v1/account", who.token, ""), asked("PUT", "/v1/account", who.token, "{}", object))
	}
	all = append(all, asked("GET", "/livez", "", ""), asked("GET", "/", "", ""), asked("GET", "/", "", "", "Accept-Encoding: br"), asked("GET", "/nothing", "", ""),
		asked("BREW", "/livez", "", ""), asked("OPTIONS", "/v1/account", "", "", "Origin: https://elsewhere.example", "Access-Control-Request-Method: GET"),
		asked("GET", "/v1/account", "", "", "Authorization: DPoP x", "DPoP: y"), asked("GET", "/v1/account", "", "", "Cookie: a=b", "X-Request-Id: mine"))

	alone := make([]string, len(all))
	answer := func(i int) string {
		conn, in := edgetest.Dial(t, address)
		defer conn.Close()
		if err := edgetest.Within(conn, 20*time.Second); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, all[i].text); err != nil {
			t.Fatal(err)
		}
		return said(t, in, all[i].method)
	}
	for range 2 { // the first time something may be made ready, or kept
		for i := range all {
			alone[i] = answer(i)
		}
	}
	var good []int // whose answers have something of somebody
	for i := range all {
		if alone[i] < "3" {
			good = append(good, i)
		}
	}
	if len(good) < 25 {
		t.Fatalf("%d requests are answered well", len(good))
	}
	var several sync.WaitGroup
	for seed := range uint64(3) {
		conn, in := edgetest.Dial(t, address)
		several.Go(func() {
			r := rand.New(rand.NewPCG(seed, 7))
			for range 60 {
				piece, some := "", make([]int, 1+r.IntN(6))
				for k := range some {
					if some[k] = r.IntN(len(all)); r.IntN(2) == 0 {
						some[k] = good[r.IntN(len(good))]
					}
					piece += all[some[k]].text
				}
				if err := edgetest.Within(conn, 20*time.Second); err != nil {
					t.Error(err)
				}
				for cut := range strings.SplitAfterSeq(piece, string(piece[r.IntN(len(piece))])) {
					if _, err := io.WriteString(conn, cut); err != nil {
						t.Error(err)
						return
					}
				}
				for _, i := range some {
					if got := said(t, in, all[i].method); got != alone[i] {
						t.Errorf("%.120s\nis answered\n%s\nand alone\n%s", all[i].text, got, alone[i])
						return
					}
				}
			}
		})
	}
	several.Wait()
}
