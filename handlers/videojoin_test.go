package handlers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/valyala/fasthttp"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/signin"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/handlers/edge/edgetest"
	"handrail/models"
	"handrail/video"
	"handrail/video/quality"
	"handrail/video/room"
	"handrail/video/sfu"
)

// guests asks the use cases, as cmd/handrail does.
type guests struct{ care *care.Care }

func (g guests) Visit(ctx context.Context, id string) (video.Visit, error) {
	v, err := g.care.Video.VideoVisit(ctx, id)
	return video.Visit{ID: v.ID, Opens: v.Opens, Closes: v.Closes}, err
}

func (g guests) Guest(ctx context.Context, id, person string) (room.Guest, error) {
	v, err := g.care.Video.VideoGuest(ctx, id, person)
	return room.Guest{ID: v.AccountID, Name: v.Name, Role: room.Role(v.Role)}, err
}

func (g guests) SignedIn(ctx context.Context, login string) error {
	return g.care.Signin.SignedIn(ctx, login)
}

// videoClinic is a clinic with a visit by video, served on loopback.
type videoClinic struct {
	*caretest.Clinic
	t                *testing.T
	patient, other   models.Actor
	therapist, nurse models.Actor
	visit            visits.VisitView
	address          string
	api              *handlers.API
	video            *video.Server
}

