// Package care holds the use cases of Handrail: what a person may do, in the words of
// the field. It is the only way to a patient's data, and each use case leaves a line in
// the audit log together with its change. It knows no HTTP and no database engine.
//
// This package wires; each part is a package of its own. What they share, and the door
// to a chart, is care/internal/chart, which nothing above care can reach.
package care

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"handrail/care/access"
	"handrail/care/alerts"
	"handrail/care/apps"
	"handrail/care/careplan"
	"handrail/care/comments"
	"handrail/care/crisis"
	"handrail/care/disagreements"
	"handrail/care/duty"
	"handrail/care/education"
	"handrail/care/episodes"
	"handrail/care/families"
	"handrail/care/handoffs"
	"handrail/care/internal/chart"
	"handrail/care/medicines"
	"handrail/care/meetings"
	"handrail/care/messages"
	"handrail/care/minors"
	"handrail/care/peers"
	"handrail/care/people"
	"handrail/care/prescribing"
	"handrail/care/promises"
	"handrail/care/record"
	"handrail/care/referrals"
	"handrail/care/sideeffects"
	"handrail/care/signin"
	"handrail/care/sso"
	"handrail/care/supply"
	"handrail/care/tasks"
	"handrail/care/upkeep"
	"handrail/care/videovisit"
	"handrail/care/visits"
	"handrail/models"
	edu "handrail/models/education"
	"handrail/store"
	"handrail/store/aside"
)

// Care is the set of use cases over one store, by what they are about.
type Care struct {
	Signin    *signin.Service
	People    *people.Service
	Record    *record.Service
	Alerts    *alerts.Service
	Messages  *messages.Service
	Duty      *duty.Service
	Crisis    *crisis.Service
	Visits    *visits.Service
	Video     *videovisit.Service
	Learn     *education.Service
	SSO       *sso.Service
	Apps      *apps.Service
	Tasks     *tasks.Service
	CarePlan  *careplan.Service
	Family    *families.Service
	Access    *access.Service
	Promises  *promises.Service
	Medicine  *medicines.Service
	Agreement *prescribing.Service
	Effects   *sideeffects.Service
	Supply    *supply.Service
	Upkeep    *upkeep.Service // for workers and the operator, not for a caller
	base      *chart.Base
	Disagreed *disagreements.Service
	Handoffs  *handoffs.Service
	Meetings  *meetings.Service
	Referral  *referrals.Service
	Episode   *episodes.Service
	Peer      *peers.Service
	Comment   *comments.Service
	Minors    *minors.Service
}

// Config is what a site decides.
type Config struct {
	Site               models.Site
	Now                models.Clock // nil: the wall clock
	AccessTokenMinutes int          // 1..10; 0: 10
	PatientSessionDays int          // how long a patient or supporter stays signed in without use; 0: 180
	StaffSessionHours  int          // the same for staff; 0: 12
	EnrolmentHours     int          // how long an enrolment code lives; 0: 72
	BaseURL            string       // the address that people use; passkeys are bound to it
	SecondFactorFrom   time.Time    // from when on staff need a second factor; zero: never
	PlanCopiesDir      string       // where this machine keeps its sealed copies of crisis plans
	Sealer             LocalSealer  // seals them, and the journal of ends
	EndsFile           string       // journal of what was ended on purpose, for a restore; "": none is written
	Busy               visits.BusySource
	Log                *slog.Logger       // nil: slog.Default
	UnsignedTexts      bool               // shows safety texts that no clinician has signed, as a demo does
	Words              func() []edu.Words // of the app, that a clinician signs before they are shown; asked for once
	SSO                sso.Config         // sign-ins elsewhere that the site takes
	MedicineRules      string             // file with rules of medicines; "": those that ship
	AlertsUntried      bool               // alerts begin without a rota and a drill: for clinics of tests alone
	Patience           time.Duration      // how long a token and a plan wait for a store that does not answer; 0: each its usual time
}

