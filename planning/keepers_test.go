package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/sso"
	"handrail/models"
	"handrail/models/imports"
	"handrail/notify"
	"handrail/signon/oidc"
	"handrail/signon/signontest"
)

// newRefs are the whole refs of somebody's news that are not in heard yet.
func (w *plannedClinic) newRefs(heard map[string]bool, who models.Actor) []string {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	out := []string{}
	for _, i := range p.Items {
		if !heard[i.ID] {
			out = append(out, i.Ref)
		}
		heard[i.ID] = true
	}
	slices.Sort(out)
	return out
}

// TestWhoKeepsTheClinicDoesNothingUnseen: an administrator who makes themself privacy
// officer, or takes it from another, who makes another administrator, stops and reinstates
// one: the other administrators hear of it, and the account of the duty itself.
func TestWhoKeepsTheClinicDoesNothingUnseen(t *testing.T) {
	w := newPlannedClinic(t)
	second, third := w.First(models.RoleAdministrator, ""), w.First(models.RoleAdministrator, "")
	coordinator := w.First(models.RoleCoordinator, "")
	heard := map[string]bool{}
	told := func(what string, want map[string][]string) {
		t.Helper()
		w.turn()
		for _, who := range []models.Actor{w.Admin, second, third, coordinator, w.doctor, w.sam} {
			got := w.newRefs(heard, who)
			if whose := want[who.AccountID]; !slices.Equal(got, whose) && len(got)+len(whose) > 0 {
				t.Errorf("%s: %s %s heard %v, want %v", what, who.Role, who.AccountID, got, whose)
			}
		}
	}
	w.turn()
	for _, who := range []models.Actor{w.Admin, second, third, coordinator, w.doctor, w.sam} {
		w.newRefs(heard, who)
	}
	officer := func(by, whom models.Actor, on bool) {
		t.Helper()
		_, err := w.Care.People.SetPrivacyOfficer(t.Context(), by, whom.AccountID, on)
		w.ok(err)
	}
	of := func(a models.Actor) []string { return []string{"privacy-officer:" + a.AccountID} }

	officer(second, second, true)
	told("they gave it to themself", map[string][]string{w.Admin.AccountID: of(second), second.AccountID: of(second), third.AccountID: of(second)})
	officer(second, second, true)
	told("the same again", nil)
	officer(w.Admin, third, true)
	told("they gave it to another", map[string][]string{second.AccountID: of(third), third.AccountID: of(third)})
	officer(third, second, false)
	told("they took it", map[string][]string{w.Admin.AccountID: of(second), second.AccountID: of(second)})

	made, err := w.Care.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RoleAdministrator, Name: "Bo Lind"})
	w.ok(err)
	another := []string{"administrator:" + made.ID}
	told("a new administrator", map[string][]string{second.AccountID: another, third.AccountID: another})
	_, err = w.Care.People.CreateAccount(t.Context(), w.Admin, people.NewAccount{Role: models.RoleCoordinator, Name: "Kit Shaw"})
	w.ok(err)
	told("a coordinator keeps nothing", nil)
	for _, stopped := range []bool{true, false} {
		now, err := w.Care.People.ReadAccount(t.Context(), w.Admin, made.ID)
		w.ok(err)
		_, err = w.Care.People.Suspend(t.Context(), second, now.Version, made.ID, stopped)
		w.ok(err)
		told("stopped or reinstated", map[string][]string{w.Admin.AccountID: another, third.AccountID: another})
	}
}

