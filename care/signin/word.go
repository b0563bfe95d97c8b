package signin

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// In an emergency the factor may be at home. A colleague who is there says a word of six
// letters and digits, which is theirs to answer for: both names are in the log. It opens
// nothing but the glass.
const (
	toVouch  = "word"
	wordLife = 5 * time.Minute
	wordLen  = 6
)

// Word is what a colleague says.
type Word struct {
	Word      string    `json:"word"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func (c *Service) wordText(raw string) string {
	m := hmac.New(sha256.New, c.tokens.pepper)
	m.Write(store.JoinText("word", raw))
	return b64(m.Sum(nil))
}

// GiveWord makes a word of the actor, who works for the site and has shown that it is
// them.
func (c *Service) GiveWord(ctx context.Context, actor models.Actor) (Word, error) {
	if !actor.Role.Staff() {
		return Word{}, c.base.Forbid(ctx, actor, "word.given")
	}
	if err := c.StepUpNeeded(ctx, actor); err != nil {
		return Word{}, err
	}
	b := make([]byte, wordLen)
	rand.Read(b)
	raw, until := inCodeAlphabet(b), c.now().UTC().Add(wordLife)
	ch := challenge{For: toVouch, AccountID: actor.AccountID, SessionID: actor.SessionID, ExpiresAt: until,
		Ceremony: webauthn.SessionData{Challenge: c.wordText(raw)}}
	doc, err := chart.Encode(challengeID(ch.Ceremony.Challenge), chart.OwnerSite, 0, store.Keys{"due": chart.Millis(until)}, ch)
	if err != nil {
		return Word{}, err
	}
	e := c.base.AuditEvent(actor, "word.given")
	return Word{raw[:3] + "-" + raw[3:], until}, c.base.Commit(ctx, e, store.Insert(chart.ColChallenges, doc))
}

// errWord is the one answer to a word that does not count.
func errWord() error {
	return models.E(models.KindInvalid, "word-not-valid", "This word does not count. Ask your colleague for a new one.")
}

// StepUpWithWord takes a colleague's word for the actor's session. It counts for the
// glass alone.
func (c *Service) StepUpWithWord(ctx context.Context, actor models.Actor, typed string) (Fresh, error) {
	text := c.wordText(plainCode(typed))
	found, err := chart.Load[challenge](ctx, c.store, chart.ColChallenges, challengeID(text))
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return Fresh{}, err
	}
	w := found.Value
	good := err == nil && w.For == toVouch && w.AccountID != actor.AccountID && c.now().Before(w.ExpiresAt) && actor.Role.Staff()
	if good {
		good = c.SignedIn(ctx, w.SessionID) == nil
	}
	if !good {
		e := c.base.AuditEvent(actor, "word.refused")
		e.Outcome, e.Rule = models.OutcomeDenied, "word-not-valid"
		if err := c.base.Note(ctx, e); err != nil {
			return Fresh{}, err
		}
		return Fresh{}, errWord()
	}
	fresh, err := c.stepped(ctx, actor, models.WayWord, w.AccountID, store.Delete(chart.ColChallenges, challengeID(text), found.Version))
	switch models.KindOf(err) {
	case models.KindStale, models.KindNotFound, models.KindConflict: // used meanwhile, or a refresh came between
		if ctx.Err() == nil {
			return c.StepUpWithWord(ctx, actor, typed)
		}
	}
	return fresh, err
}
