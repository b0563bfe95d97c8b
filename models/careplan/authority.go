package careplan

import (
	"slices"

	"handrail/models"
)

// Act is something that one can do with a plan.
type Act string

// The acts.
const (
	ActRead     Act = "read"
	ActOwnWords Act = "own-words" // preferences, fears, barriers, strengths, the patient's words for why
	ActPropose  Act = "propose"   // bring an activity, a step or a goal in
	ActEdit     Act = "edit"      // all but what is named here
	ActProblem  Act = "problem"   // of the mind, of substance use, of the body: add, change, end
	ActLead     Act = "lead"      // answer for an item; the catalogue narrows it
	ActAgree    Act = "agree"     // say yes or no to a version
	ActRate     Act = "rate"      // say how useful something is
)

// Acts lists them.
var Acts = []Act{ActRead, ActOwnWords, ActPropose, ActEdit, ActProblem, ActLead, ActAgree, ActRate}

// clinicians are the disciplines that may do an act; what a trainee does is read.
func clinicians(without ...models.Discipline) []models.Discipline {
	return slices.DeleteFunc(slices.Clone(models.Disciplines), func(d models.Discipline) bool {
		return d == models.DisciplineTrainee || slices.Contains(without, d)
	})
}

// diagnosing are those who name a problem of health. Peers, community workers, dietetics
// and creative therapy work on it and do not name it.
var diagnosing = clinicians(models.DisciplinePeer, models.DisciplineCommunity, models.DisciplineDietetics, models.DisciplineCreative)

// authority is the whole of who may do what (mission M3). patient tells whether the
// patient may; of everybody else only clinicians of the team, by discipline.
var authority = map[Act]struct {
	patient bool
	of      []models.Discipline
}{
	ActRead:     {true, models.Disciplines},
	ActOwnWords: {true, clinicians()},
	ActPropose:  {true, clinicians()},
	ActEdit:     {false, clinicians()},
	ActProblem:  {false, diagnosing},
	ActLead:     {false, clinicians()},
	ActAgree:    {true, clinicians()},
	ActRate:     {true, nil},
}

// May tells whether somebody for whom the plan is open may do an act.
func May(act Act, r models.Role, d models.Discipline) bool {
	a := authority[act]
	switch r {
	case models.RolePatient:
		return a.patient
	case models.RoleClinician:
		return slices.Contains(a.of, d)
	}
	return false
}

// Row is what one sort of person may do, for everybody to read.
type Row struct {
	Role       models.Role       `json:"role"`
	Discipline models.Discipline `json:"discipline,omitempty"`
	May        []Act             `json:"may"`
	Leads      []string          `json:"leads"` // codes of the catalogue
}

// Authority is who may do what: the patient, each discipline of a care team, and the
// roles for whom no plan opens.
func Authority() []Row {
	row := func(r models.Role, d models.Discipline) Row {
		out := Row{r, d, []Act{}, []string{}}
		for _, a := range Acts {
			if May(a, r, d) {
				out.May = append(out.May, a)
			}
		}
		for _, e := range catalogue() {
			if MayLead(e.Code, r, d) {
				out.Leads = append(out.Leads, e.Code)
			}
		}
		return out
	}
	all := []Row{row(models.RolePatient, "")}
	for _, d := range models.Disciplines {
		all = append(all, row(models.RoleClinician, d))
	}
	for _, r := range []models.Role{models.RoleCoordinator, models.RoleAdministrator, models.RoleSupporter, models.RoleGuardian, models.RoleInterpreter} {
		all = append(all, row(r, ""))
	}
	return all
}
