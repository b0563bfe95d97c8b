package education

import "golang.org/x/text/language"

// View is a module as a reader gets it: what the API answers, what an offline pack
// holds, what Page shows.
type View struct {
	ID          string   `json:"id"`
	Language    string   `json:"language"`
	Direction   string   `json:"direction"` // ltr, rtl
	Title       string   `json:"title"`
	Summary     string   `json:"summary"`
	Topic       Topic    `json:"topic"`
	Need        Need     `json:"need"`
	Audience    Audience `json:"audience"`
	Safety      bool     `json:"safety"`
	Minutes     int      `json:"minutes"`
	HTML        string   `json:"html"` // of the body; sections are s1, s2 ...
	Question    Question `json:"question"`
	Try         string   `json:"try"`
	Words       []Term   `json:"words"`
	Sources     []Source `json:"sources"`
	Related     []string `json:"related"`
	Fingerprint string   `json:"fingerprint"`
	Fallback    bool     `json:"fallback"` // not the language that was asked for
	Behind      bool     `json:"behind"`   // the source text has changed since
	NotYet      bool     `json:"notYet"`   // no clinician has reviewed it
	ReviewedOn  string   `json:"reviewedOn,omitempty"`
	Library     string   `json:"library,omitempty"` // https address: the same in the library of the site
}

// ViewOf makes the view of what Choose found. href says where links lead, as for HTML.
func ViewOf(s Shown, href func(Place) string) View {
	v := View{
		ID: s.ID, Language: s.Language, Direction: Direction(s.Language), Title: s.Title, Summary: s.Summary, Topic: s.Topic, Need: s.Need,
		Audience: s.Audience, Safety: s.Safety, Minutes: MeasureOf(s.Module).Minutes, HTML: HTML(s.Body, href), Question: s.Question, Try: s.Try,
		Words: append([]Term{}, Explained(s.Module)...), Sources: []Source{}, Related: append([]string{}, s.Related...), Fingerprint: s.Fingerprint(),
		Fallback: s.Fallback, Behind: s.Behind, NotYet: s.NotYet, ReviewedOn: s.SeenOn,
	}
	for _, id := range s.Sources {
		if source, ok := Sources()[id]; ok {
			v.Sources = append(v.Sources, source)
		}
	}
	return v
}

// Direction is the direction in which a language is written: "rtl" or "ltr".
func Direction(tag string) string {
	script, _ := language.Make(tag).Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg":
		return "rtl"
	}
	return "ltr"
}
