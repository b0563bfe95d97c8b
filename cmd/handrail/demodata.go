package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"handrail/care"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/checkin"
)

// demoDays is how much history each patient has.
const demoDays = 90

// demoPeople are made up.
var demoPeople = []people.NewAccount{
	{Role: models.RolePatient, Name: "Maya Torres", PreferredName: "Maya", BirthDate: "1994-05-17", Phone: "+12025550143"},
	{Role: models.RolePatient, Name: "Daniel Reed", BirthDate: "1981-09-02", Phone: "+12025550187"},
	{Role: models.RoleSupporter, Name: "Rosa Torres"},
	{Role: models.RoleClinician, Discipline: models.DisciplinePsychiatry, Name: "Dr. Imani Cole"},
	{Role: models.RoleClinician, Discipline: models.DisciplineAddiction, Name: "Dr. Jonas Weber"},
	{Role: models.RoleClinician, Discipline: models.DisciplineNursing, Name: "Grace Kim"},
	{Role: models.RoleClinician, Discipline: models.DisciplineTherapy, Name: "Leila Haddad"},
	{Role: models.RoleClinician, Discipline: models.DisciplineSocialWork, Name: "Tom Alvarez"},
	{Role: models.RoleClinician, Discipline: models.DisciplinePeer, Name: "Sam Okafor"},
	{Role: models.RoleAdministrator, Name: "Ada Park"},
	{Role: models.RoleInterpreter, Name: "Elena Ruiz"},
}

// filler writes the demo's history through the use cases, as the people would.
type filler struct {
	care   *care.Care
	clock  *demoClock
	start  time.Time
	ids    []string // of the people
	people []models.Account
	random *rand.Rand
	booked []demoBooked
}

// fillDemo makes the people and 90 days of history, in a store of its own that is
// closed again. A folder that a demo filled before is left as it is; one that has another
// store is refused.
func fillDemo(ctx context.Context, s settings) (people []models.Account, err error) {
	mark, err := markDemo(s.storage)
	if err != nil {
		return nil, err
	}
	end := s.now().UTC()
	f := &filler{start: end.AddDate(0, 0, -demoDays), random: rand.New(rand.NewPCG(2026, 11)), ids: mark.Accounts}
	f.clock = &demoClock{f.start}
	config := s.care()
	config.Now, config.UnsignedTexts = f.clock.Now, true // nobody has signed its words
	h, err := openInstance(ctx, s.storage, config, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	f.care = h.care
	if mark.Made {
		return f.before(ctx)
	}
	for _, step := range []func(context.Context) error{f.accounts, f.teams, f.plans, f.goals, f.office, f.hours, f.days, f.sharing, f.coming} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	mark.Made = true
	return f.people, mark.write(s.storage)
}

// before finds the people that an earlier run made on the same folder, without those who
// closed their account since.
func (f *filler) before(ctx context.Context) (out []models.Account, err error) {
	for _, id := range f.ids {
		a, err := f.care.People.ReadAccount(ctx, models.Actor{AccountID: "system", Role: models.RoleAdministrator}, id)
		if models.KindOf(err) == models.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, a.Value)
	}
	if len(out) == 0 {
		return nil, errors.New("the store in this folder is another than the one that the demo made; name another folder with --data")
	}
	return out, nil
}

func (f *filler) accounts(ctx context.Context) error {
	for i, n := range demoPeople {
		n.ID = f.ids[i]
		a, err := f.care.People.CreateAccount(ctx, care.System(), n)
		if err != nil {
			return plain(err)
		}
		f.people = append(f.people, a)
		f.clock.now = f.clock.now.Add(time.Minute)
	}
	return nil
}

// as is a person as an actor.
func (f *filler) as(i int) models.Actor {
	a := f.people[i]
	return models.Actor{AccountID: a.ID, Role: a.Role, Discipline: a.Discipline, PatientID: a.PatientID, Name: a.Name}
}

