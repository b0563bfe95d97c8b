package ticket

import (
	"bytes"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"handrail/models"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func office(t *testing.T, key byte) (*Office, *clock) {
	t.Helper()
	c := &clock{time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
	o, err := New(bytes.Repeat([]byte{key}, KeyBytes), c.now)
	if err != nil {
		t.Fatal(err)
	}
	return o, c
}

func refused(t *testing.T, err error, code string) {
	t.Helper()
	e, ok := err.(*models.Error)
	if !ok || e.Code != code || e.Kind != models.KindUnsigned {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestATicketOpensOnceAndSaysWhoAndWhere(t *testing.T) {
	o, _ := office(t, 1)
	token, made, _, err := o.Join("visit", "ann", "login")
	if err != nil {
		t.Fatal(err)
	}
	got, err := o.OpenJoin(token)
	if err != nil || got != made || got.Visit != "visit" || got.Person != "ann" {
		t.Fatalf("%+v %v", got, err)
	}
	_, err = o.OpenJoin(token)
	refused(t, err, "ticket-used")
}

func TestExpiredForgedAndForeignTicketsAreRefused(t *testing.T) {
	o, c := office(t, 1)
	other, _ := office(t, 2)
	token, claim, _, _ := o.Join("visit", "ann", "login")
	foreign, _, _, _ := other.Join("visit", "ann", "login")
	resume, _, _ := o.Resume(claim)
	none, _ := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"sub": "ann", "visit": "visit", "sid": "s",
		"aud": forJoin, "exp": c.at.Add(time.Hour).Unix()}).SignedString(jwt.UnsafeAllowNoneSignatureType)
	for name, bad := range map[string]string{"foreign key": foreign, "resume as join": resume, "alg none": none,
		"cut": token[:len(token)-2], "empty": "", "junk": "a.b.c"} {
		if _, err := o.OpenJoin(bad); err == nil {
			t.Errorf("%s was accepted", name)
		} else {
			refused(t, err, "ticket-refused")
		}
	}
	if _, err := o.OpenResume(token); err == nil {
		t.Error("a join ticket resumed")
	}
	c.at = c.at.Add(JoinLife + time.Second)
	_, err := o.OpenJoin(token)
	refused(t, err, "ticket-refused")
	if got, err := o.OpenResume(resume); err != nil || got != claim {
		t.Errorf("resume: %+v %v", got, err)
	}
	c.at = c.at.Add(ResumeLife)
	_, err = o.OpenResume(resume)
	refused(t, err, "ticket-refused")
}

func TestAWeakKeyIsRefused(t *testing.T) {
	if _, err := New(make([]byte, KeyBytes-1), func() time.Time { return time.Unix(0, 0) }); err == nil {
		t.Error("a short key was taken")
	}
}

func TestTheMemoryOfUsedTicketsIsBounded(t *testing.T) {
	u, now := newUsed(), time.Unix(0, 0)
	for i := range maxUsed {
		u.first(string(rune(i))+"x"+string(rune(i>>8)), now.Add(JoinLife), now)
	}
	if len(u.until) > maxUsed {
		t.Fatalf("%d remembered", len(u.until))
	}
	if !u.first("later", now.Add(3*JoinLife), now.Add(2*JoinLife)) || len(u.until) != 1 {
		t.Errorf("old ones were not forgotten: %d", len(u.until))
	}
}
