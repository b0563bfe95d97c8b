package webtest

import (
	"io"
	"mime/quotedprintable"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/notify/notifytest"
)

var confirmLink = regexp.MustCompile(`#/confirm/[\w.~-]+`)

// A patient gives an e-mail address; the mail that comes has a link; opening it asks
// and does nothing; a yes makes the address one that reminders may go to.
func TestAnEMailAddressIsConfirmedByItsOwner(t *testing.T) {
	needAxe(t)
	post, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(post.Close)
	trusted := filepath.Join(t.TempDir(), "trusted.pem")
	if err := os.WriteFile(trusted, post.PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", trusted)
	c := openClinic(t, "--smtp-host", "localhost", "--smtp-port", strconv.Itoa(post.Port()), "--smtp-from", "no-reply@clinic.example",
		"--smtp-user", notifytest.MailUser, "--smtp-password", notifytest.MailPassword)
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(c.person("patient", "").EnrolmentCode)
	p.settled(screen{"reminders", "#/reminders", "Your e-mail"})
	p.see("On my phone, then by e-mail")
	p.fill("Your e-mail", "maya@home.example")
	p.tap("Send me a link")
	p.see("We sent you a link.")
	p.see("Until then no mails go there.")
	p.accessible("an address that waits")

	link := confirmLink.FindString(mailed(t, post))
	if link == "" {
		t.Fatalf("no link in %+v", post.Got())
	}
	p.load(link)
	p.title("Is this your e-mail?")
	p.accessible("confirm")
	p.shot("confirm")
	if hash := eval[string](p, "location.hash"); hash != "#/confirm" {
		t.Errorf("the token stays in the address: %s", hash)
	}
	confirmed := func() bool {
		var s struct{ EmailConfirmed bool }
		p.own(c).read("/v1/me/notification-settings", &s)
		return s.EmailConfirmed
	}
	if confirmed() {
		t.Error("to open the page was enough")
	}
	p.tap("Yes, it is mine")
	p.see("Thank you. You can close this page.")
	if !confirmed() {
		t.Error("the address is not confirmed")
	}
	p.settled(screen{"reminders", "#/reminders", "Mails go to"})
	p.mustNotSee("maya@home.example") // masked: enough to know it again
	p.tap("Remove my e-mail")
	p.see("It is removed.")
}

// mailed waits for the one mail.
func mailed(t *testing.T, post *notifytest.Mail) string {
	t.Helper()
	for giveUp := time.After(patience); ; {
		if got := post.Got(); len(got) == 1 {
			text, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(got[0].Body)))
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		select {
		case <-giveUp:
			t.Fatal("no mail came")
		case <-time.After(50 * time.Millisecond):
		}
	}
}
