package families

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// Invited is an invitation as the patient gets it when they make it: the code is shown
// here and nowhere else.
type Invited struct {
	InvitationView
	Code string   `json:"code"`
	Link string   `json:"link"`
	QR   []string `json:"qr"` // of the link: rows of 0 and 1
}

// InvitationView is an invitation as the patient reads it, without what opens.
type InvitationView struct {
	ID        string    `json:"id"`
	MadeAt    time.Time `json:"madeAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	family.InvitationTerms
}

func viewInvitation(v family.Invitation) InvitationView {
	return InvitationView{v.ID, v.MadeAt, v.ExpiresAt, v.InvitationTerms}
}

// Invite makes an invitation that the patient gives to somebody by themselves. It opens
// nothing until it is taken, and says to whoever holds it no more than family.Offer. The
// same terms under the same id are the same invitation with the same code. Only the
// patient can.
func (ch *Part) Invite(ctx context.Context, id string, t family.InvitationTerms) (Invited, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return Invited{}, err
	}
	t = t.Normal()
	now := ch.care.now().UTC().Truncate(time.Millisecond)
	if err := t.Check(now); err != nil {
		return Invited{}, err
	}
	if err := ch.care.signin.StepUpNeeded(ctx, ch.actor); err != nil {
		return Invited{}, err
	}
	reviewed, unsigned := "", error(nil)
	if len(t.Scopes) > 0 {
		reviewed, unsigned = ch.care.people.SignedOn(ctx, t.Words)
	}
	next, err := ch.care.signin.CodesOf(ctx, "invitation:"+ch.patient+":"+id)
	if err != nil {
		return Invited{}, err
	}
	for range 8 { // what finds a code has 20 bits; another one is tried when it is taken
		code := next()
		v := family.Invitation{ID: id, PatientID: ch.patient, MadeAt: now, ExpiresAt: now.Add(family.InvitationLife),
			Salt: code.Salt, Proof: code.Proof, WordsReviewedOn: reviewed, InvitationTerms: t}
		stands, err := ch.place(ctx, d, code, v, unsigned)
		if errors.Is(err, errTaken) {
			continue
		}
		if err != nil {
			return Invited{}, err
		}
		return ch.care.invited(stands, code.Shown)
	}
	return Invited{}, models.E(models.KindUnavailable, "no-free-code", "No free code was found. Please try again.")
}

// errTaken: what finds this code finds another one.
var errTaken = errors.New("families: this finder is taken")

// place keeps an invitation, or finds it kept already. unsigned is why no new one may be
// made: nobody has signed what was read before it.
func (ch *Part) place(ctx context.Context, d models.Decision, code signin.CodeParts, v family.Invitation, unsigned error) (family.Invitation, error) {
	stands, err := chart.Load[family.Invitation](ctx, ch.care.store, chart.ColInvitations, code.Finder)
	switch {
	case err == nil:
		return ch.sameInvitation(stands.Value, v, code)
	case models.KindOf(err) != models.KindNotFound:
		return v, err
	}
	if unsigned != nil {
		return v, unsigned
	}
	turn, err := ch.care.base.Turn(ctx, "invitations:"+ch.patient, ch.patient)
	if err != nil {
		return v, err
	}
	open, err := ch.openInvitations(ctx)
	if err != nil {
		return v, err
	}
	if len(open) >= family.MaxOpen {
		return v, models.E(models.KindConflict, "too-many-invitations", "There are many open invitations. Take one back first.")
	}
	doc, err := invitationDoc(code.Finder, v, 0)
	if err != nil {
		return v, err
	}
	err = ch.chart.Commit(ctx, d, "invitation.made", v.ID, turn, store.Insert(chart.ColInvitations, doc))
	if k := models.KindOf(err); k != models.KindConflict && k != models.KindStale {
		return v, err
	}
	// Two at the same time, or the finder is that of somebody who was erased.
	stands, err = chart.First[family.Invitation](ctx, ch.care.store, chart.ColInvitations, code.Finder, errTaken)
	if err != nil {
		return v, err
	}
	return ch.sameInvitation(stands.Value, v, code)
}

func (ch *Part) sameInvitation(stands, again family.Invitation, code signin.CodeParts) (family.Invitation, error) {
	if stands.PatientID != ch.patient || stands.ID != again.ID || !signin.Proves(code.Shown, stands.Salt, stands.Proof) {
		return again, errTaken
	}
	again.Words = stands.Words // what it was signed on is the first call's
	if !chart.SameJSON(stands.InvitationTerms, again.InvitationTerms) {
		return again, chart.Refusal(store.ErrExists)
	}
	if stands.Cancelled != nil || stands.UsedAt != nil {
		return again, models.E(models.KindConflict, "invitation-over", "This invitation was used or taken back. Make a new one.")
	}
	return stands, nil
}

func (c *Service) invited(v family.Invitation, code string) (Invited, error) {
	out := Invited{InvitationView: viewInvitation(v), Code: code, Link: c.baseURL + "/#/join/" + code}
	var err error
	out.QR, err = rowsOf(out.Link)
	return out, err
}

// mayShare lets the patient pass, who alone gives places beside them away, and nobody who
// acts for them: a guardian signs what shares as a consent, in their own name.
func (ch *Part) mayShare(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionConsents, models.Write)
	if err == nil && d.Basis != models.BasisSelf {
		d.Rule = "patient-only"
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "patient-only", "Only the patient can do this."))
	}
	return d, err
}

func invitationDoc(finder string, v family.Invitation, version int64) (store.Doc, error) {
	return chart.Encode(finder, v.PatientID, version, store.Keys{"patientId": v.PatientID, "madeAt": chart.Millis(v.MadeAt)}, v)
}

// keptInvitation is an invitation with what finds it.
type keptInvitation struct {
	finder string
	chart.Versioned[family.Invitation]
}

// openInvitations are those that could still be taken, the newest first.
func (ch *Part) openInvitations(ctx context.Context) (out []keptInvitation, err error) {
	q := store.Query{Index: "patient", Equal: []any{ch.patient}, From: chart.Millis(ch.care.now().Add(-family.InvitationLife)), Desc: true}
	err = chart.ThroughDocs(ctx, ch.care.store, chart.ColInvitations, q, func(d store.Doc) (bool, error) {
		v, err := chart.Decode[family.Invitation](d)
		if err == nil && v.Value.Open(ch.care.now()) {
			out = append(out, keptInvitation{d.ID, v})
		}
		return false, err
	})
	return out, err
}

// Invitations lists the open invitations, the newest first. Codes are not shown again.
func (ch *Part) Invitations(ctx context.Context) ([]InvitationView, error) {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return nil, err
	}
	open, err := ch.openInvitations(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]InvitationView, 0, len(open))
	for _, v := range open {
		out = append(out, viewInvitation(v.Value))
	}
	return out, ch.chart.NoteRead(ctx, d, "invitations.read", "", len(out))
}

// CancelInvitation takes an invitation back. What was taken by somebody is ended by
// removing them. Twice is once.
func (ch *Part) CancelInvitation(ctx context.Context, id string) error {
	d, err := ch.mayShare(ctx)
	if err != nil {
		return err
	}
	for {
		open, err := ch.openInvitations(ctx)
		if err != nil {
			return err
		}
		err = nil
		for _, v := range open {
			if subtle.ConstantTimeCompare([]byte(v.Value.ID), []byte(id)) != 1 {
				continue
			}
			now := ch.care.now().UTC()
			v.Value.Cancelled = &now
			doc, derr := invitationDoc(v.finder, v.Value, v.Version)
			if derr != nil {
				return derr
			}
			err = ch.chart.Commit(ctx, d, "invitation.cancelled", id, store.Replace(chart.ColInvitations, doc))
		}
		if models.KindOf(err) != models.KindStale || ctx.Err() != nil {
			return err
		}
	}
}
