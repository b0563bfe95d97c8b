package webpush

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"handrail/notify"
	"handrail/notify/notifytest"
)

// now is when all of this happens.
func now() time.Time { return time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC) }

func open(t *testing.T) (*notifytest.Push, *Channel, notify.VAPID) {
	t.Helper()
	keys, err := notify.NewVAPID()
	if err != nil {
		t.Fatal(err)
	}
	p := notifytest.NewPush()
	t.Cleanup(func() {
		p.Close()
		for _, w := range p.Wrong() {
			t.Errorf("not as the standards say: %s", w)
		}
	})
	c, err := New(Config{Keys: keys, Subject: "mailto:ops@clinic.example", AllowLoopback: true, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return p, c, keys
}

func message(to notify.Address, code notify.Code) notify.Message {
	return notify.Message{Payload: notify.Payload{Kind: code, ID: uuid.New(), Epoch: 3}, To: to, Until: now().Add(time.Hour), Urgent: true}
}

func TestBrowserReadsTheMessage(t *testing.T) {
	p, c, keys := open(t)
	a := p.Subscribe("chromium", keys.Public)
	if err := c.CheckAddress(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	m := message(a, notify.CodeLook)
	r := c.Send(t.Context(), []notify.Message{m})[0]
	if r.Outcome != notify.Accepted || !strings.HasSuffix(r.ID, "/message/1") {
		t.Fatalf("%+v", r)
	}
	got := p.Got()[0]
	var body map[string]any
	if err := json.Unmarshal([]byte(got.Body), &body); err != nil {
		t.Fatal(err)
	}
	if len(body) != 3 || body["kind"] != "look" || body["id"] != m.Payload.ID.String() || body["epoch"] != 3.0 {
		t.Errorf("body: %s", got.Body)
	}
	if got.TTL < 3590 || got.TTL > 3600 || got.Urgency != "high" || got.Topic == "" {
		t.Errorf("%+v", got)
	}
}

// TestLengthTellsNothing: messages of all classes are equally long on the wire.
func TestLengthTellsNothing(t *testing.T) {
	p, c, keys := open(t)
	a := p.Subscribe("b", keys.Public)
	for code := notify.CodeLook; code <= notify.CodeToken; code++ {
		c.Send(t.Context(), []notify.Message{message(a, code)})
	}
	for _, m := range p.Got() {
		if m.Size != p.Got()[0].Size {
			t.Errorf("%d and %d bytes", m.Size, p.Got()[0].Size)
		}
	}
}

func TestEveryStatus(t *testing.T) {
	for status, want := range map[int]notify.Outcome{201: notify.Accepted, 202: notify.Accepted, 404: notify.Gone, 410: notify.Gone, 401: notify.Unauthorized, 403: notify.Unauthorized,
		400: notify.Permanent, 413: notify.Permanent, 429: notify.Retry, 500: notify.Retry, 503: notify.Retry, 307: notify.Permanent} {
		p, c, keys := open(t)
		a := p.Subscribe("b", keys.Public)
		p.Answer = func(string) (int, string) { return status, "30" }
		r := c.Send(t.Context(), []notify.Message{message(a, notify.CodeTime)})[0]
		if r.Outcome != want || want == notify.Retry && r.After != 30*time.Second {
			t.Errorf("%d: %+v", status, r)
		}
	}
}

func TestUnknownBrowserIsGone(t *testing.T) {
	p, c, keys := open(t)
	a := p.Subscribe("b", keys.Public)
	a.To += "x"
	if r := c.Send(t.Context(), []notify.Message{message(a, notify.CodeTime)})[0]; r.Outcome != notify.Gone {
		t.Errorf("%+v", r)
	}
}

func TestBadKeysOfTheSite(t *testing.T) {
	good, _ := notify.NewVAPID()
	other, _ := notify.NewVAPID()
	for says, k := range map[string]notify.VAPID{"not base64url": {Private: "!", Public: good.Public}, "no key of P-256": {Private: "AAAA", Public: good.Public},
		"does not belong": {Private: good.Private, Public: other.Public}} {
		if _, err := New(Config{Keys: k, Subject: "mailto:a@b.example"}); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), k.Private) {
			t.Errorf("%s: %v", says, err)
		}
	}
	for _, subject := range []string{"", "ops@clinic.example", "http://clinic.example", "mailto:"} {
		if _, err := New(Config{Keys: good, Subject: subject}); err == nil {
			t.Errorf("%q was taken", subject)
		}
	}
}

func TestBadSubscriptions(t *testing.T) {
	p, c, keys := open(t)
	good := p.Subscribe("b", keys.Public)
	for name, a := range map[string]notify.Address{
		"no point":      {To: good.To, P256dh: "AAAA", Auth: good.Auth},
		"short secret":  {To: good.To, P256dh: good.P256dh, Auth: "AAAA"},
		"no keys":       {To: good.To},
		"user in it":    {To: strings.Replace(good.To, "//", "//a:b@", 1), P256dh: good.P256dh, Auth: good.Auth},
		"another thing": {To: "ftp://127.0.0.1/x", P256dh: good.P256dh, Auth: good.Auth},
	} {
		if err := c.CheckAddress(t.Context(), a); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	g := guard{}
	for _, s := range []string{"https://127.0.0.1/x", "https://[::1]/x", "https://10.0.0.1/x", "https://192.168.1.1/", "https://172.16.0.1/", "https://169.254.169.254/latest",
		"https://100.64.0.1/", "https://0.0.0.0/", "https://[fe80::1]/", "https://[fd00::1]/", "https://[::ffff:127.0.0.1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/",
		"https://[::127.0.0.1]/", "https://[8000::1]/", "https://192.52.193.1/", "https://192.175.48.1/", "https://[2620:4f:8000::1]/",
		"https://224.0.0.1/", "https://255.255.255.255/", "https://localhost/x", "http://93.184.215.14/", "https://93.184.215.14:22/", "file:///etc/passwd", "https:///x", ""} {
		if err := g.check(t.Context(), s); err == nil {
			t.Errorf("%q was taken", s)
		}
	}
	for _, s := range []string{"https://93.184.215.14/x", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x"} {
		if err := g.check(t.Context(), s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// TestNameThatTurnsPrivateIsNotDialled: a name may be public when it is registered
// and private when it is dialled; the check is at the socket.
func TestNameThatTurnsPrivateIsNotDialled(t *testing.T) {
	reached := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer server.Close()
	keys, _ := notify.NewVAPID()
	c, err := New(Config{Keys: keys, Subject: "mailto:ops@clinic.example"}) // as in production
	if err != nil {
		t.Fatal(err)
	}
	p := notifytest.NewPush()
	defer p.Close()
	a := p.Subscribe("b", keys.Public)
	for _, host := range []string{"127.0.0.1", "localhost"} {
		a.To = strings.Replace(server.URL, "127.0.0.1", host, 1) + "/push"
		if r := c.Send(t.Context(), []notify.Message{message(a, notify.CodeTime)})[0]; r.Outcome != notify.Permanent || r.Code != "address-refused" {
			t.Errorf("%s: %+v", host, r)
		}
	}
	if reached {
		t.Error("the private server was reached")
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	reached := false
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer inner.Close()
	outer := httptest.NewServer(http.RedirectHandler(inner.URL, http.StatusTemporaryRedirect))
	defer outer.Close()
	p, c, keys := open(t)
	a := p.Subscribe("b", keys.Public)
	a.To = outer.URL
	if r := c.Send(t.Context(), []notify.Message{message(a, notify.CodeTime)})[0]; r.Outcome != notify.Permanent || reached {
		t.Errorf("%+v, reached: %v", r, reached)
	}
}

func FuzzGuard(f *testing.F) {
	f.Add("https://93.184.215.14/x")
	f.Add("https://[::ffff:10.0.0.1]/")
	f.Add("https://0x7f.1/")
	f.Fuzz(func(t *testing.T, endpoint string) {
		host := endpoint
		if i := strings.Index(host, "//"); i >= 0 {
			host = host[i+2:]
		}
		if strings.ContainsAny(host, "ghijklmnopqrstuvwyzGHIJKLMNOPQRSTUVWYZ") {
			return // a name: no look-ups in a fuzz run
		}
		if (guard{}).check(t.Context(), endpoint) != nil {
			return
		}
		h := strings.Trim(strings.SplitN(strings.SplitN(host, "/", 2)[0], "?", 2)[0], "[]")
		if a, err := netip.ParseAddr(strings.TrimSuffix(h, ":443")); err == nil && (a.IsPrivate() || a.IsLoopback()) {
			t.Errorf("%q was taken", endpoint)
		}
	})
}

// TestWhomAContactThatAppleRefusesConcerns: Apple's devices, and nobody else's.
func TestWhomAContactThatAppleRefusesConcerns(t *testing.T) {
	keys, err := notify.NewVAPID()
	if err != nil {
		t.Fatal(err)
	}
	for subject, iphone := range map[string]bool{"mailto:ops@localhost": false, "mailto:ops@example.org": true} {
		c, err := New(Config{Keys: keys, Subject: subject, Now: now})
		if err != nil {
			t.Fatal(err)
		}
		if works := c.Check(t.Context()) == nil; works != iphone {
			t.Errorf("%s works: %v", subject, works)
		}
		for to, want := range map[string]bool{"https://web.push.apple.com/x": iphone, "https://WEB.push.apple.com/x": iphone, "https://fcm.googleapis.com/fcm/send/x": true, "https://push.example/x": true} {
			if got := c.Spares(notify.Address{To: to}); got != want {
				t.Errorf("%s, %s: %v, want %v", subject, to, got, want)
			}
		}
	}
}
