package planning_test

import (
	"io"
	"mime/quotedprintable"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/referrals"
	"handrail/models"
	"handrail/models/referral"
	"handrail/notify"
	"handrail/notify/mail"
	"handrail/notify/notifytest"
)

// mailedClinic is a planned clinic that can send mail.
func mailedClinic(t *testing.T) (*plannedClinic, *notifytest.Mail) {
	t.Helper()
	server, err := notifytest.NewMail()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	post, err := mail.New(mail.Config{Host: "127.0.0.1", Port: server.Port(), User: notifytest.MailUser, Password: notifytest.MailPassword, From: "no-reply@example.org", TLS: server.TLS()})
	if err != nil {
		t.Fatal(err)
	}
	return plannedClinicAt(t, 0, post), server
}

var confirmLink = regexp.MustCompile(`/#/confirm/([A-Za-z0-9._-]+)`)

// body is what a mail says, decoded.
func body(t *testing.T, m notifytest.MailMessage) string {
	t.Helper()
	if m.Message.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
		return m.Body
	}
	raw, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(m.Body)))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestAPartnerHearsByMail: that something waits, and that it changed; the mail names
// nobody and nothing. Who was not asked, and another partner, hear of nothing.
func TestAPartnerHearsByMail(t *testing.T) {
	w, server := mailedClinic(t)
	works := func(name string) (shelter, account string) {
		shelter = care.NewID()
		_, err := w.Care.Referral.AddPartner(t.Context(), w.Admin, shelter, referral.PartnerTerms{Name: name, Needs: []string{"housing"}, Capacity: 5, ReplyDays: 3})
		w.ok(err)
		a, err := w.Care.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RolePartner, Name: "Pat of " + name, PartnerID: shelter})
		w.ok(err)
		w.ok(w.notify.Enroll(t.Context(), notify.Person{AccountID: a.ID, Owner: a.ID, Home: caretest.Site.Zone, Language: "en"})) // as who opens their settings
		return shelter, a.ID
	}
	harbor, pat := works("Harbor House")
	haven, kim := works("Haven")
	w.ok(w.notify.SetEmail(t.Context(), pat, "pat@example.org"))
	w.ok(w.notify.ConfirmEmail(t.Context(), confirmLink.FindStringSubmatch(body(t, server.Got()[0]))[1]))
	refer := func(partner string) string {
		id := care.NewID()
		_, err := w.Chart(w.doctor, w.sam.PatientID).Referral.Refer(t.Context(), id, referral.Order{PartnerID: partner, Need: "housing", Words: "A room, please.", Name: true})
		w.ok(err)
		return id
	}
	sign := func(id string) referrals.View {
		v, err := w.own().Referral.Sign(t.Context(), id, referrals.Signing{Until: w.Clock.Now().AddDate(0, 1, 0), Statements: []models.Statement{models.StatementRevocation},
			Signature: models.Signature{Name: w.sam.Name, Method: "typed"}})
		w.ok(err)
		return v
	}
	hears := func(account string, want ...string) {
		t.Helper()
		w.turn()
		if got := w.refs(account); !slices.Equal(got, want) {
			t.Fatalf("told of %v, want %v", got, want)
		}
	}
	id := refer(harbor)
	hears(pat) // not signed: it is nobody's business yet
	sign(id)
	hears(pat, "partner-referral")
	hears(kim)
	for range 72 { // as a worker that is there: what is told in the evening has until the quiet hours
		w.Clock.Move(20 * time.Minute)
		_, err := w.notify.Drain(t.Context())
		w.ok(err)
	}
	mails := server.Got()
	if len(mails) != 2 {
		t.Fatalf("%d mails", len(mails))
	}
	text := body(t, mails[1]) + mails[1].Message.Header.Get("Subject")
	for _, secret := range []string{w.sam.Name, "Harbor", "room", "housing", "Housing", id, "Riverside"} {
		if strings.Contains(text, secret) {
			t.Errorf("the mail says %q: %s", secret, text)
		}
	}
	w.sam, w.doctor = w.SignIn(w.sam.AccountID).Session.Actor(), w.SignIn(w.doctor.AccountID).Session.Actor()
	_, err := w.Chart(w.doctor, w.sam.PatientID).Referral.Cancel(t.Context(), id, "")
	w.ok(err)
	hears(pat, "partner-referral", "partner-referral")
	again := sign(refer(harbor))
	hears(pat, "partner-referral", "partner-referral", "partner-referral")
	w.ok(w.own().People.RevokeConsent(t.Context(), again.ConsentID))
	hears(pat, "partner-referral", "partner-referral", "partner-referral", "partner-referral")

	// Of two who are asked the first has it, and the other hears that something changed.
	sign(refer(harbor))
	theirs := sign(refer(haven))
	_, err = w.Care.Referral.PartnerMove(t.Context(), w.SignIn(kim).Session.Actor(), theirs.ID, referral.Move{Status: referral.Accepted})
	w.ok(err)
	hears(kim, "partner-referral")
	hears(pat, slices.Repeat([]string{"partner-referral"}, 6)...)
}

