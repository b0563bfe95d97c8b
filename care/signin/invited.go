package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"

	"handrail/care/internal/chart"
	"handrail/models"
)

// CodeParts are a code as it is kept: what finds it, and a hash of what proves it.
type CodeParts struct {
	Finder string
	Salt   []byte
	Proof  []byte
	Shown  string // as a person reads it; kept nowhere
}

// CodesOf makes one code after the other out of an id and a secret of the site, of the
// kind that enrolment codes are. So the same id has its code again, although only a
// hash is kept.
func (i *Inside) CodesOf(ctx context.Context, id string) (next func() CodeParts, err error) {
	source, err := i.service.codeSource(ctx, id)
	return func() CodeParts {
		raw := source()
		salt := make([]byte, 16)
		rand.Read(salt)
		return CodeParts{Finder: raw[:codeFindLen], Salt: salt, Proof: proofHash(salt, raw[codeFindLen:]), Shown: raw[:4] + "-" + raw[4:7] + "-" + raw[7:]}
	}, err
}

// Proves tells whether a code that was typed or made is the one that was kept.
func Proves(code string, salt, proof []byte) bool {
	code = normalCode(code)
	return code != "" && subtle.ConstantTimeCompare(proof, proofHash(salt, code[codeFindLen:])) == 1
}

// FinderOf is what finds a code that somebody typed; "" when it can't be one.
func FinderOf(typed string) string {
	if typed = normalCode(typed); typed == "" {
		return ""
	}
	return typed[:codeFindLen]
}

// WrongCode is the one answer to a code that does not open, and tells the operator of
// many.
func (i *Inside) WrongCode(address string) error {
	i.service.guess.wrong(address)
	return errCode()
}

// SignInInvited signs in an account that was made by an invitation, on the device that
// took it. The same call again, when its answer was lost, gives the same session.
func (i *Inside) SignInInvited(ctx context.Context, invitationID, accountID, address string, d models.Device) (SignedIn, error) {
	c := i.service
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return SignedIn{}, err
	}
	code, err := c.newCode(ctx, chart.SystemActor, a.Value, CodeRequest{RequestID: "invitation:" + invitationID})
	if err != nil {
		return SignedIn{}, err
	}
	return c.Enrol(ctx, address, code.Code, d)
}
