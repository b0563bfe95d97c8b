// Package ticket makes and opens the signed slips that let a person into a visit
// (join) and back to their place after a lost connection (resume). A ticket says
// who, where and for which session; whether they may still come is asked again
// when it is shown.
package ticket

import (
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"handrail/models"
)

// How long a ticket is good for. A join ticket is fetched at the door; a resume
// ticket is replaced over the open connection long before it ends.
const (
	JoinLife   = time.Minute
	ResumeLife = 10 * time.Minute
)

// KeyBytes is the least length of the signing key (RFC 7518, section 3.2: as long
// as the hash).
const KeyBytes = 32

// The audiences keep one kind of ticket, and any other token that is signed with
// the same key, from being used as another.
const (
	forJoin   = "handrail-visit-join"
	forResume = "handrail-visit-resume"
)

// Claim is what a ticket says. Session is the room session: made new for each
// join ticket, kept by the resume tickets that follow.
type Claim struct {
	Visit   string
	Person  string
	Session string
	Login   string // the signed-in session that fetched the join ticket; "" of older programs
}

type claims struct {
	Visit   string `json:"visit"`
	Session string `json:"sid"`
	Login   string `json:"login,omitempty"`
	jwt.RegisteredClaims
}

// Office signs and opens tickets.
type Office struct {
	key  []byte
	now  func() time.Time
	used *used
}

// New makes an office. Errors: KindInvalid weak-ticket-key.
func New(key []byte, now func() time.Time) (*Office, error) {
	if len(key) < KeyBytes {
		return nil, models.E(models.KindInvalid, "weak-ticket-key", "The key for visit tickets must have at least 32 bytes.")
	}
	return &Office{key: key, now: now, used: newUsed()}, nil
}

// Join makes a ticket that opens the door once, and tells when it ends.
func (o *Office) Join(visit, person, login string) (string, Claim, time.Time, error) {
	c := Claim{Visit: visit, Person: person, Session: uuid.Must(uuid.NewV7()).String(), Login: login}
	token, until, err := o.sign(c, forJoin, JoinLife)
	return token, c, until, err
}

// Resume makes a ticket back to a place that the claim's session holds.
func (o *Office) Resume(c Claim) (string, time.Time, error) { return o.sign(c, forResume, ResumeLife) }

func (o *Office) sign(c Claim, audience string, life time.Duration) (string, time.Time, error) {
	now := o.now()
	until := now.Add(life)
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims{Visit: c.Visit, Session: c.Session, Login: c.Login,
		RegisteredClaims: jwt.RegisteredClaims{Subject: c.Person, Audience: jwt.ClaimStrings{audience},
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(until)}}).SignedString(o.key)
	return token, until, err
}

// OpenJoin reads a join ticket, once: a second showing is refused.
//
// Errors: KindUnsigned ticket-refused, ticket-used.
func (o *Office) OpenJoin(token string) (Claim, error) {
	c, until, err := o.open(token, forJoin)
	if err != nil {
		return Claim{}, err
	}
	if !o.used.first(c.Session, until, o.now()) {
		return Claim{}, models.E(models.KindUnsigned, "ticket-used", "This link into the visit was used already. Open the visit again.")
	}
	return c, nil
}

// OpenResume reads a resume ticket. Whether its session still holds the place is
// for the room to say. Errors: KindUnsigned ticket-refused.
func (o *Office) OpenResume(token string) (Claim, error) {
	c, _, err := o.open(token, forResume)
	return c, err
}

func (o *Office) open(token, audience string) (Claim, time.Time, error) {
	var c claims
	_, err := jwt.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return o.key, nil },
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}), jwt.WithAudience(audience),
		jwt.WithExpirationRequired(), jwt.WithTimeFunc(o.now), jwt.WithStrictDecoding())
	if err != nil || c.Subject == "" || c.Visit == "" || c.Session == "" {
		return Claim{}, time.Time{}, &models.Error{Kind: models.KindUnsigned, Code: "ticket-refused",
			Text: "This link into the visit can't be used any more. Open the visit again.", Err: err}
	}
	return Claim{Visit: c.Visit, Person: c.Subject, Session: c.Session, Login: c.Login}, c.ExpiresAt.Time, nil
}
