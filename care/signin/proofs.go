package signin

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"handrail/models"
	"handrail/models/dpop"
)

// proofSpan is how long after its first use a proof could hold.
const proofSpan = dpop.NonceLife + dpop.NonceAhead

// maxSeenProofs bounds the memory of proofs: about 5 MB.
const maxSeenProofs = 1 << 16

// seenProofs remembers the proofs that were used at this instance, for as long as their
// nonce holds (decision 0042). It never forgets one early: when it is full, or the
// program has started anew, nonces from before do not hold any more, and devices ask for
// a newer one by themselves.
type seenProofs struct {
	mu         sync.Mutex
	since      time.Time // nonces that were made earlier are not taken
	turned     time.Time
	young, old map[[16]byte]struct{}
}

// first notes a proof whose nonce was made at some time, and tells whether it may be
// used.
func (s *seenProofs) first(p dpop.Proof, made, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Before(s.turned) { // this clock was set back
		s.forget(now)
	}
	s.turn(now)
	if made.Before(s.since) {
		return false
	}
	sum := sha256.Sum256([]byte(p.Thumbprint + "\n" + p.ID))
	id := [16]byte(sum[:16])
	if _, seen := s.young[id]; seen {
		return false
	}
	if _, seen := s.old[id]; seen {
		return false
	}
	if len(s.young)+len(s.old) >= maxSeenProofs {
		s.forget(now)
		return false
	}
	s.young[id] = struct{}{}
	return true
}

// turn drops what no nonce can hold for any more.
func (s *seenProofs) turn(now time.Time) {
	switch age := now.Sub(s.turned); {
	case age >= 2*proofSpan:
		s.young, s.old, s.turned = map[[16]byte]struct{}{}, nil, now
	case age >= proofSpan:
		s.young, s.old, s.turned = map[[16]byte]struct{}{}, s.young, now
	}
}

// forget makes nonces of before useless, so that nothing need be remembered.
func (s *seenProofs) forget(now time.Time) {
	s.young, s.old = map[[16]byte]struct{}{}, nil
	s.since, s.turned = now.Truncate(time.Millisecond), now
}

func newSeenProofs(now time.Time) *seenProofs {
	s := &seenProofs{}
	s.forget(now)
	return s
}

// errNonce asks a device for another proof: with a nonce, a newer one, or because this one
// was used. A device answers it by itself.
func errNonce() error {
	return models.E(models.KindUnsigned, models.CodeNewProof, "Send the request again, with a new proof and the nonce of this answer.")
}

// errProof is the answer to a proof that does not hold. It ends nothing: a device keeps
// what it has, and its person can sign in again.
func errProof() error {
	return models.E(models.KindUnsigned, "proof-not-valid", "This device can't show that the sign-in is its own. Please sign in again.")
}

// NextNonce is a newer nonce for who used a proof without one that holds, or with one
// that is half through its life; empty: that of the proof does.
func (c *Service) NextNonce(p dpop.Proof) string {
	if made, ok := dpop.NonceAt(c.proofSecret, p.Nonce, c.now()); ok && c.now().Sub(made) < dpop.NonceLife/2 {
		return ""
	}
	return dpop.Nonce(c.proofSecret, c.now())
}

// Prove checks a proof: signature and address, that its nonce holds, and that it was not
// used before. token: the access token that is sent with it; empty: none.
//
// Errors: proof-not-valid; use-dpop-nonce, which the device answers by itself.
func (c *Service) Prove(call dpop.Call, token string) (dpop.Proof, error) {
	p, err := dpop.Read(call)
	if err != nil || token != "" && p.TokenHash != dpop.TokenHash(token) {
		return dpop.Proof{}, errProof()
	}
	now := c.now()
	made, ok := dpop.NonceAt(c.proofSecret, p.Nonce, now)
	if !ok || !c.proofs.first(p, made, now) {
		return dpop.Proof{}, errNonce()
	}
	return p, nil
}

// AuthenticateProven is Authenticate for a token that is bound to a device's key: the
// proof that comes with each request is checked each time.
func (c *Service) AuthenticateProven(ctx context.Context, token string, call dpop.Call) (models.Actor, dpop.Proof, error) {
	s, err := c.sessionOf(ctx, token)
	if err != nil {
		return models.Actor{}, dpop.Proof{}, err
	}
	p, err := c.Prove(call, token)
	if err == nil && (s.KeyThumbprint == "" || p.Thumbprint != s.KeyThumbprint) {
		err = errProof()
	}
	if err != nil {
		return models.Actor{}, dpop.Proof{}, err
	}
	actor, err := c.admitted(s)
	return actor, p, err
}