func (f *filler) chart(ctx context.Context, who, patient int) (*care.Chart, error) {
	actor := f.as(who)
	return f.care.Open(ctx, actor, f.people[patient].PatientID, models.PurposeOf(actor.Role))
}

// The places of the people in demoPeople.
const (
	maya, daniel, rosa, psychiatrist, specialist, nurse, therapist, socialWorker, peer, office, spanish = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
)

func (f *filler) teams(ctx context.Context) error {
	for patient, team := range map[int][]int{
		maya:   {psychiatrist, specialist, nurse, therapist, socialWorker, peer},
		daniel: {specialist, nurse, socialWorker},
	} {
		ch, err := f.chart(ctx, office, patient)
		if err != nil {
			return err
		}
		for i, who := range team {
			if _, err := ch.People.JoinTeam(ctx, care.AnyVersion, f.people[who].ID, i == 0); err != nil {
				return err
			}
		}
	}
	ch, err := f.chart(ctx, office, maya)
	if err != nil {
		return err
	}
	_, err = ch.People.AddRelated(ctx, f.people[rosa].ID, "parent")
	return err
}

// days sends the check-ins of both patients: better over the weeks, with hard days
// and days without an answer.
func (f *filler) days(ctx context.Context) error {
	for day := 1; day < demoDays; day++ {
		f.clock.now = f.start.AddDate(0, 0, day)
		if err := f.visits(ctx, day); err != nil {
			return err
		}
		for _, who := range []int{maya, daniel} {
			if f.random.IntN(100) < 12 {
				continue // a day without a check-in is a day like others
			}
			f.clock.now = f.start.AddDate(0, 0, day).Add(time.Duration(f.random.IntN(180)) * time.Minute)
			ch, err := f.chart(ctx, who, who)
			if err != nil {
				return err
			}
			if _, err := ch.Record.SendCheckIn(ctx, care.NewID(), f.checkIn(day, who)); err != nil {
				return plain(err)
			}
		}
	}
	return nil
}

func (f *filler) checkIn(day, who int) checkin.Submission {
	better := float64(day) / demoDays
	near := func(from, to float64) float64 {
		v := from + (to-from)*better + f.random.NormFloat64()*1.4
		return float64(int(min(max(v, 0), 10)))
	}
	answers := map[string]any{
		"mood": near(4, 7), "craving": near(6, 2), "safety": false, "use": "none", "medicines": "all",
		"sleep": min(max(5.5+2*better+f.random.NormFloat64(), 2), 11),
	}
	if f.random.IntN(9) == 0 {
		answers["medicines"] = "some"
	}
	if day == 33 && who == daniel {
		answers["use"], answers["mood"] = "alcohol", 2.0
	}
	s := checkin.Submission{FormVersion: 1, AnsweredAt: f.clock.now, Zone: "America/New_York", Answers: answers}
	if day%14 == 0 {
		s.Instruments = []checkin.InstrumentSubmission{{ID: "phq-9", Answers: f.phq9(better)}}
	}
	return s
}

// phq9 fills the questionnaire in; item 9 stays 0.
func (f *filler) phq9(better float64) checkin.InstrumentAnswers {
	a := checkin.InstrumentAnswers{"9": 0}
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		a[n] = min(max(int(2.2*(1-better)+f.random.NormFloat64()*0.7), 0), 3)
	}
	return a
}

// sharing lets the mother see the shared goals, the shared part of the plan and when
// the visits are, so that she can come to one.
func (f *filler) sharing(ctx context.Context) error {
	ch, err := f.chart(ctx, maya, maya)
	if err != nil {
		return err
	}
	_, err = ch.People.GiveConsent(ctx, care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit,
		Recipient: f.people[rosa].ID, Scopes: []models.Scope{models.ScopeGoalsShared, models.ScopeCrisisPlanShared, models.ScopeAppointmentTimes},
		Purposes: []models.Purpose{models.PurposeFamily}, Statements: []models.Statement{models.StatementRevocation},
		Signature: models.Signature{Name: "Maya Torres", Method: "typed"}})
	return plain(err)
}