// TestAReferralNobodyAnswersComesBack: the task of its owner is due when the partner should
// have answered, and the owner hears of it then; a move of the partner sets it anew.
func TestAReferralNobodyAnswersComesBack(t *testing.T) {
	w := newPlannedClinic(t)
	shelter, id := care.NewID(), care.NewID()
	_, err := w.Care.Referral.AddPartner(t.Context(), w.Admin, shelter, referral.PartnerTerms{Name: "Harbor House", Needs: []string{"housing"}, Capacity: 5, ReplyDays: 3})
	w.ok(err)
	pat, err := w.Care.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RolePartner, Name: "Pat Harbor", PartnerID: shelter})
	w.ok(err)
	_, err = w.Chart(w.doctor, w.sam.PatientID).Referral.Refer(t.Context(), id, referral.Order{PartnerID: shelter, Need: "housing", Words: "A room, please."})
	w.ok(err)
	signed, err := w.own().Referral.Sign(t.Context(), id, referrals.Signing{Until: w.Clock.Now().AddDate(0, 1, 0), Statements: []models.Statement{models.StatementRevocation},
		Signature: models.Signature{Name: w.sam.Name, Method: "typed"}})
	w.ok(err)
	looked := func(at time.Time) (v referrals.View, notes int) {
		t.Helper()
		w.Clock.Set(at)
		w.sam, w.doctor = w.SignIn(w.sam.AccountID).Session.Actor(), w.SignIn(w.doctor.AccountID).Session.Actor()
		w.ok(w.Care.Tasks.Follow(t.Context()))
		notes, _ = w.taskNews(w.doctor, signed.TaskID) // until the next morning
		page, err := w.Chart(w.doctor, w.sam.PatientID).Referral.Referrals(t.Context(), "", 10)
		w.ok(err)
		return page.Items[0], notes
	}
	before, said := looked(signed.DueAt.Add(-48 * time.Hour))
	if before.Overdue || before.Owner == nil || before.Owner.AccountID != w.doctor.AccountID {
		t.Fatalf("before it is due: %+v", before)
	}
	after, again := looked(signed.DueAt.Add(time.Hour))
	if !after.Overdue || again <= said {
		t.Errorf("past its time: overdue %t, and the owner had %d notes, then %d", after.Overdue, said, again)
	}
	v, err := w.Care.Referral.PartnerMove(t.Context(), w.SignIn(pat.ID).Session.Actor(), id, referral.Move{Status: referral.Accepted})
	w.ok(err)
	if !v.DueAt.After(w.Clock.Now()) {
		t.Errorf("after the partner's answer it is due at %s", v.DueAt)
	}
	if last, _ := looked(w.Clock.Now()); last.Overdue {
		t.Error("it is late still")
	}
}