func openVideoClinic(t *testing.T) *videoClinic {
	t.Helper()
	d := &videoClinic{Clinic: caretest.New(t), t: t}
	d.patient, d.other = d.Patient(), d.Patient()
	d.therapist, d.nurse = d.Clinician(models.DisciplineTherapy, d.patient), d.Clinician(models.DisciplineNursing, d.patient)
	d.Offer(caretest.Talk)
	d.Opens(d.therapist)
	v, err := d.Chart(d.patient, d.patient.PatientID).Visits.BookDirect(t.Context(), care.NewID(), caretest.With(d.therapist), caretest.At(2, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	d.visit = v.Value
	d.Clock.Set(d.visit.Start)
	engine, err := sfu.New(sfu.Config{Address: "127.0.0.1", Loopback: true, TCPPort: -1})
	if err != nil {
		t.Fatal(err)
	}
	server, err := video.New(video.Config{Visits: guests{d.Care}, Engine: engine, TicketKey: bytes.Repeat([]byte{1}, 32), Now: d.Clock.Now, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	d.video = server
	d.api = handlers.New(handlers.Config{Care: d.Care, Video: server, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: d.Clock.Now}})
	d.address = edgetest.Listen(t, d.api)
	t.Cleanup(func() { server.Close(); _ = engine.Close() })
	return d
}

// ask calls a route below the visit.
func (d *videoClinic) ask(who models.Actor, method, route string) ([]byte, *http.Response) {
	d.t.Helper()
	rq, err := http.NewRequestWithContext(d.t.Context(), method, "http://"+d.address+"/v1/patients/"+d.patient.PatientID+"/appointments/"+d.visit.ID+route, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	rq.Header.Set("Authorization", "Bearer "+d.SignIn(who.AccountID).AccessToken)
	rq.Close = true
	res, err := http.DefaultClient.Do(rq)
	if err != nil {
		d.t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	res.Body = io.NopCloser(bytes.NewReader(body))
	return body, res
}

// join asks for the way in.
func (d *videoClinic) join(who models.Actor) (handlers.Joining, *http.Response) {
	d.t.Helper()
	body, res := d.ask(who, "POST", "/join")
	var j handlers.Joining
	if res.StatusCode == 200 {
		if err := json.Unmarshal(body, &j); err != nil {
			d.t.Fatal(err)
		}
	}
	return j, res
}

// connect opens the message connection, with the first message.
func (d *videoClinic) connect(j handlers.Joining) *websocket.Conn {
	d.t.Helper()
	return d.hello(j.Socket, map[string]any{"versions": []int{1}, "ticket": j.Ticket})
}

// resume comes back with what the welcome gave.
func (d *videoClinic) resume(with string) *websocket.Conn {
	d.t.Helper()
	return d.hello(handlers.SocketPath, map[string]any{"versions": []int{1}, "resume": with})
}

func (d *videoClinic) hello(socket string, first map[string]any) *websocket.Conn {
	d.t.Helper()
	dialer := websocket.Dialer{HandshakeTimeout: 30 * time.Second}
	ws, res, err := dialer.Dial("ws://"+d.address+socket, http.Header{"Origin": {"http://" + d.address}})
	if err != nil {
		d.t.Fatal(err)
	}
	_ = res.Body.Close()
	d.t.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(30 * time.Second))
	if err := ws.WriteJSON(map[string]any{"type": "hello", "data": first}); err != nil {
		d.t.Fatal(err)
	}
	return ws
}

// next is the next message of a type.
func next(t *testing.T, ws *websocket.Conn, kind string) string {
	t.Helper()
	for {
		_, message, err := ws.ReadMessage()
		if err != nil {
			t.Fatalf("waiting for %s: %v", kind, err)
		}
		if strings.HasPrefix(string(message), `{"type":"`+kind+`"`) {
			return string(message)
		}
	}
}

func TestTheWayIntoAVisitByVideo(t *testing.T) {
	d := openVideoClinic(t)
	j, _ := d.join(d.patient)
	if j.Role != videovisit.VideoPatient || j.Socket != handlers.SocketPath || j.Ticket == "" {
		t.Fatalf("%+v", j)
	}
	waiting := d.connect(j)
	if said := next(t, waiting, "welcome"); !strings.Contains(said, `"place":"lobby"`) {
		t.Errorf("the patient: %s", said)
	}
	j, _ = d.join(d.therapist)
	lead := d.connect(j)
	if said := next(t, lead, "welcome"); !strings.Contains(said, `"role":"lead","place":"inside"`) {
		t.Errorf("the therapist: %s", said)
	}
	if err := lead.WriteJSON(map[string]any{"type": "command", "data": map[string]any{"verb": "admit", "whom": d.patient.AccountID}}); err != nil {
		t.Fatal(err)
	}
	for !strings.Contains(next(t, waiting, "room"), `"role":"patient","place":"inside"`) {
	}
	again := d.connect(j) // the ticket opens once
	next(t, again, "bye")
	if _, _, err := again.ReadMessage(); !websocket.IsCloseError(err, video.CloseRefused) {
		t.Errorf("a used ticket: %v", err)
	}
}

// signedOut closes what ended sign-ins have open, as the program does four times a
// second.
func (d *videoClinic) signedOut() {
	d.t.Helper()
	ended, err := d.Care.Signin.EndedSessions(d.t.Context(), d.video.Logins())
	if err != nil {
		d.t.Fatal(err)
	}
	d.video.SignedOut(ended)
}

// joinAs asks for the way in with a sign-in.
func (d *videoClinic) joinAs(in signin.SignedIn) (j handlers.Joining) {
	d.t.Helper()
	rq := httptest.NewRequest("POST", "/v1/patients/"+d.patient.PatientID+"/appointments/"+d.visit.ID+"/join", nil)
	rq.Header.Set("Authorization", "Bearer "+in.AccessToken)
	res, err := d.api.App().Test(rq, -1)
	if err != nil {
		d.t.Fatal(err)
	}
	if err := json.NewDecoder(res.Body).Decode(&j); err != nil {
		d.t.Fatal(err)
	}
	return j
}

// TestTheEndOfASignInEndsItsConnections: signing out, an end from another device or at
// the office, at this instance or another, and an account that is stopped. A ticket of
// before and the way back are shut too; another device of the same person is not.
func TestTheEndOfASignInEndsItsConnections(t *testing.T) {
	d := openVideoClinic(t)
	other := d.Instance()
	for name, end := range map[string]func(in signin.SignedIn) error{
		"signed out": func(in signin.SignedIn) error {
			return d.Care.Signin.EndSession(t.Context(), in.Session.Actor(), in.Session.ID)
		},
		"at another instance": func(in signin.SignedIn) error {
			return other.Signin.EndSessionOf(t.Context(), d.Admin, d.patient.AccountID, in.Session.ID, models.EndReportedLost)
		},
		"stopped": func(signin.SignedIn) error {
			if _, err := other.People.Suspend(t.Context(), d.Admin, care.AnyVersion, d.patient.AccountID, true); err != nil {
				return err
			}
			_, err := other.People.Suspend(t.Context(), d.Admin, care.AnyVersion, d.patient.AccountID, false)
			return err
		},
	} {
		in := d.SignIn(d.patient.AccountID)
		unused, ws := d.joinAs(in), d.connect(d.joinAs(in))
		welcome := next(t, ws, "welcome")
		if err := end(in); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d.signedOut()
		if said := next(t, ws, "bye"); !strings.Contains(said, "sign-in-ended") {
			t.Errorf("%s: %s", name, said)
		}
		if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, video.CloseRefused) {
			t.Errorf("%s: %v", name, err)
		}
		if said := next(t, d.connect(unused), "bye"); !strings.Contains(said, "sign-in-ended") {
			t.Errorf("%s, a ticket of before: %s", name, said)
		}
		var w struct{ Data struct{ Resume string } }
		if err := json.Unmarshal([]byte(welcome), &w); err != nil {
			t.Fatal(err)
		}
		if said := next(t, d.resume(w.Data.Resume), "bye"); !strings.Contains(said, "sign-in-ended") {
			t.Errorf("%s, the way back: %s", name, said)
		}
	}
	nurse := d.SignIn(d.therapist.AccountID)
	seat := d.connect(d.joinAs(nurse))
	next(t, seat, "welcome")
	d.StopAccount(d.therapist.AccountID) // by an instance that was killed then
	d.signedOut()
	if said := next(t, seat, "bye"); !strings.Contains(said, "sign-in-ended") {
		t.Errorf("an account that was stopped: %s", said)
	}
	first, second := d.SignIn(d.patient.AccountID), d.SignIn(d.patient.AccountID)
	ws := d.connect(d.joinAs(second))
	next(t, ws, "welcome")
	if err := d.Care.Signin.EndSession(t.Context(), second.Session.Actor(), first.Session.ID); err != nil {
		t.Fatal(err)
	}
	d.signedOut()
	if err := ws.WriteJSON(map[string]any{"type": "ping", "data": map[string]any{"stamp": 1}}); err != nil {
		t.Fatal(err)
	}
	next(t, ws, "pong")
}

func TestTheTeamReadsHowTheConnectionsWere(t *testing.T) {
	d := openVideoClinic(t)
	kept, err := json.Marshal([]quality.Report{{PersonID: d.patient.AccountID, MOS: 4.2, Freezes: 3}, {PersonID: "somebody who left", MOS: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Care.Video.EndVideoRoom(t.Context(), d.visit.ID, kept); err != nil {
		t.Fatal(err)
	}
	body, res := d.ask(d.therapist, "GET", "/quality")
	var got edge.List[handlers.ConnectionReport]
	if err := json.Unmarshal(body, &got); err != nil || res.StatusCode != 200 || len(got.Items) != 2 {
		t.Fatalf("%d %s %v", res.StatusCode, body, err)
	}
	if r := got.Items[0]; r.Role != videovisit.VideoPatient || r.Name == "" || r.MOS != 4.2 || r.Freezes != 3 {
		t.Errorf("the patient: %+v", r)
	}
	if r := got.Items[1]; r.Role != "" || r.Name != "" || r.MOS != 2 {
		t.Errorf("who left: %+v", r)
	}
}

func TestTheDoorSaysWhyItIsClosed(t *testing.T) {
	d := openVideoClinic(t)
	_, res := d.join(d.nurse)
	edgetest.WantProblem(t, res, 403, "not-in-this-visit")
	_, res = d.join(d.other)
	edgetest.WantProblem(t, res, 404, "not-found")
	d.Clock.Set(d.visit.Start.Add(-visits.VideoOpensBefore - time.Second))
	_, res = d.join(d.patient)
	edgetest.WantProblem(t, res, 403, "too-early")
	d.Clock.Set(d.visit.End.Add(visits.VideoClosesAfter + time.Second))
	_, res = d.join(d.patient)
	edgetest.WantProblem(t, res, 410, "visit-ended")
}

func TestTheSocketTakesNobodyWithoutATicketOrFromElsewhere(t *testing.T) {
	d := openVideoClinic(t)
	ws := d.connect(handlers.Joining{Socket: handlers.SocketPath, Ticket: "forged"})
	next(t, ws, "bye")
	if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, video.CloseRefused) {
		t.Errorf("%v", err)
	}
	conn, in := edgetest.Dial(t, d.address)
	head := "GET " + handlers.SocketPath + " HTTP/1.1\r\nHost: " + d.address + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
	edgetest.WantProblem(t, edgetest.Say(t, conn, in, head+"Origin: https://elsewhere.test\r\n\r\n"), 422, "no-websocket")
	conn, in = edgetest.Dial(t, d.address)
	edgetest.WantProblem(t, edgetest.Say(t, conn, in, "GET "+handlers.SocketPath+" HTTP/1.1\r\nHost: h\r\n\r\n"), 422, "no-websocket")
}

func TestTheOperatorSeesVideoWithoutAnybody(t *testing.T) {
	d := openVideoClinic(t)
	j, _ := d.join(d.patient)
	next(t, d.connect(j), "welcome")
	res := httptest.NewRecorder()
	d.api.Admin().ServeHTTP(res, httptest.NewRequest("GET", "/metrics", nil))
	page := res.Body.String()
	for _, want := range []string{"handrail_video_rooms 1", "handrail_video_people 1", "handrail_video_tickets_total 1", "handrail_video_forward_seconds_bucket", "handrail_video_start_seconds_count 0"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestThePageMayConnect: the site's own page, whatever a proxy made of Host.
func TestThePageMayConnect(t *testing.T) {
	for _, c := range []struct {
		origin, host string
		may          bool
	}{
		{"https://care.example.org", "care.example.org", true},
		{"https://care.example.org", "care.example.org:443", true},
		{"https://care.example.org:443", "Care.Example.org", true},
		{"https://care.example.org", "127.0.0.1:8080", true},
		{"https://care.example.org", "upstream", true},
		{"https://app.example.com", "upstream", true},
		{"", "upstream", true},
		{"http://192.0.2.1:8080", "192.0.2.1:8080", true},
		{"http://care.example.org", "upstream", false},
		{"https://care.example.org:8443", "upstream", false},
		{"https://evil.example", "care.example.org", false},
		{"https://care.example.org.evil.example", "upstream", false},
		{"null", "care.example.org", false},
		{"https://", "", false},
	} {
		var ctx fasthttp.RequestCtx
		ctx.Request.Header.Set("Origin", c.origin)
		ctx.Request.Header.SetHost(c.host)
		if got := handlers.MayConnect(&ctx, "https://care.example.org", []string{"https://app.example.com"}); got != c.may {
			t.Errorf("%q at %q: %v", c.origin, c.host, got)
		}
	}
}
