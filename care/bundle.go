package care

import (
	"context"
	"crypto/ed25519"
	"maps"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/uuid"

	"handrail/models"
	"handrail/store"
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

// PlanBundle answers the patient's own crisis plan. It asks for less than any
// other call: a token of ours, even one that has run out, of a session of this
// patient that still lives. It needs no database: this machine's shelf answers,
// and only a plan or a session that the shelf does not know is looked for in the
// store. What it opens is the plan and nothing else.
//
// Opening is counted and not audited one by one: a line per opening would make
// the plan wait for the database. FlushOpenings writes the counts.
func (c *Care) PlanBundle(ctx context.Context, bearer, patientID string) (Bundle, error) {
	cl, err := c.tokens.verify(ctx, bearer)
	if err != nil {
		return Bundle{}, err
	}
	if v, ok := c.shelf.get(ctx, patientID); ok && v.Data == c.planData() {
		if end, ok := v.Sessions[cl.Session]; ok && c.now().Before(end) {
			c.openings.add(cl, patientID)
			return Bundle{v.JWS, v.ETag, v.Version}, nil
		}
	}
	return c.planFromStore(ctx, cl, patientID)
}

// planFromStore admits a session that the shelf does not know, and builds what is
// missing. With the store down, a copy that is only out of date is still served.
func (c *Care) planFromStore(ctx context.Context, cl claims, patientID string) (Bundle, error) {
	if uuid.Validate(patientID) != nil {
		return Bundle{}, models.NotFound()
	}
	s, err := load[models.Session](ctx, c.store, colSessions, cl.Session)
	if err != nil {
		if v, ok := c.shelf.get(ctx, patientID); ok && models.KindOf(err) == models.KindUnavailable {
			if end, ok := v.Sessions[cl.Session]; ok && c.now().Before(end) {
				return Bundle{v.JWS, v.ETag, v.Version}, nil
			}
		}
		return Bundle{}, c.notLive(ctx, cl.Session, s.Value, err)
	}
	if !s.Value.Live(c.now()) {
		return Bundle{}, c.notLive(ctx, cl.Session, s.Value, nil)
	}
	if s.Value.AccountID != cl.Subject {
		return Bundle{}, errSignedOut()
	}
	if s.Value.PatientID != patientID {
		return Bundle{}, models.NotFound()
	}
	v, err := c.admitToShelf(ctx, s.Value)
	c.openings.add(cl, patientID)
	return Bundle{v.JWS, v.ETag, v.Version}, err
}

// admitToShelf puts a session on its patient's copy, and builds the copy when it
// is missing or was built with other emergency numbers.
func (c *Care) admitToShelf(ctx context.Context, s models.Session) (shelved, error) {
	return c.changeShelf(ctx, s.PatientID, func(v *shelved) error {
		maps.DeleteFunc(v.Sessions, func(_ string, end time.Time) bool { return !c.now().Before(end) })
		v.Sessions[s.ID] = s.ExpiresAt
		if v.JWS != "" && v.Data == c.planData() {
			return nil
		}
		return c.rebuild(ctx, v)
	})
}

// offShelfOp takes a session off its patient's copy. The second result is the
// copy as it will be; no op when there is none.
func (c *Care) offShelfOp(ctx context.Context, s models.Session) ([]store.Op, *shelved, error) {
	if s.PatientID == "" {
		return nil, nil, nil
	}
	v, err := c.shelfDoc(ctx, s.PatientID)
	if err != nil || v.Version == 0 {
		return nil, nil, err
	}
	delete(v.Value.Sessions, s.ID)
	op, err := c.shelfOp(&v)
	return []store.Op{op}, &v.Value, err
}

// sign wraps bytes in a compact JWS under the newest signing key.
func (c *Care) sign(ctx context.Context, payload []byte) (string, error) {
	k := c.tokens.current(ctx)
	key := jose.SigningKey{Algorithm: jose.EdDSA, Key: ed25519.NewKeyFromSeed(k.Seed)}
	signer, err := jose.NewSigner(key, (&jose.SignerOptions{}).WithHeader("kid", k.ID).WithType("handrail-plan+json"))
	if err != nil {
		return "", err
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		return "", err
	}
	text, err := jws.CompactSerialize()
	if err == nil && len(text) > MaxBundle {
		err = models.E(models.KindTooLarge, "plan-too-large", "The plan is too long for a phone to keep. Please shorten it.")
	}
	return text, err
}

// opening is one session's openings of a plan since the last flush.
type opening struct{ account, session, patient string }

// FlushOpenings writes one line for each session that opened a plan since the
// last call, with how often. Counts wait when the store is down.
func (c *Care) FlushOpenings(ctx context.Context) error {
	for o, n := range c.openings.take() {
		l := c.auditLine(models.Actor{AccountID: o.account, SessionID: o.session, Role: models.RolePatient, PatientID: o.patient}, "crisis-plan.opened")
		l.PatientID, l.Section, l.Count = o.patient, models.SectionCrisisPlan, n
		l.Basis, l.Purpose = models.BasisSelf, models.PurposeSelf
		if err := c.note(ctx, l); err != nil {
			c.openings.giveBack(o, n)
			return err
		}
	}
	return nil
}
