package sso

import (
	"context"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

// Firebase is a clinic's Firebase project.
type Firebase struct {
	Project  string
	Verifier FirebaseVerifier
}

// FirebaseVerifier tells who an ID token is of. signon/firebase implements it.
type FirebaseVerifier interface {
	Verify(ctx context.Context, token string) (FirebasePerson, error)
}

// FirebasePerson is who signed in at Firebase.
type FirebasePerson struct {
	Subject       string
	Phone         string // E.164; proved by an SMS
	Email         string
	EmailVerified bool
	At            time.Time // when they signed in there
}

const (
	firebaseID   = "firebase"
	firebaseName = "Firebase"
	// firebaseFresh is how long ago somebody may have signed in at Firebase: the token
	// itself is good for an hour, and would let in whoever finds it.
	firebaseFresh = 10 * time.Minute
)

// errFirebase is the one answer to whoever does not come in: a bad token, nobody's, of
// somebody suspended, or used by another device.
func errFirebase() error {
	return models.E(models.KindInvalid, "firebase-sign-in-not-valid", "This sign-in does not open an account here. Ask your clinic for a code.")
}

// issuer names the project in the ids of identities.
func (f *Firebase) issuer() string { return "https://securetoken.google.com/" + f.Project }

// person verifies a token, at a site that has agreed.
func (c *Service) person(ctx context.Context, token string) (FirebasePerson, error) {
	if _, err := c.agreed(ctx); err != nil {
		return FirebasePerson{}, err
	}
	p, err := c.firebase.Verifier.Verify(ctx, token)
	if err != nil {
		return p, err
	}
	if age := c.now().Sub(p.At); age > firebaseFresh || age < -5*time.Minute {
		return p, models.E(models.KindInvalid, "firebase-token-not-valid", "That sign-in is too old. Please sign in again.")
	}
	return p, nil
}

// LinkFirebase ties the account of somebody who is signed in to who they are at
// Firebase.
func (c *Service) LinkFirebase(ctx context.Context, actor models.Actor, token string) error {
	p, err := c.person(ctx, token)
	if err != nil {
		return err
	}
	if err := c.signin.StepUpNeeded(ctx, actor); err != nil {
		return err
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, actor.AccountID)
	if err != nil {
		return err
	}
	if a.Value.Role.Staff() {
		return models.E(models.KindConflict, "not-for-staff", "People who work here sign in by their hospital or by a code.")
	}
	ops, event, err := c.tie(a.Value, Provider{ID: firebaseID}, Identity{Issuer: c.firebase.issuer(), Subject: p.Subject}, actor.AccountID)
	if err != nil {
		return err
	}
	err = c.base.Commit(ctx, event, ops...)
	if models.KindOf(err) == models.KindConflict {
		stands, err := chart.Load[identity](ctx, c.store, chart.ColIdentities, subjectID(c.firebase.issuer(), p.Subject))
		if err == nil && stands.Value.AccountID != actor.AccountID {
			err = models.E(models.KindConflict, "sign-in-of-another", "This sign-in is tied to another account. Ask your clinic's office.")
		}
		return err
	}
	return err
}

// ExpectByFirebase lets whoever proves a phone number or an e-mail address at Firebase
// into an account, once. For the office; not for accounts of the staff.
func (c *Service) ExpectByFirebase(ctx context.Context, actor models.Actor, accountID, phone, email string) error {
	if _, err := c.agreed(ctx); err != nil {
		return err
	}
	a, err := c.officeAccount(ctx, actor, accountID)
	if err != nil {
		return err
	}
	var checks models.Checks
	phone = models.NormalPhone(phone)
	checks.Require((phone == "") != (email == ""), "phone", "one-of-two", "Give a phone number or an e-mail address, one of the two.")
	checks.Require(!a.Role.Staff(), "accountId", "not-for-staff", "People who work here sign in by their hospital or by a code.")
	if phone != "" {
		checks.Phone("phone", phone, true)
	} else {
		checks.Require(isAddress(email), "email", "no-address", "Give an e-mail address.")
	}
	if err := checks.Err(); err != nil {
		return err
	}
	return c.expectOne(ctx, actor, a, firebaseID, phone+email)
}

// ByFirebase signs in by an ID token of Firebase. The same token from the same device
// is the same session, until its first refresh token was used; from another it is
// nobody's.
func (c *Service) ByFirebase(ctx context.Context, token string, device models.Device) (signin.SignedIn, error) {
	device, err := c.signin.CheckDevice(device)
	if err != nil {
		return signin.SignedIn{}, err
	}
	p, err := c.person(ctx, token)
	if models.KindOf(err) == models.KindInvalid {
		return signin.SignedIn{}, c.noFirebase(ctx)
	}
	if err != nil {
		return signin.SignedIn{}, err
	}
	id := hashed("firebase-token", signedPart(token))
	for {
		was, err := chart.Load[login](ctx, c.store, chart.ColLogins, id)
		if err == nil {
			return c.sameFirebase(ctx, was.Value, device)
		}
		if models.KindOf(err) != models.KindNotFound {
			return signin.SignedIn{}, err
		}
		o, who, err := c.firebaseAccount(ctx, p)
		if models.KindOf(err) == models.KindInvalid {
			return signin.SignedIn{}, c.noFirebase(ctx)
		}
		if err != nil {
			return signin.SignedIn{}, err
		}
		session, err := c.firebaseSession(ctx, id, o, who, device)
		if k := models.KindOf(err); (k == models.KindConflict || k == models.KindStale) && ctx.Err() == nil {
			continue // the same token came twice at once
		}
		if err != nil {
			return signin.SignedIn{}, err
		}
		return c.signin.FirstAnswer(ctx, session, device.Key)
	}
}

// signedPart is what of a token its signature is over. The signature itself can be spelled
// in several ways (base64url), and a token is the same token in all of them.
func signedPart(token string) string {
	if i := strings.LastIndexByte(token, '.'); i >= 0 {
		return token[:i]
	}
	return token
}

func (c *Service) sameFirebase(ctx context.Context, was login, device models.Device) (signin.SignedIn, error) {
	if was.Device.ID == device.ID {
		signed, err := c.signin.FirstAnswer(ctx, was.Session, device.Key)
		if models.KindOf(err) != models.KindUnsigned {
			return signed, err
		}
	}
	return signin.SignedIn{}, c.noFirebase(ctx)
}

// noFirebase leaves one event, whoever it was, and gives one answer.
func (c *Service) noFirebase(ctx context.Context) error {
	e := c.base.AuditEvent(models.Actor{AccountID: "nobody"}, "provider.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, "provider:"+firebaseID
	if err := c.base.Note(ctx, e); err != nil {
		return err
	}
	return errFirebase()
}

// firebaseAccount finds whose account it is. The same reads are made for everybody.
func (c *Service) firebaseAccount(ctx context.Context, p FirebasePerson) (opens, Identity, error) {
	who := Identity{Issuer: c.firebase.issuer(), Subject: p.Subject}
	at := Provider{ID: firebaseID}
	email := p.Email
	if !p.EmailVerified {
		email = ""
	}
	ids := []string{subjectID(who.Issuer, p.Subject), expectedID(firebaseID, p.Phone), expectedID(firebaseID, email)}
	var found chart.Versioned[identity]
	var under string
	for _, id := range ids {
		one, err := chart.Load[identity](ctx, c.store, chart.ColIdentities, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return opens{}, who, err
		}
		if err == nil && found.Version == 0 {
			found, under = one, id
		}
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, "account-"+found.Value.AccountID)
	if found.Version > 0 {
		a, err = chart.Load[models.Account](ctx, c.store, chart.ColAccounts, found.Value.AccountID)
	}
	switch {
	case models.KindOf(err) == models.KindNotFound, err == nil && (a.Value.Status != models.AccountActive || a.Value.Role.Staff()):
		return opens{}, who, errFirebase()
	case err != nil:
		return opens{}, who, err
	case under == ids[0]:
		return opens{account: a.Value}, who, nil
	}
	ops, event, err := c.tie(a.Value, at, who, found.Value.By)
	return opens{a.Value, append(ops, store.Delete(chart.ColIdentities, under, found.Version)), []models.AuditEvent{event}}, who, err
}

func (c *Service) firebaseSession(ctx context.Context, id string, o opens, who Identity, device models.Device) (string, error) {
	s, event, ops, err := c.signin.Begin(ctx, o.account, device, signin.Elsewhere{Provider: firebaseName, Way: models.WayProvider})
	if err != nil {
		return "", err
	}
	event.Rule = "provider:" + firebaseID
	subject := subjectID(who.Issuer, who.Subject)
	at, err := chart.Encode(s.ID, chart.AccountOwner(o.account), 0, store.Keys{"subject": subject, "createdAt": chart.Millis(s.CreatedAt)},
		providerSession{Session: s.ID, Provider: firebaseID, Subject: subject, At: s.CreatedAt})
	if err != nil {
		return "", err
	}
	// A token of Firebase ends after an hour: until then it is known as used.
	l := login{Provider: firebaseID, Device: device, Used: true, Session: s.ID, Until: c.now().UTC().Add(2 * time.Hour)}
	doc, err := chart.Encode(id, chart.OwnerSite, 0, store.Keys{"due": chart.Millis(l.Until)}, l)
	if err != nil {
		return "", err
	}
	ops = append(append(o.ops, ops...), store.Insert(chart.ColProviderSessions, at), store.Insert(chart.ColLogins, doc))
	return s.ID, c.commit(ctx, event, o.events, ops)
}
