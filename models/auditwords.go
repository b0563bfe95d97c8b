package models

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed data/audit-words.json
var auditWordsData []byte

// AuditWords is an audit line in words that a patient understands.
type AuditWords struct{ Who, Role, What, Why string }

// auditWords is the wording of one language. Actions that have no sentence of
// their own are told by their section and whether something was changed.
type auditWords struct {
	You      string            `json:"you"`
	System   string            `json:"system"`
	Somebody string            `json:"somebody"`
	Via      string            `json:"via"`     // who came by a code; {name} made it
	Roles    map[string]string `json:"roles"`   // by role or discipline
	Actions  map[string]string `json:"actions"` // by action
	Read     map[string]string `json:"read"`    // by section
	Changed  map[string]string `json:"changed"` // by section
	Other    string            `json:"other"`
	Why      map[string]string `json:"why"` // by basis
	Refused  string            `json:"refused"`
}

var auditLanguages = sync.OnceValue(func() map[string]auditWords {
	out := map[string]auditWords{}
	if err := json.Unmarshal(auditWordsData, &out); err != nil {
		panic("models: audit-words.json: " + err.Error()) // built in; a test reads it
	}
	return out
})

// WordsOf tells a line in a language (BCP 47); one that is not there gets English.
func WordsOf(l AuditLine, language string) AuditWords {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	w, ok := auditLanguages()[base]
	if !ok {
		w = auditLanguages()["en"]
	}
	out := AuditWords{Who: l.Name, What: w.what(l), Why: w.Why[string(l.Basis)], Role: w.Roles[string(l.Role)]}
	if l.Discipline != "" {
		out.Role = w.Roles[string(l.Discipline)]
	}
	switch {
	case l.Via != "":
		out.Who, out.Role = strings.ReplaceAll(w.Via, "{name}", w.madeBy(l.Via)), ""
	case l.Basis == BasisSelf:
		out.Who, out.Role = w.You, ""
	case l.Role == "" && l.AccountID == "system":
		out.Who = w.System
	case l.Name == "":
		out.Who = w.Somebody
	}
	if l.Outcome == OutcomeDenied {
		out.Why = w.Refused
	}
	return out
}

// madeBy is who made a code: somebody of the office, or the operator of the program.
func (w auditWords) madeBy(name string) string {
	if name == SystemName {
		return w.System
	}
	return name
}

func (w auditWords) what(l AuditLine) string {
	if l.Device != "" {
		for _, key := range []string{l.Action + "/" + l.Rule, l.Action + "/device"} {
			if s := w.Actions[key]; s != "" {
				return strings.ReplaceAll(s, "{device}", l.Device)
			}
		}
	}
	for _, key := range []string{l.Action + "/" + l.Rule, l.Action} {
		if s := w.Actions[key]; s != "" {
			return s
		}
	}
	by := w.Changed
	if strings.HasSuffix(l.Action, ".read") {
		by = w.Read
	}
	if s := by[string(l.Section)]; s != "" {
		return s
	}
	return w.Other
}
