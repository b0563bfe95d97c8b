package mail

import (
	"mime"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"

	"handrail/notify"
	"handrail/notify/notifytest"
	"handrail/notify/texts"
)

func open(t *testing.T) (*notifytest.Mail, Config) {
	t.Helper()
	m, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m, Config{Host: "localhost", Port: m.Port(), User: notifytest.MailUser, Password: notifytest.MailPassword, From: "no-reply@clinic.example", TLS: m.TLS()}
}

func mustNew(t *testing.T, c Config) *Channel {
	t.Helper()
	ch, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return ch
}

func message(t *testing.T, to, language string) notify.Message {
	t.Helper()
	c, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	text, _ := c.Find(language, texts.Look)
	open, _ := c.Find(language, texts.Open)
	return notify.Message{Payload: notify.Payload{ID: uuid.New()}, To: notify.Address{To: to}, Text: text, More: notify.Words{Open: open},
		Links: notify.Links{Open: "https://clinic.example", Unsubscribe: "https://clinic.example/v1/unsubscribe/t"}, Until: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)}
}

func TestMailIsNeutralAndCanBeStopped(t *testing.T) {
	m, config := open(t)
	c := mustNew(t, config)
	if err := c.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	es := message(t, "ana@example.org", "es")
	ar := message(t, "amal@example.org", "ar")
	for i, r := range c.Send(t.Context(), []notify.Message{es, ar}) {
		if r.Outcome != notify.Accepted {
			t.Fatalf("mail %d: %+v", i, r)
		}
	}
	got := m.Got()
	if len(got) != 2 || got[0].To != "ana@example.org" || got[0].From != "no-reply@clinic.example" {
		t.Fatalf("%+v", got)
	}
	h := got[0].Message.Header
	for name, want := range map[string]string{
		"List-Unsubscribe": "<https://clinic.example/v1/unsubscribe/t>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"Auto-Submitted": "auto-generated", "Message-Id": "<" + es.Payload.ID.String() + "@clinic.example>"} {
		if h.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, h.Get(name), want)
		}
	}
	for i, sent := range []notify.Message{es, ar} {
		subject, err := new(mime.WordDecoder).DecodeHeader(got[i].Message.Header.Get("Subject"))
		if err != nil || subject != sent.Text.Title() {
			t.Errorf("subject %q, %v", subject, err)
		}
	}
}

func TestWithoutTLSLinkThereIsNoOneClick(t *testing.T) {
	m, config := open(t)
	msg := message(t, "ana@example.org", "en")
	msg.Links.Unsubscribe = "http://127.0.0.1:8080/v1/unsubscribe/t"
	mustNew(t, config).Send(t.Context(), []notify.Message{msg})
	if h := m.Got()[0].Message.Header; h.Get("List-Unsubscribe") == "" || h.Get("List-Unsubscribe-Post") != "" {
		t.Errorf("%v", h)
	}
}

// TestEachMailHasASenderOfItsOwn: with a token in the envelope, where it has one, never in From.
func TestEachMailHasASenderOfItsOwn(t *testing.T) {
	m, config := open(t)
	config.Bounces = "bounces@clinic.example"
	a, b := message(t, "ana@example.org", "en"), message(t, "ben@example.org", "en")
	a.Return = strings.Repeat("a", notify.ReturnTokenLen)
	mustNew(t, config).Send(t.Context(), []notify.Message{a, b})
	got := m.Got()
	if got[0].From != "bounces+"+a.Return+"@clinic.example" || got[1].From != "no-reply@clinic.example" || got[0].Message.Header.Get("From") != got[1].Message.Header.Get("From") {
		t.Errorf("%s, %s", got[0].From, got[1].From)
	}
}

func TestEveryRefusal(t *testing.T) {
	m, config := open(t)
	codes := map[string]smtp.SMTPError{"gone@x.example": {Code: 550}, "nobody@x.example": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}}, "spam@x.example": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 7, 1}}, "full@x.example": {Code: 452}, "policy@x.example": {Code: 554}, "grey@x.example": {Code: 451}}
	m.Refuse = func(to string) *smtp.SMTPError { e := codes[to]; return &e }
	c := mustNew(t, config)
	var batch []notify.Message
	names := []string{"gone@x.example", "full@x.example", "fine@x.example", "policy@x.example", "grey@x.example", "no address", "fine@x.example", "nobody@x.example", "spam@x.example"}
	for _, to := range names {
		batch = append(batch, message(t, to, "en"))
	}
	want := []notify.Outcome{notify.Gone, notify.Retry, notify.Accepted, notify.Permanent, notify.Retry, notify.Permanent, notify.Accepted, notify.Gone, notify.Permanent}
	for i, r := range c.Send(t.Context(), batch) {
		if r.Outcome != want[i] || strings.Contains(r.Code, "@") {
			t.Errorf("%s: %+v, want %d", names[i], r, want[i])
		}
	}
}

func TestServerThatCantBeUsed(t *testing.T) {
	m, config := open(t)
	for name, change := range map[string]func(*Config){
		"wrong password":    func(c *Config) { c.Password = "x" },
		"no such server":    func(c *Config) { c.Port = 1 },
		"unknown authority": func(c *Config) { c.TLS = nil },
	} {
		c := config
		change(&c)
		ch := mustNew(t, c)
		if err := ch.Check(t.Context()); err == nil || strings.Contains(err.Error(), c.Password) {
			t.Errorf("%s: %v", name, err)
		}
		if r := ch.Send(t.Context(), []notify.Message{message(t, "ana@example.org", "en")})[0]; r.Outcome != notify.Retry {
			t.Errorf("%s: %+v", name, r)
		}
	}
	if len(m.Got()) != 0 {
		t.Error("a mail got through")
	}
}

func TestSettings(t *testing.T) {
	for says, c := range map[string]Config{"no mail server": {From: "a@b.example"}, "no e-mail address": {Host: "h", From: "clinic"},
		"address without a name": {Host: "h", From: "a@b.example", Bounces: "bounces"}, "21 letters": {Host: "h", From: "a@b.example", Bounces: "a+b@b.example"}} {
		if _, err := New(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", says, err)
		}
	}
}
