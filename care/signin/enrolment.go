package signin

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// An enrolment code is ten letters and digits, "K7QF-3MX-W9A": four that find
// the code and six (30 bits) that prove it. Five wrong proofs end it.
const (
	codeAlphabet   = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's base 32
	codeFindLen    = 4
	codeProofLen   = 6
	codeMaxGuesses = 5
	// codeReplay is for a phone that never got the first answer: the same code from
	// the same device gets a new one within this time.
	codeReplay = 15 * time.Minute
)

// enrolment is one code. Only a hash of its proof is kept.
type enrolment struct {
	AccountID string     `json:"accountId"`
	Owner     string     `json:"owner"` // accountOwner: whose data key seals this
	Salt      []byte     `json:"salt"`
	Proof     []byte     `json:"proof"`
	MadeAt    time.Time  `json:"madeAt,omitzero"` // not of codes of older programs
	By        string     `json:"by,omitempty"`    // account id
	ByName    string     `json:"byName,omitempty"`
	Identity  []string   `json:"identity,omitempty"` // how the office made sure who it is; only of a way back
	ExpiresAt time.Time  `json:"expiresAt"`
	Wrong     int        `json:"wrong"`
	Cancelled *time.Time `json:"cancelled,omitempty"`
	UsedAt    *time.Time `json:"usedAt,omitempty"`
	DeviceID  string     `json:"deviceId,omitempty"`
	SessionID string     `json:"sessionId,omitempty"`
}

