package models

import "testing"

func TestAuditWordsAreThereInEachLanguage(t *testing.T) {
	en := auditLanguages()["en"]
	for lang, w := range auditLanguages() {
		for name, pair := range map[string][2]map[string]string{
			"roles": {en.Roles, w.Roles}, "actions": {en.Actions, w.Actions}, "read": {en.Read, w.Read},
			"changed": {en.Changed, w.Changed}, "why": {en.Why, w.Why},
		} {
			for k := range pair[0] {
				if pair[1][k] == "" {
					t.Errorf("%s: %s.%s is missing", lang, name, k)
				}
			}
		}
		if w.You == "" || w.System == "" || w.Somebody == "" || w.Other == "" || w.Refused == "" {
			t.Errorf("%s: a single word is missing", lang)
		}
	}
	for _, r := range Roles {
		if en.Roles[string(r)] == "" {
			t.Errorf("no word for role %s", r)
		}
	}
	for _, d := range Disciplines {
		if en.Roles[string(d)] == "" {
			t.Errorf("no word for discipline %s", d)
		}
	}
	for _, s := range Sections {
		if en.Read[string(s)] == "" {
			t.Errorf("no sentence for reading %s", s)
		}
	}
}

func TestWordsOf(t *testing.T) {
	e := AuditEvent{AccountID: "x", Name: "Dr. Reyes", Role: RoleClinician, Discipline: DisciplinePsychiatry,
		Action: "goals.read", Section: SectionGoals, Basis: BasisTeam, Outcome: OutcomeAllowed}
	if w := WordsOf(e, "en-US"); w != (AuditWords{"Dr. Reyes", "Psychiatrist", "Looked at your goals", "They are on your care team."}) {
		t.Errorf("got %+v", w)
	}
	e.Outcome, e.Basis = OutcomeDenied, BasisNone
	if w := WordsOf(e, "zz"); w.Why != "They were stopped. They saw nothing." {
		t.Errorf("a refusal in an unknown language: %+v", w)
	}
	e = AuditEvent{Action: "glass.broken", Basis: BasisSelf, Outcome: OutcomeAllowed}
	if w := WordsOf(e, "es"); w.Who != "Usted" || w.Role != "" {
		t.Errorf("own line: %+v", w)
	}
}
