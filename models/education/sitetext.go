package education

import (
	"slices"
	"time"
)

// SiteText is what a clinic has of one text of a module: its draft, what it published,
// and what its people said about that text or about the one that ships.
type SiteText struct {
	ID        string       `json:"id"`
	Language  string       `json:"language"`
	Draft     *Draft       `json:"draft,omitempty"`
	Own       []Own        `json:"own,omitempty"`  // published here, the oldest first
	Last      int          `json:"last"`           // number of the last one published here
	Kept      []Module     `json:"kept,omitempty"` // that shipped when somebody signed them, the oldest first
	Signed    []Signature  `json:"signed,omitempty"`
	Withdrawn []Withdrawal `json:"withdrawn,omitempty"`
}

// Author is who did something to a text.
type Author struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Role      string `json:"role"` // or the discipline, of a clinician
}

// Draft is a text that is being written. Nobody but the office sees it.
type Draft struct {
	File string    `json:"file"`
	By   Author    `json:"by"`
	At   time.Time `json:"at"`
}

// Own is a text that the clinic published.
type Own struct {
	Module
	Number    int    `json:"number"`    // from 1
	Published string `json:"published"` // YYYY-MM-DD
	File      string `json:"file"`
	By        Author `json:"by"`
}

// Signature says that a clinician of the site has read a text, with these words.
type Signature struct {
	Fingerprint string `json:"fingerprint"`
	Review      Review `json:"review"`
	By          Author `json:"by"`
}

// Withdrawal takes a text with these words back as dangerous, for good.
type Withdrawal struct {
	Fingerprint string    `json:"fingerprint"`
	By          Author    `json:"by"`
	At          time.Time `json:"at"`
}

// How much of its past a text keeps: more falls off, the oldest first, but for the
// newest that somebody reviewed.
const (
	maxOwn     = 8
	maxKept    = 4
	MaxOfAText = 64 // signatures and withdrawals of one text
)

// MaxSiteTexts is how many texts a clinic can have.
const MaxSiteTexts = 6000

// Review is the review of the words with this fingerprint; the zero Review for none.
func (t SiteText) Review(fingerprint string) Review {
	for _, s := range slices.Backward(t.Signed) {
		if s.Fingerprint == fingerprint {
			return s.Review
		}
	}
	return Review{}
}

// TakenBack tells whether the words with this fingerprint were withdrawn.
func (t SiteText) TakenBack(fingerprint string) bool {
	return slices.ContainsFunc(t.Withdrawn, func(w Withdrawal) bool { return w.Fingerprint == fingerprint })
}

// Editions are the texts of one module in one language, for Choose. shipped is the one
// that this program has; nil for none. What shipped before and was signed has a number
// below 0: it stays, dated, until somebody signs what ships now.
func (t SiteText) Editions(shipped *Module) []Edition {
	var out []Edition
	add := func(m Module, number int, published string) {
		fingerprint := m.Fingerprint()
		out = append(out, Edition{Module: m, Number: number, Published: published, Withdrawn: t.TakenBack(fingerprint), Signed: t.Review(fingerprint)})
	}
	if shipped != nil {
		add(*shipped, 0, "")
	}
	for i, m := range slices.Backward(t.Kept) {
		if shipped == nil || m.Fingerprint() != shipped.Fingerprint() {
			add(m, i-len(t.Kept), "")
		}
	}
	for _, o := range t.Own {
		add(o.Module, o.Number, o.Published)
	}
	return out
}

// Keep remembers a text that ships and was signed.
func (t *SiteText) Keep(m Module) {
	fingerprint := m.Fingerprint()
	t.Kept = append(slices.DeleteFunc(t.Kept, func(k Module) bool { return k.Fingerprint() == fingerprint }), m)
	if len(t.Kept) > maxKept {
		t.Kept = t.Kept[1:]
	}
}

// Publish makes the draft the newest text of the clinic. m is what the draft says.
func (t *SiteText) Publish(m Module, day string) {
	t.Last++
	t.Own = append(t.Own, Own{Module: m, Number: t.Last, Published: day, File: t.Draft.File, By: t.Draft.By})
	t.Draft = nil
	if len(t.Own) > maxOwn {
		reviewed := -1
		for i, o := range t.Own {
			if t.Review(o.Fingerprint()).Reviewed {
				reviewed = i
			}
		}
		oldest := 0
		if reviewed == 0 {
			oldest = 1
		}
		t.Own = slices.Delete(t.Own, oldest, oldest+1)
	}
}

// Newest is the text of this clinic or, where it has none, the one that ships.
func (t SiteText) Newest(shipped *Module) (Module, bool) {
	if n := len(t.Own); n > 0 {
		return t.Own[n-1].Module, true
	}
	if shipped != nil {
		return *shipped, true
	}
	return Module{}, false
}
