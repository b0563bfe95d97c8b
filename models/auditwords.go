package models

import (
	_ "embed"
	"encoding/json"
	"strings"
	"sync"
)

//go:embed data/audit-words.json
var auditWordsData []byte

// AuditWords is an  event in words that a patient understands.
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
func WordsOf(e AuditEvent, language string) AuditWords {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	w, ok := auditLanguages()[base]
	if !ok {
		w = auditLanguages()["en"]
	}
	out := AuditWords{Who: e.Name, What: w.what(e), Why: w.Why[string(e.Basis)], Role: w.Roles[string(e.Role)]}
	if e.Discipline != "" {
		out.Role = w.Roles[string(e.Discipline)]
	}
	switch {
	case e.Via != "":
		out.Who, out.Role = strings.ReplaceAll(w.Via, "{name}", w.madeBy(e.Via)), ""
	case e.Basis == BasisSelf:
		out.Who, out.Role = w.You, ""
	case e.Role == "" && e.AccountID == "system":
		out.Who = w.System
	case e.Name == "":
		out.Who = w.Somebody
	}
	if e.App != "" {
		out.Who = strings.TrimLeft(out.Who+" · "+e.App, " ·")
	}
	if e.Outcome == OutcomeDenied {
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

func (w auditWords) what(e AuditEvent) string {
	if e.Device != "" {
		for _, key := range []string{e.Action + "/" + e.Rule, e.Action + "/device"} {
			if s := w.Actions[key]; s != "" {
				return strings.ReplaceAll(s, "{device}", e.Device)
			}
		}
	}
	for _, key := range []string{e.Action + "/" + e.Rule, e.Action} {
		if s := w.Actions[key]; s != "" {
			return s
		}
	}
	by := w.Changed
	if strings.HasSuffix(e.Action, ".read") {
		by = w.Read
	}
	if s := by[string(e.Section)]; s != "" {
		return s
	}
	return w.Other
}
