package sideeffect

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"handrail/models/medicine"
)

// Field is one of a report for the authority: its number and name in ICH E2B(R3). Null is
// its null flavor where there is no value: MSK (kept back), NI (not known).
type Field struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
	Null  string `json:"nullFlavor,omitempty"`
}

// ForAuthority is a report as a pharmacovigilance authority asks for it, by the fields of
// ICH E2B(R3). It names no person. It is no message that a gateway takes: there are no
// codes of MedDRA, which is licensed.
type ForAuthority struct {
	Standard string    `json:"standard"`
	MadeAt   time.Time `json:"madeAt"`
	LeftOut  int       `json:"leftOut"` // medicines that tell of substance use (42 CFR Part 2)
	Fields   []Field   `json:"fields"`
}

// place is where a word stands in the list of codes of a field; E2B counts from 1.
func place(of []string, word string, codes ...string) string {
	i := slices.Index(of, word)
	if i < 0 {
		return ""
	}
	return codes[i]
}

// Authority writes a report for the authority. others are the medicines that were taken
// beside it; age is in years, -1 for one that is not known.
func (r Report) Authority(m *medicine.Medicine, others []medicine.Medicine, age int, language string, now time.Time) ForAuthority {
	out := ForAuthority{Standard: "ICH E2B(R3), by field", MadeAt: now}
	add := func(id, name, value string) {
		f := Field{ID: id, Name: name, Value: value}
		if value == "" {
			f.Null = "NI"
		}
		out.Fields = append(out.Fields, f)
	}
	add("C.1.1", "Sender's safety report unique identifier", "handrail-"+r.ID)
	add("C.1.2", "Date of creation", now.Format(time.RFC3339))
	add("C.1.3", "Type of report", "1") // spontaneous
	add("C.1.4", "Date first received from source", r.At.Format(time.DateOnly))
	who := "5" // consumer or other
	if r.By.Role.Staff() {
		who = "3" // another health professional
	}
	add("C.2.r.4", "Qualification of reporter", who)
	out.Fields = append(out.Fields, Field{ID: "D.1", Name: "Patient", Null: "MSK"})
	if age >= 0 {
		add("D.2.2a", "Age at time of onset", strconv.Itoa(age))
		add("D.2.2b", "Age, unit", "a")
	}
	add("E.i.1.1a", "Reaction as reported by the primary source", strings.TrimSpace(strings.Join(r.Effects, ", ")+"; "+r.Words))
	add("E.i.1.1b", "Reaction as reported, language", language)
	add("E.i.2.1b", "Reaction (MedDRA code)", "")
	r.criteria(add)
	add("E.i.4", "Date of start of reaction", r.StartedOn)
	add("E.i.5", "Date of end of reaction", r.EndedOn)
	outcome := "0"
	if r.Answer != nil {
		outcome = place(Outcomes, r.Answer.Outcome, "1", "2", "3", "4", "5", "0")
	}
	add("E.i.7", "Outcome of reaction", outcome)
	if m != nil {
		drug(add, "1", *m)
		if r.Answer != nil {
			add("G.k.8", "Action taken with drug", place(Actions, r.Answer.Action, "1", "2", "3", "4", "0", "9"))
			add("G.k.9.i.2.r.2", "Method of assessment", "WHO-UMC")
			add("G.k.9.i.2.r.3", "Result of assessment", r.Answer.Assessment)
		}
	}
	for _, o := range others {
		if o.UseRelated {
			out.LeftOut++
			continue
		}
		drug(add, "2", o)
	}
	add("H.1", "Case narrative", "How bad, as the patient says: "+r.Severity)
	return out
}

func (r Report) criteria(add func(id, name, value string)) {
	names := map[string][2]string{"death": {"E.i.3.2a", "Results in death"}, "life-threatening": {"E.i.3.2b", "Life threatening"},
		"hospitalisation": {"E.i.3.2c", "Caused or prolonged hospitalisation"}, "disabling": {"E.i.3.2d", "Disabling or incapacitating"},
		"birth-defect": {"E.i.3.2e", "Congenital anomaly or birth defect"}, "other-important": {"E.i.3.2f", "Other medically important condition"}}
	if r.Answer == nil {
		return
	}
	for _, c := range Criteria {
		if slices.Contains(r.Answer.Criteria, c) {
			add(names[c][0], names[c][1], "true")
		}
	}
}

// drug writes a medicine: role 1 is suspect, 2 taken beside it.
func drug(add func(id, name, value string), role string, m medicine.Medicine) {
	add("G.k.1", "Characterisation of drug role", role)
	add("G.k.2.2", "Medicinal product name as reported", m.Name)
	for _, i := range m.Ingredients {
		add("G.k.2.3.r.1", "Substance name", i.Name)
	}
	add("G.k.4.r.4", "Date of start of drug", m.Since)
	if m.Stop != nil {
		add("G.k.4.r.5", "Date of last administration", m.Stop.On)
	}
	if m.Directions != "" {
		add("G.k.4.r.8", "Dosage text", m.Directions)
	}
	add("G.k.7.r.1", "Indication as reported", m.Why)
}