// TestNewAdministratorsAreNewsHoweverTheyCame: one of an import, one whom a sign-in elsewhere
// made, and one whom it gives another role: all who keep the clinic hear of each, once.
func TestNewAdministratorsAreNewsHoweverTheyCame(t *testing.T) {
	w := newPlannedClinic(t)
	second := w.First(models.RoleAdministrator, "")
	heard := map[string]bool{}
	w.turn()
	w.newRefs(heard, w.Admin)
	w.newRefs(heard, second)
	told := func(what, whom string, who ...models.Actor) {
		t.Helper()
		w.turn()
		for _, a := range who {
			if got := w.newRefs(heard, a); !slices.Equal(got, []string{"administrator:" + whom}) {
				t.Errorf("%s: %s heard %v", what, a.AccountID, got)
			}
		}
	}
	_, err := w.Care.People.Import(t.Context(), w.Admin, people.ImportFile{ID: care.NewID(), Kind: imports.People, CSV: "name,role\nBo Lind,administrator\nKit Shaw,coordinator\n"})
	w.ok(err)
	page, err := w.Care.People.Accounts(t.Context(), w.Admin, models.RoleAdministrator, "", 100)
	w.ok(err)
	i := slices.IndexFunc(page.Items, func(a models.Account) bool { return a.Name == "Bo Lind" })
	if i < 0 {
		t.Fatalf("nobody was imported: %+v", page.Items)
	}
	told("imported", page.Items[i].ID, second)

	now := func() time.Time { return w.Clock.Now() }
	elsewhere := signontest.New(t, now)
	hospital := sso.Provider{ID: "hospital", Name: "Hospital", Create: true,
		Roles:  []sso.RoleOf{{Value: "boss", Role: models.RoleAdministrator}, {Value: "desk", Role: models.RoleCoordinator}},
		Client: oidc.New(oidc.Config{Issuer: elsewhere.Issuer(), ClientID: elsewhere.ClientID, ClientSecret: elsewhere.Secret, RoleClaim: "groups", Now: now})}
	there := w.InstanceWith(func(c *care.Config) { c.SSO.Providers = []sso.Provider{hospital} }).SSO
	comes := func(group string) string {
		t.Helper()
		elsewhere.Person = signontest.Claims{"groups": group}
		begun, err := there.Begin(t.Context(), models.Actor{}, "hospital", caretest.Phone())
		w.ok(err)
		back := elsewhere.Authorize(begun.AuthorizeURL).Query()
		w.ok(there.Return(t.Context(), "hospital", sso.Returned{State: back.Get("state"), Code: back.Get("code"), Issuer: back.Get("iss"), Cookie: begun.Cookie}))
		in, err := there.Finish(t.Context(), begun.Cookie, "")
		w.ok(err)
		return in.SignedIn.Session.AccountID
	}
	account := comes("boss")
	told("made by a sign-in", account, w.Admin, second)
	comes("desk")
	told("an administrator no more", account, w.Admin, second)
	comes("boss")
	told("an administrator again", account, w.Admin, second)
}

// TestWhoHearsThatAChartIsClosed: what the patient does, the privacy officers hear; what a
// privacy officer does, the patient hears; nobody else of the clinic hears of either.
func TestWhoHearsThatAChartIsClosed(t *testing.T) {
	w := newPlannedClinic(t)
	officer := w.First(models.RoleAdministrator, "")
	_, err := w.Care.People.SetPrivacyOfficer(t.Context(), w.Admin, officer.AccountID, true)
	w.ok(err)
	coordinator, colleague := w.First(models.RoleCoordinator, ""), w.Clinician(models.DisciplineTherapy, w.sam)
	all := []models.Actor{w.Admin, officer, coordinator, w.doctor, colleague, w.sam, w.other}
	heard := map[string]bool{}
	w.turn()
	for _, who := range all {
		w.newRefs(heard, who)
	}
	hears := func(what string, one models.Actor, ref string) {
		t.Helper()
		w.turn()
		for _, who := range all {
			var want []string
			if who.AccountID == one.AccountID {
				want = []string{ref}
			}
			if got := w.newRefs(heard, who); !slices.Equal(got, want) && len(got)+len(want) > 0 {
				t.Errorf("%s: %s %s heard %v, want %v", what, who.Role, who.AccountID, got, want)
			}
		}
	}
	for _, by := range []models.Actor{w.sam, officer} {
		now, err := w.Care.People.Restriction(t.Context(), by, w.sam.PatientID)
		w.ok(err)
		now, err = w.Care.People.Restrict(t.Context(), by, w.sam.PatientID, now.Version, people.RestrictionTerms{Reason: models.RestrictedStaff, Readers: []string{w.doctor.AccountID}})
		w.ok(err)
		one, closed, open := officer, "restricted-charts:"+w.sam.PatientID, "restricted-charts:"+w.sam.PatientID
		if by.AccountID == officer.AccountID {
			one, closed, open = w.sam, "chart-closed:"+w.sam.PatientID, "chart-open:"+w.sam.PatientID
		}
		hears("closed by "+string(by.Role), one, closed)
		_, err = w.Care.People.Unrestrict(t.Context(), by, w.sam.PatientID, now.Version)
		w.ok(err)
		hears("opened by "+string(by.Role), one, open)
	}
}
