package access

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/access"
	"handrail/store"
)

// mayLend lets the office pass: it gives devices out and takes them back.
func (ch *Part) mayLend(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCareTeam, models.Write)
	if err == nil && !office(ch.actor) {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role does not allow this."))
	}
	return d, err
}

func office(a models.Actor) bool {
	return a.Role == models.RoleAdministrator || a.Role == models.RoleCoordinator
}

// Lend notes that the clinic gave the patient a device or a data plan. The same under the
// same id is one.
func (ch *Part) Lend(ctx context.Context, id string, t access.LoanTerms) (access.Loan, error) {
	none := access.Loan{}
	d, err := ch.mayLend(ctx)
	if err != nil {
		return none, err
	}
	if err := t.Check(); err != nil {
		return none, err
	}
	return chart.InTurn(ctx, func() (access.Loan, error) { return ch.lend(ctx, d, id, t) })
}

func (ch *Part) lend(ctx context.Context, d models.Decision, id string, t access.LoanTerms) (access.Loan, error) {
	none := access.Loan{}
	stands, err := chart.Load[access.Loan](ctx, ch.care.store, chart.ColLoans, id)
	if models.KindOf(err) != models.KindNotFound {
		if err == nil && (stands.Value.PatientID != ch.patient || stands.Value.LoanTerms != t) {
			err = chart.Refusal(store.ErrExists)
		}
		return stands.Value, err
	}
	turn, err := ch.care.base.Turn(ctx, "loans:"+ch.patient, ch.patient)
	if err != nil {
		return none, err
	}
	has, err := ch.loans(ctx)
	if err != nil {
		return none, err
	}
	if len(has) >= access.MaxLoans {
		return none, models.E(models.KindConflict, "too-many-loans", "This patient has had many devices. Please ask your administrator.")
	}
	l := access.Loan{ID: id, PatientID: ch.patient, State: access.LoanGiven, GivenAt: ch.care.now().UTC().Truncate(time.Millisecond),
		GivenBy: models.AuthorOf(ch.actor), Devices: []string{}, LoanTerms: t}
	op, err := loanOp(l, 0)
	if err != nil {
		return none, err
	}
	return l, ch.chart.Commit(ctx, d, "device.lent", id, turn, op)
}

func loanOp(l access.Loan, version int64) (store.Op, error) {
	doc, err := chart.Encode(l.ID, l.PatientID, version, store.Keys{"patientId": l.PatientID, "givenAt": chart.Millis(l.GivenAt)}, l)
	if version == 0 {
		return store.Insert(chart.ColLoans, doc), err
	}
	return store.Replace(chart.ColLoans, doc), err
}

func (ch *Part) loans(ctx context.Context) ([]chart.Versioned[access.Loan], error) {
	return chart.Every[access.Loan](ctx, ch.care.store, chart.ColLoans, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
}

// Loans lists what was lent to the patient, the newest first: for the patient, those who
// book their visits and the office.
func (ch *Part) Loans(ctx context.Context) ([]access.Loan, error) {
	var d models.Decision
	var err error
	if office(ch.actor) {
		d, err = ch.chart.May(ctx, models.SectionCareTeam, models.Read)
	} else {
		d, err = ch.mayNeeds(ctx, models.Read)
	}
	if err != nil {
		return nil, err
	}
	found, err := ch.loans(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]access.Loan, 0, len(found))
	for _, v := range found {
		out = append(out, v.Value)
	}
	return out, ch.chart.NoteRead(ctx, d, "devices-lent.read", "", len(out))
}

func (ch *Part) loan(ctx context.Context, id string) (chart.Versioned[access.Loan], error) {
	v, err := chart.Load[access.Loan](ctx, ch.care.store, chart.ColLoans, id)
	if err == nil && v.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	return v, err
}

// Tie says that a session of the patient's lives on a lent device, so that the device
// forgets its person when it comes back. The patient says it of the device in their hand
// (session ""), the office of one in its list. Twice is once.
func (ch *Part) Tie(ctx context.Context, id, session string) (access.Loan, error) {
	none := access.Loan{}
	d, err := ch.mayTie(ctx, session)
	if err != nil {
		return none, err
	}
	return chart.InTurn(ctx, func() (access.Loan, error) { return ch.tie(ctx, d, id, session) })
}

func (ch *Part) tie(ctx context.Context, d models.Decision, id, session string) (access.Loan, error) {
	none := access.Loan{}
	l, err := ch.loan(ctx, id)
	if err != nil {
		return none, err
	}
	if session == "" {
		session = ch.actor.SessionID
	}
	s, err := chart.Load[models.Session](ctx, ch.care.store, chart.ColSessions, session)
	if err == nil && s.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	if err != nil || slices.Contains(l.Value.Devices, s.Value.Device.ID) {
		return l.Value, err
	}
	if l.Value.State != access.LoanGiven || len(l.Value.Devices) >= access.MaxDevices {
		return none, models.E(models.KindConflict, "not-lent-now", "This device has come back, or is tied to many already.")
	}
	l.Value.Devices = append(l.Value.Devices, s.Value.Device.ID)
	op, err := loanOp(l.Value, l.Version)
	if err != nil {
		return none, err
	}
	return l.Value, ch.chart.Commit(ctx, d, "device.tied", id, op)
}

func (ch *Part) mayTie(ctx context.Context, session string) (models.Decision, error) {
	if ch.actor.Role == models.RolePatient && session == "" {
		return ch.chart.May(ctx, models.SectionProfile, models.Write)
	}
	return ch.mayLend(ctx)
}

// EndLoan notes that a device came back, was lost or was wiped, and ends every session that
// lives on it, on purpose: the patient's and those of others who signed in on it. The device
// forgets its people when it next asks. The sessions end first; cut off between, the same call again goes on. It never
// asks for a fresh factor.
func (ch *Part) EndLoan(ctx context.Context, id, state string) (access.Loan, error) {
	none := access.Loan{}
	d, err := ch.mayLend(ctx)
	if err != nil {
		return none, err
	}
	return chart.InTurn(ctx, func() (access.Loan, error) { return ch.endLoan(ctx, d, id, state) })
}

func (ch *Part) endLoan(ctx context.Context, d models.Decision, id, state string) (access.Loan, error) {
	none := access.Loan{}
	l, err := ch.loan(ctx, id)
	if err != nil {
		return none, err
	}
	before := l.Value.State
	if err := l.Value.Move(state, ch.actor.Name, ch.care.now()); err != nil {
		return none, err
	}
	if err := ch.endSessions(ctx, l.Value.Devices, access.EndOf(state)); err != nil || before == state {
		return l.Value, err
	}
	op, err := loanOp(l.Value, l.Version)
	if err != nil {
		return none, err
	}
	return l.Value, ch.chart.Commit(ctx, d, "device."+state, id, op)
}

func (ch *Part) endSessions(ctx context.Context, devices []string, why string) error {
	if len(devices) == 0 {
		return nil
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return err
	}
	queries := []store.Query{{Index: "account", Equal: []any{p.Value.AccountID}, Desc: true}} // sessions of older programs have no device among their keys
	for _, id := range devices {
		queries = append(queries, store.Query{Index: "device", Equal: []any{id}, Desc: true})
	}
	for _, q := range queries {
		found, err := chart.Every[models.Session](ctx, ch.care.store, chart.ColSessions, q)
		if err != nil {
			return err
		}
		for _, s := range found {
			if !slices.Contains(devices, s.Value.Device.ID) {
				continue
			}
			if err := ch.care.signin.EndSession(ctx, ch.actor, s.Value.ID, why); err != nil {
				return err
			}
		}
	}
	return nil
}
