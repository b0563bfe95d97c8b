package careplan

import (
	"strings"

	"handrail/models/reading"
)

// Summary is the plan in words for the patient, in their language: why, who, what is not
// yet agreed. It is made from the structured plan and says nothing that is not in it.
type Summary struct {
	Language string    `json:"language"`
	Version  int64     `json:"version"`
	Agreed   int64     `json:"agreed,omitempty"`
	Opening  []string  `json:"opening"`
	Sections []Section `json:"sections"`
	Grade    float64   `json:"grade,omitempty"` // US school grade of all of it; in English alone
	Hard     []string  `json:"hard,omitempty"`  // items whose words are above grade 6
}

// Section is one part of it.
type Section struct {
	Kind    string `json:"kind"`
	Heading string `json:"heading"`
	Lines   []Line `json:"lines"`
}

// Line is one thing of a section: its name, and sentences about it.
type Line struct {
	Item      string   `json:"item,omitempty"`
	Name      string   `json:"name"`
	Sentences []string `json:"sentences,omitempty"`
	Agreed    bool     `json:"agreed"`
	Safety    bool     `json:"safety,omitempty"`
}

// Who leads an item and who helps, by name.
type Who struct {
	Lead    string
	Asked   string // was asked, and has not answered
	Accepts bool   // Lead said "I do it"
	Helps   []string
}

// MaxGrade is the US school grade that a text for patients has at most.
const MaxGrade = 6

// SummaryOf tells a plan in a language (BCP 47; one that is not there gets English). who is
// by item; goals are the titles of the record's goals by their id.
func SummaryOf(p Plan, who map[string]Who, goals map[string]string, language string) Summary {
	w := wordsIn(language)
	out := Summary{Language: w.language, Version: p.Version, Agreed: p.Agreed, Opening: []string{w.Open}, Sections: []Section{}}
	about := Section{Kind: "about", Heading: w.Sections["about"]}
	for _, part := range []struct {
		name    string
		entries []string
	}{{"preferences", p.About.Preferences}, {"strengths", p.About.Strengths}, {"fears", p.About.Fears}, {"barriers", p.About.Barriers}} {
		for _, e := range part.entries {
			about.Lines = append(about.Lines, Line{Name: w.fill(w.About[part.name], "text", e), Agreed: true})
		}
	}
	if len(about.Lines) > 0 {
		out.Sections = append(out.Sections, about)
	}
	any, open := false, false
	for _, kind := range Kinds {
		s := Section{Kind: string(kind), Heading: w.Sections[string(kind)]}
		for _, i := range p.Items {
			if i.Kind != kind || !i.Open() {
				continue
			}
			l := w.line(p, i, who[i.ID], goals)
			any, open = true, open || !l.Agreed
			s.Lines = append(s.Lines, l)
			if w.language == "en" && grade(l) > MaxGrade {
				out.Hard = append(out.Hard, i.ID)
			}
		}
		if len(s.Lines) > 0 {
			out.Sections = append(out.Sections, s)
		}
	}
	switch {
	case !any:
		out.Opening = append(out.Opening, w.Nothing)
	case open:
		out.Opening = append(out.Opening, w.Part)
	default:
		out.Opening = append(out.Opening, w.Agreed)
	}
	if w.language == "en" {
		out.Grade = grade(out.lines()...)
	}
	return out
}

func (s Summary) lines() (all []Line) {
	all = append(all, Line{Sentences: s.Opening})
	for _, part := range s.Sections {
		all = append(all, part.Lines...)
	}
	return all
}

// grade is the US school grade of lines (Flesch-Kincaid).
func grade(lines ...Line) float64 {
	t := reading.Text{Language: "en"}
	for _, l := range lines {
		if l.Name != "" {
			t.Blocks = append(t.Blocks, l.Name+".")
		}
		t.Blocks = append(t.Blocks, l.Sentences...)
	}
	return reading.Count(t).FleschKincaid()
}

func (w words) line(p Plan, i Item, who Who, goals map[string]string) Line {
	l := Line{Item: i.ID, Name: w.name(i.Terms), Agreed: p.IsAgreed(i), Safety: i.Safety}
	if i.Kind == Goal && goals[i.GoalID] != "" {
		l.Name = goals[i.GoalID]
	}
	say := func(sentence string, pairs ...string) { l.Sentences = append(l.Sentences, w.fill(sentence, pairs...)) }
	if i.Why != "" {
		say(w.Why, "text", i.Why)
	}
	if i.DoneWhen != "" {
		say(w.Done, "text", i.DoneWhen)
	}
	for _, e := range i.Expect {
		say(w.Expect, "day", w.day(e.By), "text", e.Words)
	}
	for _, c := range i.Checks {
		say(w.List, "text", c.Text)
	}
	switch {
	case who.Asked != "" && !who.Accepts:
		say(w.Asked, "name", who.Asked, "owner", who.Lead)
	case who.Lead != "":
		say(w.Lead, "name", who.Lead)
	}
	if len(who.Helps) > 0 {
		say(w.Help, "names", strings.Join(who.Helps, ", "))
	}
	if i.ReviewOn != "" {
		say(w.Review, "day", w.day(i.ReviewOn))
	}
	if i.Status == OnHold {
		say(w.Hold)
	}
	if !l.Agreed {
		if i.Safety {
			say(w.Safety)
		}
		say(w.NotAgreed)
	}
	return l
}
