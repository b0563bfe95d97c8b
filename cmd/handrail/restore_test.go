package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/client"
	"handrail/models/education"
	"handrail/web"
)

// afterBackup is a clinic of which people ended things after its backup was made.
type afterBackup struct {
	t                          *testing.T
	data, file                 string
	admin, sam                 *person
	lost, late                 *person // phones of Sam: ended after the backup, enrolled after it
	suspended, erased, reopens *person
	consent, lostSession       string
}

func (p *person) refreshOnce() {
	p.r.t.Helper()
	if err := p.Refresh(p.r.t.Context()); err != nil {
		p.r.t.Fatal(err)
	}
}

func (a *afterBackup) another(account string) *person {
	a.t.Helper()
	return a.admin.r.enrol(got(a.admin.NewEnrolmentCode(a.t.Context(), account, "photo-id"))(a.t).Code)
}

func (a *afterBackup) status(p *person, status string) {
	a.t.Helper()
	ctx := a.t.Context()
	got(a.admin.SetAccountStatus(ctx, got(a.admin.Account(ctx, p.account))(a.t), status))(a.t)
}

// signWords has a clinician sign what is read before a consent; they look again in a year.
func (a *afterBackup) signWords(nurse *person, made time.Time) client.ReadWords {
	a.t.Helper()
	all := web.SignedWords()
	w := all[slices.IndexFunc(all, func(w education.Words) bool { return w.ID == "consent" && w.Language == "en" })]
	got(nurse.Do(a.t.Context(), client.Request{Method: http.MethodPost, Path: "/v1/education-words/consent/en/signature",
		Body: map[string]string{"fingerprint": w.Fingerprint(), "next": made.AddDate(1, 0, 0).Format(time.DateOnly)}}))(a.t)
	return client.ReadWords{Language: w.Language, Fingerprint: w.Fingerprint()}
}

func newAfterBackup(t *testing.T) *afterBackup {
	t.Helper()
	dir := t.TempDir()
	a := &afterBackup{t: t, data: filepath.Join(dir, "data"), file: filepath.Join(dir, "copy.db"), consent: care.NewID()}
	r := runOn(t, a.data)
	a.admin = r.admin()
	a.sam, a.suspended, a.erased, a.reopens = r.newPatient(a.admin), r.newPatient(a.admin), r.newPatient(a.admin), r.newPatient(a.admin)
	a.lost = a.another(a.sam.account)
	ctx, end := t.Context(), time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	helper := got(a.admin.CreateAccount(ctx, client.NewAccount{Role: "clinician", Discipline: "nursing", Name: "Kim"}))(t)
	words := a.signWords(a.another(helper.ID), helper.CreatedAt)
	got(a.sam.GiveConsent(ctx, client.NewConsent{ID: a.consent, Words: &words, Kind: "sharing", Provision: "permit", Recipient: helper.ID, Scopes: []string{"goals"},
		Purposes: []string{"treatment"}, Expiry: &client.Expiry{At: end}, Statements: []string{"revocation"}, Signature: client.Signature{Name: "Sam", Method: "typed"}}))(t)
	a.sam.refreshOnce()
	if code, out := operator(t, a.data, "backup", a.file); code != exitFine {
		t.Fatal(out)
	}
	for range 3 {
		a.sam.refreshOnce()
	}
	a.late = a.another(a.sam.account)
	a.lostSession = a.lost.SignedIn().Session.ID
	if err := errors.Join(a.sam.EndMySession(ctx, a.lostSession), a.sam.RevokeConsent(ctx, a.consent)); err != nil {
		t.Fatal(err)
	}
	a.status(a.suspended, "suspended")
	a.status(a.reopens, "suspended")
	a.status(a.reopens, "active")
	if code, out := operator(t, a.data, "erase", "--patient", a.erased.patient, "--really", a.erased.patient); code != exitFine {
		t.Fatal(out)
	}
	r.stop()
	return a
}

// loseStore takes the store away, and answers where it is.
func (a *afterBackup) loseStore() string {
	a.t.Helper()
	old := filepath.Join(filepath.Dir(a.file), "old.db")
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(filepath.Join(a.data, "handrail.db"+end), old+end); err != nil && end == "" {
			a.t.Fatal(err)
		}
	}
	return old
}

