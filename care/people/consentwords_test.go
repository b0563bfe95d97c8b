package people_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/education"
	"handrail/models/family"
)

// A consent is signed on words that a clinician of the site has signed in the language in
// which they were read, and keeps which. What shares less, and what was signed before,
// asks for none.
func TestAConsentIsSignedOnWordsThatSomebodySigned(t *testing.T) {
	en := education.Words{ID: "consent", Language: "en", Lines: []education.Line{{Key: "scope.goals", Text: "Your goals"}}}
	es := education.Words{ID: "consent", Language: "es", Lines: []education.Line{{Key: "scope.goals", Text: "Sus metas"}}}
	h := caretest.NewWith(t, func(c *care.Config) { c.Words = caretest.WordsOf(en, es) })
	p, nurse := h.Patient(), h.Clinician(models.DisciplineNursing)
	mum := h.Supporter(p)
	read := func(w education.Words) *models.ReadWords {
		return &models.ReadWords{Language: w.Language, Fingerprint: w.Fingerprint()}
	}
	end := h.Clock.Now().AddDate(0, 1, 0)
	terms := models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: mum.AccountID, Scopes: []models.Scope{models.ScopeGoalsShared},
		Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{At: &end}, Statements: []models.Statement{models.StatementRevocation},
		Signature: models.Signature{Name: p.Name, Method: models.SignatureTyped}}
	give := func(c *care.Care, id string, on *models.ReadWords) (models.Consent, error) {
		t.Helper()
		ch, err := c.Open(t.Context(), p, p.PatientID, models.PurposeOf(p.Role))
		if err != nil {
			t.Fatal(err)
		}
		now := terms
		now.Words = on
		v, err := ch.People.GiveConsent(t.Context(), id, now)
		return v.Consent, err
	}
	invite := func(id string, on *models.ReadWords, scopes ...models.Scope) error {
		t.Helper()
		_, err := h.Chart(p, p.PatientID).Family.Invite(t.Context(), id, family.InvitationTerms{From: "Sam", Name: "Lena", Relationship: "sibling",
			Scopes: scopes, Statements: terms.Statements, Signature: terms.Signature, Words: on})
		return err
	}
	conflict := func(err error, code string) {
		t.Helper()
		caretest.WantKind(t, err, models.KindConflict, code)
	}
	for code, on := range map[string]*models.ReadWords{"consent-words-unsigned": read(en), "consent-words-changed": nil} {
		_, err := give(h.Care, care.NewID(), on)
		conflict(err, code)
		conflict(invite(care.NewID(), on, models.ScopeGoalsShared), code)
	}
	if err := invite(care.NewID(), nil); err != nil {
		t.Error("an invitation that shares nothing:", err)
	}
	if _, err := h.Care.Learn.SignWords(t.Context(), nurse, "consent", "en", en.Fingerprint(), "2027-03-01"); err != nil {
		t.Fatal(err)
	}
	for code, on := range map[string]*models.ReadWords{"consent-words-unsigned": read(es), "consent-words-changed": {Language: "en", Fingerprint: es.Fingerprint()}} {
		_, err := give(h.Care, care.NewID(), on)
		conflict(err, code)
	}
	id, invitation := care.NewID(), care.NewID()
	v, err := give(h.Care, id, read(en))
	if err != nil || v.Words == nil || *v.Words != *read(en) || v.WordsReviewedOn != h.Clock.Now().Format(time.DateOnly) {
		t.Fatalf("kept %+v, %q: %v", v.Words, v.WordsReviewedOn, err)
	}
	if err := invite(invitation, read(en), models.ScopeGoalsShared); err != nil {
		t.Fatal(err)
	}

	// An update that changes a word asks for a signature; what stands stands, also said again.
	changed := en
	changed.Lines = []education.Line{{Key: "scope.goals", Text: "All your goals"}}
	updated := h.InstanceWith(func(c *care.Config) { c.Words = caretest.WordsOf(changed, es) })
	if again, err := give(updated, id, read(en)); err != nil || again.ID != v.ID {
		t.Errorf("a retry after the update: %v", err)
	}
	_, err = give(updated, care.NewID(), read(en))
	conflict(err, "consent-words-changed")
	_, err = give(updated, care.NewID(), read(changed))
	conflict(err, "consent-words-unsigned")
	h.Care = updated
	if err := invite(invitation, read(en), models.ScopeGoalsShared); err != nil {
		t.Error("the same invitation after the update:", err)
	}
	terms.Provision = models.Deny
	if _, err := give(updated, care.NewID(), nil); err != nil {
		t.Error("sharing less:", err)
	}
	terms.Provision = models.Permit
	demo := h.InstanceWith(func(c *care.Config) { c.Words, c.UnsignedTexts = caretest.WordsOf(en), true })
	if _, err := give(demo, care.NewID(), nil); err != nil {
		t.Error("a demo:", err)
	}
}
