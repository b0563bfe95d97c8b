package education

// Edition is one text of a module as it was published: by this program, or by a
// clinic.
type Edition struct {
	Module
	Number    int    // grows with each edition of this id and language; 0 is what ships
	Published string // YYYY-MM-DD; "" for what ships
	Withdrawn bool   // taken back as dangerous: shown to nobody, ever
	Signed    Review // by a clinician of the site, for this fingerprint; beside Module.Review
}

// Reviewed tells whether a clinician has read this text in this language, here or
// before it shipped, and gives that review.
func (e Edition) Reviewed() (Review, bool) {
	if e.Signed.Reviewed {
		return e.Signed, true
	}
	return e.Review, e.Review.Reviewed
}

// Shown is the text that a reader gets, and what they have to be told about it.
type Shown struct {
	Edition
	Fallback bool   // not in the language that was asked for
	Behind   bool   // the source text has changed since: show SeenOn with it
	NotYet   bool   // no clinician has reviewed this text
	SeenOn   string // YYYY-MM-DD of the review; "" for none
}

// Choose finds the text of one module for a reader. languages is what the reader
// reads, the best first. unsigned shows safety texts that nobody has signed, as `demo`
// does; `serve` does not.
//
// A translation that was made from the source text as it is now comes first. When the
// source has changed, the newest translation that a person reviewed stays: a comma in
// English takes no card away. What nobody reviewed and is behind is not shown: then
// the reader gets the next language, and last the source text.
//
// ok is false when there is no text that may be shown.
func Choose(editions []Edition, languages []string, unsigned bool) (s Shown, ok bool) {
	source, found := newestSource(editions)
	if !found {
		return Shown{}, false
	}
	for i, language := range append(append([]string{}, languages...), source.Language) {
		e, behind, ok := inLanguage(editions, language, source, unsigned)
		if !ok {
			continue
		}
		review, reviewed := e.Reviewed()
		return Shown{Edition: e, Fallback: len(languages) > 0 && i > 0 && base(e.Language) != base(languages[0]), Behind: behind, NotYet: !reviewed, SeenOn: review.On}, true
	}
	return Shown{}, false
}

func newestSource(editions []Edition) (source Edition, found bool) {
	for _, e := range editions {
		if e.MadeFrom == nil && !e.Withdrawn && (!found || e.Number > source.Number) {
			source, found = e, true
		}
	}
	return source, found
}

// inLanguage is the best edition of one language.
func inLanguage(editions []Edition, language string, source Edition, unsigned bool) (best Edition, behind, found bool) {
	for _, e := range editions {
		_, reviewed := e.Reviewed()
		if e.Withdrawn || base(e.Language) != base(language) || e.Safety && !reviewed && !unsigned {
			continue
		}
		old := isBehind(e, source)
		if old && !reviewed {
			continue
		}
		if !found || behind && !old || behind == old && e.Number > best.Number {
			best, behind, found = e, old, true
		}
	}
	return best, behind, found
}

// isBehind tells whether the source text says something else now.
func isBehind(e, source Edition) bool {
	if e.MadeFrom == nil {
		return e.Number < source.Number && e.Fingerprint() != source.Fingerprint()
	}
	return e.MadeFrom.Fingerprint != source.Fingerprint()
}