// What was ended after the backup is told and ended again before anything serves it;
// sessions that go on are walked forward.
func TestARestoreEndsAgainWhatHadEnded(t *testing.T) {
	for name, known := range map[string]func(a *afterBackup, old string) []string{
		"the journal":                    func(*afterBackup, string) []string { return nil },
		"a journal elsewhere":            func(a *afterBackup, _ string) []string { return []string{"--ends", a.moveJournal()} },
		"the old store, without journal": func(a *afterBackup, old string) []string { a.moveJournal(); return []string{"--old", old} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAfterBackup(t)
			code, out := operator(t, a.data, append([]string{"restore", a.file}, known(a, a.loseStore())...)...)
			if code != exitFine {
				t.Fatal(out)
			}
			for _, want := range []string{"session " + a.lostSession, "ended-by-owner", "consent " + a.consent, "account " + a.suspended.account, "person " + a.erased.patient,
				"handrail erase --patient " + a.erased.patient, "They are ended again.", "The store is whole."} {
				if !strings.Contains(out, want) {
					t.Errorf("it does not say %q:\n%s", want, out)
				}
			}
			if strings.Contains(out, a.reopens.account) {
				t.Errorf("an account that was opened again is told:\n%s", out)
			}
			a.look()
		})
	}
}

func (a *afterBackup) moveJournal() string {
	a.t.Helper()
	to := filepath.Join(filepath.Dir(a.file), "ends-elsewhere.log")
	if err := os.Rename(filepath.Join(a.data, "ends.log"), to); err != nil {
		a.t.Fatal(err)
	}
	return to
}

// look serves the restored store to all phones.
func (a *afterBackup) look() {
	a.t.Helper()
	r := runOn(a.t, a.data)
	defer r.stop()
	for _, p := range []*person{a.sam, a.lost, a.late, a.suspended, a.admin} {
		p.moveTo(r)
	}
	a.sam.refreshOnce()
	a.sam.refreshOnce()
	if consents := all(a.t, a.sam.Consents(a.t.Context())); consents[0].Status != "revoked" {
		a.t.Errorf("the consent: %v", consents)
	}
	for who, want := range map[*person]string{a.lost: "401 ended-by-owner true", a.late: "401 sign-in-ended false", a.suspended: "401 sign-in-ended false"} {
		p, _ := errors.AsType[*client.Problem](who.Refresh(a.t.Context()))
		if p == nil || fmt.Sprint(p.Status, " ", p.Code, " ", p.Wipe) != want {
			a.t.Errorf("a phone hears %v, want %q", p, want)
		}
	}
	if code, out := operator(a.t, a.data, "verify"); code != exitFine {
		a.t.Error(out)
	}
}

// Without a journal and without the old store the operator is told so, loudly.
func TestARestoreSaysWhenItKnowsNothing(t *testing.T) {
	t.Parallel()
	a := newAfterBackup(t)
	a.loseStore()
	a.moveJournal()
	code, out := operator(t, a.data, "restore", a.file)
	if code != exitFine || !strings.Contains(out, "NOTHING IS KNOWN") || !strings.Contains(out, "open in it: 0") {
		t.Errorf("%d %s", code, out)
	}
}

// Told to, it leaves open what it tells; and a store that others set back is looked
// through the same way.
func TestRestoredLooksThroughAStoreThatIsThere(t *testing.T) {
	t.Parallel()
	a := newAfterBackup(t)
	a.loseStore()
	if code, out := operator(t, a.data, "restore", a.file, "--keep-open"); code != exitFine || strings.Contains(out, "They are ended again.") ||
		!strings.Contains(out, "consent "+a.consent) {
		t.Fatalf("%d %s", code, out)
	}
	if code, out := operator(t, a.data, "restored"); code != exitFine || !strings.Contains(out, "They are ended again.") || !strings.Contains(out, "new life") {
		t.Fatalf("%d %s", code, out)
	}
	a.look()
}
