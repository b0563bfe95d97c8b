package fcm

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"handrail/notify"
	"handrail/notify/notifytest"
)

var now = time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)

func open(t *testing.T) (*notifytest.FCM, *Channel) {
	t.Helper()
	f := notifytest.NewFCM("demo")
	t.Cleanup(func() {
		f.Close()
		for _, w := range f.Wrong() {
			t.Errorf("not as published: %s", w)
		}
	})
	c, err := New(t.Context(), Config{ProjectID: "demo", Endpoint: f.Endpoint(), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return f, c
}

func message(token string, code notify.Code) notify.Message {
	return notify.Message{Payload: notify.Payload{Kind: code, ID: uuid.New(), Epoch: 7}, To: notify.Address{To: token}, Until: now.Add(time.Hour), Urgent: true}
}

func send(t *testing.T, c *Channel, m ...notify.Message) []notify.Result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	return c.Send(ctx, m)
}

func TestMessageIsAsPublished(t *testing.T) {
	f, c := open(t)
	m := message("tok", notify.CodeSoon)
	r := send(t, c, m)[0]
	if r.Outcome != notify.Accepted || r.ID != "projects/demo/messages/1" {
		t.Fatalf("%+v", r)
	}
	got, _ := f.Last("tok")
	if got.Data["kind"] != "soon" || got.Data["id"] != m.Payload.ID.String() || got.Data["epoch"] != "7" {
		t.Errorf("data: %v", got.Data)
	}
	if a := got.Android; a.CollapseKey != "soon" || a.Priority != "high" || a.TTL != "3600s" {
		t.Errorf("android: %+v", a)
	}
	h := got.APNS.Headers
	if h["apns-collapse-id"] != m.Payload.ID.String() || h["apns-expiration"] != "1772467200" || h["apns-push-type"] != "alert" {
		t.Errorf("apns: %v", h)
	}
	if got.APNS.Payload.Aps.MutableContent != 1 {
		t.Error("the app can't change the alert")
	}
}

// TestAPhoneGetsWhatItsSystemReads: who says what they run on gets nothing for the other.
func TestAPhoneGetsWhatItsSystemReads(t *testing.T) {
	f, c := open(t)
	for platform, want := range map[string][2]bool{"": {true, true}, "web": {true, true}, "android": {true, false}, "ios": {false, true}} {
		m := message("tok-"+platform, notify.CodeSoon)
		m.To.Platform = platform
		send(t, c, m)
		got, _ := f.Last("tok-" + platform)
		if is := [2]bool{got.Android != nil, got.APNS != nil}; is != want {
			t.Errorf("%q: android and apns: %v", platform, is)
		}
	}
}

// TestAMessageThatTheSDKRefuses is one message's matter.
func TestAMessageThatTheSDKRefuses(t *testing.T) {
	_, c := open(t)
	out := send(t, c, message("a", notify.CodeSoon), message("", notify.CodeSoon), message("b", notify.CodeSoon))
	if out[0].Outcome != notify.Accepted || out[2].Outcome != notify.Accepted {
		t.Errorf("the others: %+v", out)
	}
	if out[1].Outcome != notify.Permanent || out[1].Code != "message-refused" {
		t.Errorf("%+v", out[1])
	}
}

func TestTokenWakeShowsNothing(t *testing.T) {
	f, c := open(t)
	send(t, c, message("tok", notify.CodeToken))
	if got, _ := f.Last("tok"); got.APNS.Headers["apns-push-type"] != "background" {
		t.Errorf("%+v", got.APNS)
	}
}

func TestLifeTimeIsBounded(t *testing.T) {
	f, c := open(t)
	m := message("tok", notify.CodeLook)
	m.Until, m.Urgent = now.AddDate(1, 0, 0), false
	late := message("late", notify.CodeLook)
	late.Until = now.Add(-time.Hour)
	send(t, c, m, late)
	if got, _ := f.Last("tok"); got.Android.TTL != "2419200s" || got.Android.Priority != "normal" {
		t.Errorf("%+v", got.Android)
	}
	if got, _ := f.Last("late"); got.Android.TTL != "0s" {
		t.Errorf("%+v", got.Android)
	}
}

// TestEveryError: each answer that FCM documents leads to what the queue must do,
// after exactly one request.
func TestEveryError(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer notifytest.FCMAnswer
		want   notify.Outcome
		after  time.Duration
	}{
		{"unregistered", notifytest.Unregistered, notify.Gone, 0},
		{"sender", notifytest.SenderMismatch, notify.Mismatch, 0},
		{"argument", notifytest.InvalidArg, notify.Permanent, 0},
		{"quota", notifytest.Quota, notify.Retry, time.Minute},
		{"quota with a time", notifytest.FCMAnswer{Status: 429, Code: "QUOTA_EXCEEDED", RetryAfter: "90"}, notify.Retry, 90 * time.Second},
		{"unavailable", notifytest.Unavailable, notify.Retry, 0},
		{"unavailable with a time", notifytest.FCMAnswer{Status: 503, Code: "UNAVAILABLE", RetryAfter: "7"}, notify.Retry, 7 * time.Second},
		{"internal", notifytest.Internal, notify.Retry, 0},
		{"bad gateway", notifytest.FCMAnswer{Status: 502}, notify.Retry, 0},
		{"apns key", notifytest.ThirdParty, notify.Retry, 0},
		{"not signed in", notifytest.FCMAnswer{Status: 401}, notify.Retry, 0},
		{"answer lost", notifytest.AnswerLost, notify.Lost, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, c := open(t)
			var asked atomic.Int64
			f.Answer = func(string) *notifytest.FCMAnswer { asked.Add(1); return &tt.answer }
			begun := time.Now()
			r := send(t, c, message("tok", notify.CodeTime))[0]
			if r.Outcome != tt.want || r.After != tt.after {
				t.Errorf("%+v, want outcome %d after %s", r, tt.want, tt.after)
			}
			if n := asked.Load(); n != 1 {
				t.Errorf("the SDK asked %d times", n)
			}
			if d := time.Since(begun); d > 30*time.Second { // the SDK's own retries go on for minutes
				t.Errorf("it held the sender up for %s", d)
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	f, c := open(t)
	f.Close()
	if r := send(t, c, message("tok", notify.CodeTime))[0]; r.Outcome != notify.Retry || r.Code != codeNotSent {
		t.Errorf("%+v", r)
	}
	if err := c.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "can't be reached") {
		t.Error(err)
	}
}

func TestAnswerThatTakesTooLongIsLost(t *testing.T) {
	f, c := open(t)
	f.Latency = time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if r := c.Send(ctx, []notify.Message{message("tok", notify.CodeTime)})[0]; r.Outcome != notify.Lost {
		t.Errorf("%+v", r)
	}
}

func TestManyAtOnce(t *testing.T) {
	f, c := open(t)
	f.Answer = func(token string) *notifytest.FCMAnswer {
		if token == "gone" {
			return &notifytest.Unregistered
		}
		return nil
	}
	batch := make([]notify.Message, notify.MaxSend)
	for i := range batch {
		batch[i] = message("tok", notify.CodeTime)
	}
	batch[123].To.To = "gone"
	for i, r := range send(t, c, batch...) {
		want := notify.Accepted
		if i == 123 {
			want = notify.Gone
		}
		if r.Outcome != want {
			t.Fatalf("message %d: %+v", i, r)
		}
	}
	if f.Count() != notify.MaxSend-1 {
		t.Errorf("%d arrived", f.Count())
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	f, c := open(t)
	if err := c.Check(t.Context()); err != nil {
		t.Error(err)
	}
	for says, a := range map[string]notifytest.FCMAnswer{"credentials": {Status: 403}, "does not know the project": {Status: 404}, "status page": {Status: 500}} {
		f.Answer = func(string) *notifytest.FCMAnswer { return &a }
		if err := c.Check(t.Context()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%d: %v", a.Status, err)
		}
	}
	if f.Count() != 0 {
		t.Error("the check sent something")
	}
}

func TestSettings(t *testing.T) {
	for says, c := range map[string]Config{"no Firebase project": {}, "is not there": {ProjectID: "p", CredentialsFile: "/nowhere"}, "can't be used": {ProjectID: "p", CredentialsFile: "fcm.go"}} {
		if _, err := New(t.Context(), c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", says, err)
		}
	}
}