// EnrolmentCode is a one-time code and its end.
type EnrolmentCode struct {
	Code      string    `json:"code"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// errCode is the one answer to a code that does not open: wrong, expired, used
// and guessed too often look alike.
func errCode() error {
	return models.E(models.KindInvalid, "code-not-valid",
		"This code does not work. It may have run out. Ask your clinic for a new one.")
}

// CodeRequest is what the office says when it makes a code.
type CodeRequest struct {
	RequestID string   // the same twice is one code; an empty one is always a new one
	Identity  []string // how they made sure who it is, as in models.CheckIdentity
}

// NewEnrolmentCode makes a code for an account. Those that were open for it end: one
// way in at a time. For somebody who was signed in before it is the way back, and asks
// for more (wayBack).
func (c *Service) NewEnrolmentCode(ctx context.Context, actor models.Actor, accountID string, r CodeRequest) (EnrolmentCode, error) {
	a, err := c.officeOf(ctx, actor, accountID)
	if err != nil {
		return EnrolmentCode{}, err
	}
	if a.Role == models.RoleAdministrator { // who can come in as one can do all that one can
		if err := c.StepUpNeeded(ctx, actor); err != nil {
			return EnrolmentCode{}, err
		}
	}
	if r.Identity, err = c.wayBack(ctx, actor, a, r.Identity); err != nil {
		return EnrolmentCode{}, err
	}
	return c.newCode(ctx, actor, a, r)
}

// newCode makes a code, or finds the one that the same request made before.
func (c *Service) newCode(ctx context.Context, actor models.Actor, a models.Account, r CodeRequest) (EnrolmentCode, error) {
	next, err := c.codeSource(ctx, r.RequestID)
	if err != nil {
		return EnrolmentCode{}, err
	}
	for range 8 { // the finder has 20 bits; another one is tried when it is taken
		code, err := c.placeCode(ctx, actor, a, r.Identity, next())
		if err == nil || err.Error() != store.ErrExists.Error() {
			return code, err
		}
	}
	return EnrolmentCode{}, models.E(models.KindUnavailable, "no-free-code", "No free code was found. Please try again.")
}

// placeCode keeps a code, or finds it kept already. store.ErrExists: its finder is
// another code's.
func (c *Service) placeCode(ctx context.Context, actor models.Actor, a models.Account, identity []string, raw string) (EnrolmentCode, error) {
	for {
		code, err := c.insertCode(ctx, actor, a, identity, raw)
		if models.KindOf(err) == models.KindConflict {
			code, err = c.sameCode(ctx, a, raw)
		}
		if k := models.KindOf(err); k != models.KindStale && k != models.KindNotFound || ctx.Err() != nil {
			return code, err
		} // another code of this account was made or tried meanwhile
	}
}

// codeSource makes one code after the other: by chance, or out of a request's id and a
// secret of the site. So a second call has its code again although only a hash is kept.
func (c *Service) codeSource(ctx context.Context, requestID string) (next func() string, err error) {
	const length = codeFindLen + codeProofLen
	if requestID == "" {
		return func() string {
			b := make([]byte, length)
			rand.Read(b)
			return inCodeAlphabet(b)
		}, nil
	}
	secret, err := c.base.SharedSecret(ctx, "enrolment-codes")
	mac := hmac.New(sha256.New, secret)
	return func() string {
		mac.Write([]byte(requestID)) // each further one is of the id once more
		return inCodeAlphabet(mac.Sum(nil)[:length])
	}, err
}

// sameCode is a code of this account that is kept already, or store.ErrExists.
func (c *Service) sameCode(ctx context.Context, a models.Account, raw string) (EnrolmentCode, error) {
	e, err := chart.Load[enrolment](ctx, c.store, chart.ColEnrolments, raw[:codeFindLen])
	if err != nil {
		return EnrolmentCode{}, err
	}
	if e.Value.AccountID != a.ID || subtle.ConstantTimeCompare(e.Value.Proof, proofHash(e.Value.Salt, raw[codeFindLen:])) != 1 {
		return EnrolmentCode{}, store.ErrExists
	}
	if e.Value.Cancelled != nil {
		return EnrolmentCode{}, models.E(models.KindConflict, "code-cancelled", "This code was cancelled, or a newer one was made. Make a new one.")
	}
	return shownCode(raw, e.Value.ExpiresAt), nil
}

func shownCode(raw string, until time.Time) EnrolmentCode {
	return EnrolmentCode{Code: raw[:4] + "-" + raw[4:7] + "-" + raw[7:], ExpiresAt: until}
}

func (c *Service) insertCode(ctx context.Context, actor models.Actor, a models.Account, identity []string, raw string) (EnrolmentCode, error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	now := c.now().UTC()
	e := enrolment{AccountID: a.ID, Owner: chart.AccountOwner(a), Salt: salt, Proof: proofHash(salt, raw[codeFindLen:]),
		MadeAt: now, By: actor.AccountID, ByName: actor.Name, Identity: identity, ExpiresAt: now.Add(time.Duration(c.config.EnrolmentHours) * time.Hour)}
	doc, err := chart.Encode(raw[:codeFindLen], chart.AccountOwner(a), 0, enrolmentKeys(e), e)
	if err != nil {
		return EnrolmentCode{}, err
	}
	ops, err := c.cancelOps(ctx, a)
	if err != nil {
		return EnrolmentCode{}, err
	}
	l := c.base.AuditEvent(actor, "enrolment.created")
	l.Ref, l.PatientID, l.Whom = codeID(doc.ID, e), a.PatientID, a.ID
	if len(identity) > 0 {
		l.Rule = identityChecked
	}
	if err := c.base.Commit(ctx, l, append(ops, store.Insert(chart.ColEnrolments, doc))...); err != nil {
		return EnrolmentCode{}, err
	}
	return shownCode(raw, e.ExpiresAt), nil
}

func enrolmentKeys(e enrolment) store.Keys {
	return store.Keys{"accountId": e.AccountID, "expiresAt": chart.Millis(e.ExpiresAt)}
}

func inCodeAlphabet(b []byte) string {
	for i := range b {
		b[i] = codeAlphabet[b[i]&31]
	}
	return string(b)
}

func proofHash(salt []byte, proof string) []byte {
	h := sha256.Sum256(append([]byte(proof), salt...))
	return h[:]
}

// decoyCode is nobody's code, of the size of somebody's.
func decoyCode() enrolment {
	salt, id, then := make([]byte, 16), chart.NewID(), time.Unix(0, 0).UTC()
	return enrolment{AccountID: id, Owner: id, Salt: salt, Proof: proofHash(salt, ""), MadeAt: then, By: id, ByName: "Ada Park", ExpiresAt: then}
}

// normalCode takes what a person typed: any case, any separators, and the letters
// that look like digits. "" when it cannot be a code.
func normalCode(typed string) string {
	s := plainCode(typed)
	if len(s) != codeFindLen+codeProofLen || strings.Trim(s, codeAlphabet) != "" {
		return ""
	}
	return s
}

func plainCode(typed string) string {
	if len(typed) > 64 {
		return ""
	}
	return strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "").Replace(strings.ToUpper(typed))
}

// Enrol redeems a code on a device and signs it in. address is where the call comes
// from: many wrong codes are told to the operator. They shut nobody out, see
// docs/decisions/0011.
func (c *Service) Enrol(ctx context.Context, address, typed string, device models.Device) (SignedIn, error) {
	return c.EnrolWith(ctx, address, typed, device, SecondFactor{})
}

// EnrolWith is Enrol with a second factor. Staff who have TOTP are asked for it
// ("totp-required") when the code is right, and it is not used up by that.
func (c *Service) EnrolWith(ctx context.Context, address, typed string, device models.Device, second SecondFactor) (SignedIn, error) {
	device, err := checkDevice(device)
	if err != nil {
		return SignedIn{}, err
	}
	code := normalCode(typed)
	for {
		signed, err := c.redeem(ctx, code, device, &second)
		switch {
		case lostRace(err) && ctx.Err() == nil:
			continue // another try of this code, or of the second factor, came between: judge by what it left
		case err != nil && err.Error() == errCode().Error():
			c.guess.wrong(address)
		}
		return signed, err
	}
}

// checkDevice gives the device with what may be left out.
func checkDevice(d models.Device) (models.Device, error) {
	d.Platform = cmp.Or(d.Platform, models.Platforms[0])
	var c models.Checks
	c.Require(uuid.Validate(d.ID) == nil, "device.id", "not-a-uuid", "The device needs an id that is a UUID.")
	c.Text("device.name", d.Name, 1, models.MaxDeviceName)
	c.Require(slices.Contains(models.Platforms, d.Platform), "device.platform", "not-a-choice", "Choose one of those that are offered.")
	return d, c.Err()
}

// redeem judges one try. What it finds counts only when its commit does: of tries at
// the same time each sees what those before it left (KindStale: look again).
func (c *Service) redeem(ctx context.Context, code string, device models.Device, second *SecondFactor) (SignedIn, error) {
	if code == "" {
		return SignedIn{}, c.wrongCode(ctx, chart.Versioned[enrolment]{}, "")
	}
	finder := code[:codeFindLen]
	e, err := chart.LoadHidden(ctx, c.store, chart.ColEnrolments, finder, decoyCode())
	if models.KindOf(err) == models.KindNotFound {
		return SignedIn{}, c.wrongCode(ctx, e, finder)
	} else if err != nil {
		return SignedIn{}, err
	}
	right := subtle.ConstantTimeCompare(e.Value.Proof, proofHash(e.Value.Salt, code[codeFindLen:])) == 1
	if !right || !c.codeOpen(e.Value, device) {
		return SignedIn{}, c.wrongCode(ctx, e, finder)
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, e.Value.AccountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && a.Value.Status != models.AccountActive {
		return SignedIn{}, c.wrongCode(ctx, e, finder)
	} else if err != nil {
		return SignedIn{}, err
	}
	way, used := models.WayCode, (*usedCode)(nil)
	if e.Value.SessionID == "" {
		way, used, err = c.second(ctx, a.Value, second)
	}
	if err != nil {
		return SignedIn{}, err
	}
	return c.signInWithCode(ctx, a.Value, finder, e, device, way, used)
}

func (c *Service) codeOpen(e enrolment, device models.Device) bool {
	now := c.now()
	if e.Wrong >= codeMaxGuesses || e.Cancelled != nil || !now.Before(e.ExpiresAt) {
		return false
	}
	return e.UsedAt == nil || e.DeviceID == device.ID && now.Sub(*e.UsedAt) < codeReplay
}

// wrongCode counts a wrong try and writes it down. One commit in every case, so
// that the time taken does not tell a code that exists from one that does not.
func (c *Service) wrongCode(ctx context.Context, e chart.Versioned[enrolment], finder string) error {
	l := c.base.AuditEvent(models.Actor{AccountID: "nobody"}, "enrolment.refused")
	l.Outcome, l.Rule = models.OutcomeDenied, "code-not-valid"
	var ops []store.Op
	if e.Value.AccountID != "" && e.Value.Wrong < codeMaxGuesses {
		e.Value.Wrong++
		doc, err := chart.Encode(finder, e.Value.Owner, e.Version, enrolmentKeys(e.Value), e.Value)
		if err != nil {
			return err
		}
		ops = append(ops, store.Replace(chart.ColEnrolments, doc))
	}
	if err := c.base.Commit(ctx, l, ops...); err != nil {
		return err
	}
	return errCode()
}

// signInWithCode uses the code up, and a recovery code beside it, and opens the session,
// all or nothing: of two racing tries one wins.
func (c *Service) signInWithCode(ctx context.Context, a models.Account, finder string, e chart.Versioned[enrolment], device models.Device, way models.Way, used *usedCode) (SignedIn, error) {
	if e.Value.SessionID != "" {
		return c.firstAnswerAgain(ctx, finder, e, device.Key)
	}
	now := c.now().UTC()
	s := c.newSession(ctx, a, device)
	s.Way = way
	ops, refresh, err := c.sessionOps(s, a)
	if err != nil {
		return SignedIn{}, err
	}
	e.Value.UsedAt, e.Value.DeviceID, e.Value.SessionID = &now, device.ID, s.ID
	doc, err := chart.Encode(finder, chart.AccountOwner(a), e.Version, enrolmentKeys(e.Value), e.Value)
	if err != nil {
		return SignedIn{}, err
	}
	l := c.base.AuditEvent(s.Actor(), "session.started")
	l.Ref, l.PatientID, l.Device, l.Via = s.ID, a.PatientID, device.Name, e.Value.ByName
	l.At = s.CreatedAt // one instant: SignedInBefore must not count the session itself
	ops = append(ops, store.Replace(chart.ColEnrolments, doc))
	if used != nil { // its line leads: the journal of ends reads of it that the code is used
		line, err := chart.AuditOp(l)
		if err != nil {
			return SignedIn{}, err
		}
		l, ops = used.line, append(ops, line, used.op)
	}
	commit := c.base.Commit
	if way.Factor() || !a.Role.Staff() {
		commit = func(ctx context.Context, l models.AuditEvent, ops ...store.Op) error {
			return c.unlocking(ctx, s.Actor(), l, ops...)
		}
	}
	if err := commit(ctx, l, ops...); err != nil {
		return SignedIn{}, err
	}
	return c.signedIn(ctx, s, refresh)
}

// firstAnswerAgain gives the device that used a code the same session again: its
// first answer was lost, or two tries of it overtook each other. A session whose
// first refresh token was used has arrived; its code is used up, and so it is for another
// key than the session's.
func (c *Service) firstAnswerAgain(ctx context.Context, finder string, e chart.Versioned[enrolment], thumbprint string) (SignedIn, error) {
	s, err := c.loadSession(ctx, e.Value.SessionID)
	if err == nil && s.Value.Live(c.now()) && s.Value.KeyThumbprint == thumbprint {
		var r chart.Versioned[refreshState]
		if r, err = chart.Load[refreshState](ctx, c.store, chart.ColRefresh, s.Value.ID); err == nil && r.Value.Number == 1 {
			return c.signedIn(ctx, s.Value, c.tokens.refresh(s.Value.ID, 1))
		}
	}
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return SignedIn{}, err
	}
	return SignedIn{}, c.wrongCode(ctx, e, finder)
}
