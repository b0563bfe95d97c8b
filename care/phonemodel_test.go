package care_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/care/crisis"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
)

// modelPhone is a browser that behaves as web/app/session.js, parting.js and db.js do,
// on a network that loses requests and answers. web/webtest holds the rules of
// parting.js against the same list of words.
type modelPhone struct {
	w       *clinicOfPhones
	r       *rand.Rand
	account models.Account
	device  models.Device
	locks   bool // one tab at a time refreshes; without, answers overtake each other

	held    *signin.SignedIn
	past    string // refresh token of a session that ended without a word
	owner   bool   // something of the person is kept
	plan    bool
	waiting int        // check-ins
	late    []lateNews // answers that are under way

	// What the one who looks on knows.
	session string // the newest
	saved   string // the session that the newest backup knows
	word    bool   // somebody said a word that wipes this device
	ended   bool   // somebody ended the session, or stole from it
	unknown bool   // the store was set back to before the session
	wiped   int
	parted  int
}

type lateNews struct {
	asked string
	got   signin.SignedIn
}

func (p *modelPhone) chance(percent int) bool { return p.r.IntN(100) < percent }

func (p *modelPhone) fail(what string, err error) {
	p.w.t.Errorf("%s: %v (word %v, ended %v, unknown %v)", what, err, p.word, p.ended, p.unknown)
}

// enrol begins, or begins again, with a code. Its answer can be lost and the request
// be sent twice.
func (p *modelPhone) enrol() {
	ctx := context.Background()
	code, err := p.w.care.Signin.NewEnrolmentCode(ctx, p.w.office, p.account.ID, signin.CodeRequest{Identity: []string{"photo-id"}})
	if err != nil {
		p.fail("no code", err)
		return
	}
	p.word, p.ended, p.unknown = false, false, false
	for {
		s, err := p.w.care.Signin.Enrol(ctx, "a", code.Code, p.device)
		if err != nil {
			p.fail("the code does not work", err)
			return
		}
		if p.chance(20) {
			continue // the answer was lost
		}
		p.held, p.past, p.owner, p.session = &s, "", true, s.Session.ID
		return
	}
}

// exchange is db.js's: only in the place of the token that was shown.
func (p *modelPhone) exchange(asked string, got signin.SignedIn) {
	if p.held != nil && p.held.RefreshToken == asked {
		p.held = &got
	}
}

func (p *modelPhone) refresh() {
	if p.held == nil || p.chance(15) { // the request was lost
		return
	}
	asked := p.held.RefreshToken
	got, err := p.w.care.Signin.Refresh(context.Background(), asked)
	if p.chance(10) { // and once more at once, as browsers do when a connection breaks
		again, err2 := p.w.care.Signin.Refresh(context.Background(), asked)
		if (err == nil) != (err2 == nil) || err == nil && again.RefreshToken != got.RefreshToken {
			p.fail("asked twice it is another answer", errors.Join(err, err2))
		}
	}
	switch {
	case p.chance(25): // the answer was lost
	case err != nil:
		p.heed(err, asked)
	case !p.locks && p.chance(20):
		p.late = append(p.late, lateNews{asked, got})
	default:
		p.exchange(asked, got)
	}
}

// heed is session.js's, with the rules of parting.js.
func (p *modelPhone) heed(err error, asked string) {
	var known *models.Error
	if !errors.As(err, &known) || known.Kind != models.KindUnsigned {
		p.fail("not an answer for a phone", err)
		return
	}
	_, wipes := models.WipesDevice(known.Code)
	switch {
	case wipes:
		if !p.word {
			p.fail("WIPED without a word", err)
		}
		*p = modelPhone{w: p.w, r: p.r, account: p.account, device: p.device, locks: p.locks, session: p.session, saved: p.saved, wiped: p.wiped + 1, parted: p.parted}
	case known.Code == "sign-in-ended" && p.held != nil && p.held.RefreshToken == asked:
		if !p.ended && !p.word && !p.unknown {
			p.fail("SIGNED OUT though nobody ended it", err)
		}
		p.past, p.held = asked, nil
		p.parted++
	}
}

// askAgain shows the last token of a session that ended without a word.
func (p *modelPhone) askAgain() {
	if p.past == "" || p.held != nil {
		return
	}
	got, err := p.w.care.Signin.Refresh(context.Background(), p.past)
	var known *models.Error
	if err == nil {
		p.held, p.past = &got, ""
	} else if errors.As(err, &known) {
		if _, wipes := models.WipesDevice(known.Code); wipes {
			p.heed(err, p.past)
		}
	}
}

func (p *modelPhone) use() {
	if p.held == nil {
		return
	}
	asked := p.held.RefreshToken
	_, err := p.w.care.Signin.Authenticate(context.Background(), p.held.AccessToken)
	if p.chance(50) {
		var b crisis.Bundle
		b, err = p.w.care.Crisis.PlanBundle(context.Background(), p.held.AccessToken, p.account.PatientID)
		p.plan = p.plan || err == nil && b.JWS != ""
	}
	var known *models.Error
	if errors.As(err, &known) {
		if _, wipes := models.WipesDevice(known.Code); wipes {
			p.heed(err, asked)
			return
		}
		p.refresh()
	}
}

