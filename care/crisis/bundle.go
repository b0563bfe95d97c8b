package crisis

import (
	"context"
	"errors"
	"maps"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// MaxBundle is the largest signed crisis plan in bytes, signature and encoding
// included.
const MaxBundle = 64 << 10

// Bundle is a signed, self-contained crisis plan (compact JWS, EdDSA; the public
// key is in the JWKS).
type Bundle struct {
	JWS     string
	ETag    string
	Version int64 // of the plan; 0 when none is written yet
}

// patience is how long what needs no database waits for one that does not answer.
type patience struct {
	renew time.Duration // of a plan, where an older copy can be given
	plan  time.Duration // where none can: this machine never saw the session or the plan
}

var usualPatience = patience{renew: 150 * time.Millisecond, plan: 2 * time.Second}

// PlanBundle answers the patient's own crisis plan. It asks for less than any
// other call: a token of ours, even one that has run out, of a session of this
// patient that still lives. It needs no database: this machine's plan copies answer,
// and only a plan or a session that the plan copies does not know is looked for in the
// store. What it opens is the plan and nothing else.
//
// Opening is counted and not audited one by one: a line per opening would make
// the plan wait for the database. FlushAccessCounts writes the counts.
func (c *Service) PlanBundle(ctx context.Context, bearer, patientID string) (Bundle, error) {
	cl, err := c.signin.Verify(ctx, bearer)
	if err != nil {
		return Bundle{}, err
	}
	v, ok := c.copies.get(ctx, patientID)
	end, known := v.Sessions[cl.Session]
	live := ok && known && c.now().Before(end)
	if live && c.fits(v) {
		return c.noteAccess(cl, v), nil
	}
	wait := c.patience.plan
	if live {
		wait = c.patience.renew
	}
	next, err := within(ctx, wait, func(ctx context.Context) (planCopy, error) { return c.planFromStore(ctx, cl, patientID) })
	if k := models.KindOf(err); err != nil && live && k != models.KindUnsigned && k != models.KindNotFound {
		next, err = v, nil // it is only out of date
	}
	if err != nil {
		return Bundle{}, err
	}
	return c.noteAccess(cl, next), nil
}

func (c *Service) noteAccess(cl signin.Claims, v planCopy) Bundle {
	c.accesses.add(cl, v.PatientID)
	return Bundle{v.JWS, v.ETag, v.Version}
}

// within gives what asks the store a time of its own, and comes back when that is
// over, whatever the store does with the context.
func within[T any](ctx context.Context, wait time.Duration, ask func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	type answer struct {
		value T
		err   error
	}
	came := make(chan answer, 1)
	go func() {
		value, err := ask(ctx)
		came <- answer{value, err}
	}()
	select {
	case a := <-came:
		return a.value, chart.Refusal(a.err)
	case <-ctx.Done():
		var none T
		return none, chart.Refusal(store.ErrUnavailable)
	}
}

// planFromStore admits a session that the plan copies does not know, and builds what is
// missing.
func (c *Service) planFromStore(ctx context.Context, cl signin.Claims, patientID string) (planCopy, error) {
	if uuid.Validate(patientID) != nil {
		return planCopy{}, models.NotFound()
	}
	s, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, cl.Session)
	if err != nil || !s.Value.Live(c.now()) {
		return planCopy{}, c.signin.NotLive(ctx, cl.Session, s.Value, err)
	}
	if s.Value.AccountID != cl.Subject {
		return planCopy{}, signin.ErrSignedOut()
	}
	if s.Value.PatientID != patientID {
		return planCopy{}, models.NotFound()
	}
	return c.admitToPlanCopy(ctx, s.Value)
}

// Admit lets a session that begins or goes on be known to the copies before its phone
// asks for the plan: the database may be away by then. It is best effort.
func (c *Service) Admit(ctx context.Context, s models.Session) {
	if s.PatientID == "" {
		return
	}
	if v, ok := c.copies.get(ctx, s.PatientID); ok && v.Sessions[s.ID].After(c.now().Add(c.signin.SessionLife(s.Role)/2)) {
		return
	}
	_, err := within(ctx, c.patience.plan, func(ctx context.Context) (planCopy, error) { return c.admitToPlanCopy(ctx, s) })
	if err != nil {
		c.log.Warn("a session is not in the copies of crisis plans yet", "cause", err.Error())
	}
}

// admitToPlanCopy puts a session on its patient's copy, and builds the copy when it
// is missing or was built with other emergency numbers. A session that ended
// meanwhile is taken off again.
func (c *Service) admitToPlanCopy(ctx context.Context, s models.Session) (planCopy, error) {
	v, err := c.changePlanCopy(ctx, s.PatientID, func(v *planCopy) error {
		maps.DeleteFunc(v.Sessions, func(_ string, end time.Time) bool { return !c.now().Before(end) })
		v.Sessions[s.ID] = s.ExpiresAt
		if v.JWS != "" && c.fits(*v) {
			return nil
		}
		return c.rebuild(ctx, v)
	})
	if err != nil {
		return v, err
	}
	now, err := chart.Load[models.Session](ctx, c.store, chart.ColSessions, s.ID)
	if err == nil && now.Value.EndedAt == nil {
		return v, nil
	}
	_, offErr := c.changePlanCopy(ctx, s.PatientID, func(v *planCopy) error {
		delete(v.Sessions, s.ID)
		return nil
	})
	return planCopy{}, errors.Join(c.signin.NotLive(ctx, s.ID, now.Value, err), offErr)
}

// TakeOff takes a session that ends off its patient's copy. No op and nothing after it
// when there is none.
func (c *Service) TakeOff(ctx context.Context, s models.Session) ([]store.Op, func(context.Context) error, error) {
	if s.PatientID == "" {
		return nil, nil, nil
	}
	v, err := c.planCopyDoc(ctx, s.PatientID)
	if err != nil || v.Version == 0 {
		return nil, nil, err
	}
	delete(v.Value.Sessions, s.ID)
	op, err := c.planCopyOp(&v)
	return []store.Op{op}, func(ctx context.Context) error { return c.copies.put(ctx, v.Value) }, err
}

// accessKey is one session's openings of a plan since the last flush.
type accessKey struct{ account, session, patient string }

// FlushAccessCounts writes one line for each session that opened a plan since the
// last call, with how often. Counts wait when the store is down.
func (c *Service) FlushAccessCounts(ctx context.Context) error {
	var errs []error
	down := false
	for o, n := range c.accesses.take() {
		if down { // they all wait
			c.accesses.giveBack(o, n)
			continue
		}
		e := c.base.AuditEvent(models.Actor{AccountID: o.account, SessionID: o.session, Role: models.RolePatient, PatientID: o.patient}, "crisis-plan.opened")
		e.PatientID, e.Section, e.Count = o.patient, models.SectionCrisisPlan, n
		e.Basis, e.Purpose = models.BasisSelf, models.PurposeSelf
		if err := c.base.Note(ctx, e); err != nil {
			c.accesses.giveBack(o, n)
			errs = append(errs, err)
			if aside.Stops(err) {
				down = true
			}
		}
	}
	return errors.Join(errs...)
}
