package crisisplan

import (
	"maps"
	"time"

	"handrail/models"
)

// Edit is what somebody wants the plan to say.
type Edit struct {
	Content Content
	Why     string  // the reason of the change, in a sentence; may be left out
	From    Version // the version that they had before them; the zero value when there was none
	Newest  Version // the newest version now; the zero value when there is none
	Active  Version // the version that holds; the zero value when none does
}

// Save writes the next version as a draft, and merges into it what others saved
// since the author began (Merge). changed is false when the plan says all of
// this already, as after a call whose answer was lost: then the newest version is
// returned. The caller stores the plan and the version in one batch, and
// supersedes the newest version when it was a draft. Fields of errors are paths in
// {content, why}.
// Errors: KindInvalid, KindTooLarge, KindForbidden, KindConflict (plan-edited-by-both).
func (p *Plan) Save(e Edit, by models.Actor, today string, now time.Time) (v Version, changed bool, err error) {
	if err := p.mayWrite(by); err != nil {
		return v, false, err
	}
	var c models.Checks
	checkPlanText(&c, "why", e.Why, 0, 300)
	mine := p.unrenewed(e.Content.normal(), e.From.Content)
	mine.check(&c)
	if err := c.Err(); err != nil {
		return v, false, err
	}
	merged, err := Merge(e.From.Content, mine, e.Newest.Content)
	if err != nil {
		return v, false, err
	}
	touched := ChangedSections(e.Newest.Content, merged)
	if len(touched) == 0 && e.Newest.Version > 0 {
		return e.Newest, false, nil
	}
	if err := merged.checkSize(); err != nil { // also two contents that fit may be too long together
		return v, false, err
	}
	now = now.UTC().Truncate(time.Millisecond)
	p.Newest = e.Newest.Version + 1
	v = Version{PatientID: p.PatientID, Version: p.Newest, From: e.From.Version, State: StateDraft, Content: merged,
		Written: map[Section]Writing{}, Confirmed: []Confirmation{}, Why: e.Why, By: models.AuthorOf(by), At: now}
	maps.Copy(v.Written, e.Newest.Written)
	for _, s := range touched {
		v.writes(s, by, now)
	}
	p.noteNumbers(merged, e.Newest.Content, by, today)
	p.keepNumbers(merged, e.Active.Content, p.Renewed(merged), p.Renewed(e.Active.Content))
	return v, true, nil
}

// Merge merges two edits of the same base, section by section. A section that
// only one of them changed is taken from that one; what both changed alike is
// taken once. A section that both changed in different ways is refused by name, so
// that nobody's words are lost. Error: KindConflict, code plan-edited-by-both, a
// field for each such section.
func Merge(base, mine, theirs Content) (Content, error) {
	merged, both := theirs, models.Checks{}
	for _, s := range Sections {
		f := planFields[s]
		switch {
		case f.same(&mine, &base), f.same(&mine, &theirs):
		case f.same(&theirs, &base):
			f.copy(&merged, &mine)
		default:
			both.Fail("content."+f.name, "edited-by-both", "Somebody else changed this part meanwhile. Please look at theirs and bring yours in.")
		}
	}
	if len(both.Fields()) > 0 {
		return Content{}, &models.Error{Kind: models.KindConflict, Code: "plan-edited-by-both", Fields: both.Fields(),
			Text: "Two people changed the same part of the plan. Nothing was lost: look at the newest version and save again."}
	}
	return merged, nil
}