// New wires the use cases over a store that has Collections, and loads or makes the
// keys that tokens are signed with.
func New(ctx context.Context, s store.Store, config Config) (*Care, error) {
	base, err := chart.NewBase(ctx, s, chart.Config{Site: config.Site, Now: config.Now, Log: config.Log,
		Sealer: config.Sealer, EndsFile: config.EndsFile})
	if err != nil {
		return nil, err
	}
	c := &Care{base: base}
	var inAlerts *alerts.Inside
	var inDuty *duty.Inside
	c.Duty, inDuty = duty.New(base)
	c.Alerts, inAlerts = alerts.New(base, inDuty, config.AlertsUntried)
	c.Record = record.New(base, inAlerts)
	c.Messages = messages.New(base, inAlerts)
	var inSignin *signin.Inside
	c.Signin, inSignin, err = signin.New(ctx, base, signin.Config{AccessTokenMinutes: config.AccessTokenMinutes,
		PatientSessionDays: config.PatientSessionDays, StaffSessionHours: config.StaffSessionHours,
		EnrolmentHours: config.EnrolmentHours, BaseURL: config.BaseURL, SecondFactorFrom: config.SecondFactorFrom, Patience: config.Patience})
	if err != nil {
		return nil, err
	}
	var inCrisis *crisis.Inside
	c.Crisis, inCrisis, err = crisis.New(base, inSignin, crisis.Config{Dir: config.PlanCopiesDir, Sealer: config.Sealer, Patience: config.Patience})
	if err != nil {
		return nil, err
	}
	inSignin.Copies(c.Crisis)
	var inVisits *visits.Inside
	c.Visits, inVisits = visits.New(base, config.Busy, inSignin.StepUpNeeded)
	c.Video = videovisit.New(base, inVisits)
	var inTasks *tasks.Inside
	c.Tasks, inTasks = tasks.New(base, inAlerts, inVisits)
	c.CarePlan = careplan.New(base, inTasks)
	c.Medicine = medicines.New(base, c.Tasks, inAlerts, inCrisis, medicines.Rules(base, config.MedicineRules))
	c.Agreement = prescribing.New(base, inTasks, c.Medicine.Inside())
	c.Effects = sideeffects.New(base, inAlerts, inTasks, c.Medicine.Inside(), c.Agreement, inSignin.StepUpNeeded)
	c.Supply = supply.New(base, c.Medicine.Inside())
	c.Handoffs = handoffs.New(base, inTasks)
	c.Disagreed = disagreements.New(base, inTasks, inAlerts)
	c.Meetings = meetings.New(base, inTasks, inVisits)
	var inPeople *people.Inside
	c.People, inPeople = people.New(base, inSignin, c.Record.FormOp)
	c.People.WhenStopped(func(ctx context.Context, accountID string) error {
		return errors.Join(c.Alerts.RecheckOwner(ctx, accountID), c.Tasks.RecheckOwner(ctx, accountID))
	})
	c.People.AlertsOn(inAlerts.On)
	c.People.EndsBy(inTasks)
	c.Referral = referrals.New(base, inTasks, inPeople, inSignin.StepUpNeeded)
	c.Record.NeedsBy(c.Referral.Inside())
	c.Episode = episodes.New(base, inTasks, inAlerts, c.Alerts, c.Referral.Inside(), c.Handoffs)
	c.Peer = peers.New(base, inTasks)
	c.Comment = comments.New(base, inAlerts)
	c.Minors = minors.New(base, inTasks, inSignin.StepUpNeeded)
	c.People.RevokedWith(c.Referral.Revoked)
	c.Promises = promises.New(base, inAlerts)
	var inSSO *sso.Inside
	c.SSO, inSSO = sso.New(base, inSignin, inPeople, config.BaseURL, config.SSO)
	var inApps *apps.Inside
	c.Apps, inApps = apps.New(base, inSignin, config.BaseURL)
	if c.Learn, err = education.New(ctx, base, inSignin.Sign, config.UnsignedTexts, config.Words); err != nil {
		return nil, err
	}
	c.People.WordsBy(c.Learn.ConsentWords)
	var erase families.Eraser
	if e, ok := s.(upkeep.Eraser); ok {
		erase = e.Erase
	}
	var inFamily *families.Inside
	c.Family, inFamily = families.New(base, families.Config{BaseURL: config.BaseURL, Signin: inSignin, People: inPeople, Crisis: inCrisis,
		Record: c.Record, Visits: c.Visits, Threads: c.Messages, Erase: erase, Page: func(ctx context.Context, module string) error {
			_, _, err := c.Learn.Module(ctx, module, nil)
			return err
		}})
	c.Access = access.New(base, inSignin)
	c.Upkeep = upkeep.New(base, inSignin, c.People, c.Record, inCrisis, inApps, inSSO, inFamily)
	return c, nil
}

// Aside is what the workers over care have set aside.
func (c *Care) Aside() *aside.Book { return c.base.Aside }

// Site tells about the clinic: its name and who reads what, and when.
func (c *Care) Site() models.Site { return c.base.Site }