// somebody ends the session, or steals from it.
func (p *modelPhone) somebody() {
	if p.held == nil {
		return
	}
	ctx, id := context.Background(), p.held.Session.ID
	var err error
	switch p.r.IntN(4) {
	case 0: // a thief with a copy of the phone's token
		_, _ = p.w.care.Signin.Refresh(ctx, p.held.RefreshToken)
		p.ended = true
	case 1:
		if _, err = p.w.care.People.Suspend(ctx, p.w.office, care.AnyVersion, p.account.ID, true); err == nil {
			_, err = p.w.care.People.Suspend(ctx, p.w.office, care.AnyVersion, p.account.ID, false)
		}
		p.ended = true
	default:
		words := []string{models.EndByOwner, models.EndReportedLost, models.EndGivenBack, models.EndSharedDevice}
		err = p.w.care.Upkeep.EndAgain(ctx, care.Ended{Kind: care.EndedSession, ID: id, Why: words[p.r.IntN(len(words))]})
		p.word = true
	}
	if err != nil && !(p.unknown && models.KindOf(err) == models.KindNotFound) {
		p.fail("can't be ended", err)
	}
}

func (p *modelPhone) step() {
	had, waited := p.plan, p.waiting
	wiped := p.wiped
	switch n := p.r.IntN(100); {
	case n < 50:
		p.refresh()
	case n < 70:
		p.use()
	case n < 78:
		p.waiting++
		waited++
	case n < 84 && len(p.late) > 0:
		i := p.r.IntN(len(p.late))
		p.exchange(p.late[i].asked, p.late[i].got)
		p.late = append(p.late[:i], p.late[i+1:]...)
	case n < 90: // the page is opened anew
		p.late = nil
		p.askAgain()
	case n < 93:
		p.somebody()
	case p.held == nil:
		p.enrol()
	}
	if p.wiped == wiped && (had && !p.plan || p.waiting < waited) {
		p.fail("something is gone", nil)
	}
}

// settle brings a phone to an end at which nothing is under way: who was neither ended
// nor unknown is signed in, with plan, and who was told a word is empty.
func (p *modelPhone) settle() {
	p.late = nil
	if p.held == nil {
		return
	}
	before := *p
	got, err := p.w.care.Signin.Refresh(context.Background(), p.held.RefreshToken)
	if err == nil {
		p.held = &got
		if _, err := p.w.care.Crisis.PlanBundle(context.Background(), got.AccessToken, p.account.PatientID); err != nil {
			p.fail("signed in, and no plan", err)
		}
		return
	}
	p.heed(err, p.held.RefreshToken)
	if !before.word && (before.plan != p.plan || before.waiting != p.waiting) {
		p.fail("something is gone at the end", err)
	}
}

// Lost requests, lost answers, answers that overtake each other, tabs, restarts,
// restores, clocks that are days off: no phone is wiped without a word, and nobody is
// signed out unless somebody ended it or stole from it. HANDRAIL_ROUNDS sets how many
// histories of a phone are run (100,000 for a release).
func TestNothingButAWordWipesAPhone(t *testing.T) {
	const people, histories = 100, 20 // in one world
	var wiped, parted int
	runs := rounds.Of(200, 100_000)
	for seed := uint64(0); runs > 0 && !t.Failed(); seed++ {
		w := newClinicOfPhones(t, seed)
		phones := w.people(min(people, runs), seed)
		w.saveBackup(phones)
		for range histories {
			if runs <= 0 || t.Failed() {
				break
			}
			runs -= len(phones)
			w.all(phones, (*modelPhone).begin)
			for range 5 {
				w.between(phones)
				w.all(phones, func(p *modelPhone) {
					for range 3 {
						p.step()
					}
				})
			}
			w.all(phones, (*modelPhone).settle)
		}
		for _, p := range phones {
			wiped, parted = wiped+p.wiped, parted+p.parted
		}
		w.close()
		if err := os.RemoveAll(w.dir); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d phones were wiped by a word, %d signed out with their plan", wiped, parted)
	if wiped == 0 || parted == 0 {
		t.Error("the model does not reach what it is about")
	}
}

// people makes patients, each with a phone.
func (w *clinicOfPhones) people(n int, seed uint64) []*modelPhone {
	var phones []*modelPhone
	for i := range n {
		a, err := w.care.People.CreateAccount(context.Background(), w.office, people.NewAccount{Role: models.RolePatient, Name: "Sam"})
		if err != nil {
			w.t.Fatal(err)
		}
		phones = append(phones, &modelPhone{w: w, r: rand.New(rand.NewPCG(seed, uint64(i)+2)), account: a, device: caretest.Phone()})
	}
	return phones
}

// begin is a new history: another phone of the same person.
func (p *modelPhone) begin() {
	*p = modelPhone{w: p.w, r: p.r, account: p.account, device: caretest.Phone(), locks: p.chance(50), saved: p.saved, wiped: p.wiped, parted: p.parted}
	p.enrol()
	p.use()
}
