package signin

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// OpenCode is an enrolment code that could still be redeemed, without what opens.
type OpenCode struct {
	ID        string    `json:"id"`
	MadeAt    time.Time `json:"madeAt,omitzero"`
	MadeBy    string    `json:"madeBy,omitempty"`
	ExpiresAt time.Time `json:"expiresAt"`
	Identity  []string  `json:"identityChecked,omitempty"`
}

// maxOpenCodes bounds how many codes of one account are looked at; codes of older
// programs did not end each other.
const maxOpenCodes = store.MaxBatch - 10

// codeSpace keeps ids that are made from codes apart from all others.
var codeSpace = uuid.MustParse("7c1f0b0a-52c4-8f37-9d0e-6a3c1de1b7f4")

// codeID names a code for the office. It tells nothing of the code itself.
func codeID(finder string, e enrolment) string {
	return uuid.NewHash(sha256.New(), codeSpace, append([]byte(finder), e.Salt...), 8).String()
}

// kept is a stored code with the id that it is stored under.
type kept struct {
	finder string
	chart.Versioned[enrolment]
}

func (c *Service) codesOf(ctx context.Context, accountID string) ([]kept, error) {
	page, err := c.store.Query(ctx, chart.ColEnrolments, store.Query{Index: "account", Equal: []any{accountID},
		From: chart.Millis(c.now()) + 1, Limit: maxOpenCodes})
	if err != nil {
		return nil, chart.Refusal(err)
	}
	out := make([]kept, 0, len(page.Docs))
	for _, d := range page.Docs {
		e, err := chart.Decode[enrolment](d)
		if err != nil {
			return nil, err
		}
		out = append(out, kept{d.ID, e})
	}
	return out, nil
}

// open tells whether somebody could still come in by the code.
func (k kept) open() bool {
	return k.Value.UsedAt == nil && k.Value.Cancelled == nil && k.Value.Wrong < codeMaxGuesses
}

// cancelOp ends a code.
func (c *Service) cancelOp(k kept) (store.Op, error) {
	now := c.now().UTC()
	k.Value.Cancelled = &now
	doc, err := chart.Encode(k.finder, k.Value.Owner, k.Version, enrolmentKeys(k.Value), k.Value)
	return store.Replace(chart.ColEnrolments, doc), err
}

// cancelOps end every open code of an account. Of two batches that hold them one
// fails with KindStale or KindConflict.
func (c *Service) cancelOps(ctx context.Context, a models.Account) ([]store.Op, error) {
	turn, err := c.base.Turn(ctx, "codes:"+a.ID, chart.AccountOwner(a))
	if err != nil {
		return nil, err
	}
	codes, err := c.codesOf(ctx, a.ID)
	ops := []store.Op{turn}
	for _, k := range codes {
		if !k.open() {
			continue
		}
		op, err := c.cancelOp(k)
		if err != nil {
			return nil, err
		}
		ops = append(ops, op)
	}
	return ops, err
}

// OpenCodes lists the codes by which somebody could still come into an account, the
// soonest to end first. For the office.
func (c *Service) OpenCodes(ctx context.Context, actor models.Actor, accountID string) ([]OpenCode, error) {
	a, err := c.officeOf(ctx, actor, accountID)
	if err != nil {
		return nil, err
	}
	codes, err := c.codesOf(ctx, accountID)
	if err != nil {
		return nil, err
	}
	out := []OpenCode{}
	for _, k := range codes {
		if k.open() {
			out = append(out, OpenCode{codeID(k.finder, k.Value), k.Value.MadeAt, k.Value.ByName, k.Value.ExpiresAt, k.Value.Identity})
		}
	}
	e := c.base.AuditEvent(actor, "enrolment.listed")
	e.Ref, e.PatientID, e.Count = a.ID, a.PatientID, len(out)
	return out, c.base.Note(ctx, e)
}

// CancelCode ends one open code of an account; once it is used it is too late, and
// the device is ended instead. Twice is once.
func (c *Service) CancelCode(ctx context.Context, actor models.Actor, accountID, id string) error {
	a, err := c.officeOf(ctx, actor, accountID)
	if err != nil {
		return err
	}
	for {
		codes, err := c.codesOf(ctx, accountID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(codes, func(k kept) bool { return codeID(k.finder, k.Value) == id })
		switch {
		case at < 0:
			return models.NotFound()
		case codes[at].Value.UsedAt != nil:
			return models.E(models.KindConflict, "code-used", "This code was used already. End the device that it let in.")
		case !codes[at].open():
			return nil
		}
		op, err := c.cancelOp(codes[at])
		if err != nil {
			return err
		}
		e := c.base.AuditEvent(actor, "enrolment.cancelled")
		e.Ref, e.PatientID, e.Whom = id, a.PatientID, a.ID
		if err := c.base.Commit(ctx, e, op); models.KindOf(err) != models.KindStale || ctx.Err() != nil {
			return err
		}
	}
}

// officeOf finds an account for somebody of the office who may let people in there:
// administrators, and coordinators for patients and supporters.
func (c *Service) officeOf(ctx context.Context, actor models.Actor, accountID string) (models.Account, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		if merr := c.base.MayCreate(ctx, actor, models.RolePatient); merr != nil {
			return models.Account{}, merr
		}
		return models.Account{}, err
	}
	if err := c.base.MayCreate(ctx, actor, a.Value.Role); err != nil {
		return a.Value, err
	}
	return a.Value, c.base.HideAccount(ctx, actor, a.Value)
}
