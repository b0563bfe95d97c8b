package episode

import (
	"slices"

	"handrail/models"
)

// Question is asked by one section and by no other. Its words stand in the texts of the
// page ("intake.q.KEY").
type Question struct {
	Key     string   `json:"key"`
	Choices []string `json:"choices"` // none: words alone
}

// Section is a part of an intake that one person answers for (FHIR Questionnaire).
type Section struct {
	Key       string
	By        []models.Discipline // who may ask it
	Days      int                 // until it is due [P]
	Questions []Question
	Reads     []string // questions of others whose answers are read first
}

var (
	yesNo  = []string{"yes", "no", "unsure"}
	wanted = []string{"help", "fine", "later"}
)

// Needs are the questions of the section needs: those that referrals are about.
var Needs = []string{"housing", "food", "work", "legal", "transport", "safety", "company"}

// The sections that have more to them than questions.
const (
	SectionMedicines = "medicines" // done when the list was gone through
	SectionNeeds     = "needs"     // its answers are the needs that referrals read
)

func words(keys ...string) (out []Question) {
	for _, k := range keys {
		out = append(out, Question{k, []string{}})
	}
	return out
}

func choices(of []string, keys ...string) (out []Question) {
	for _, k := range keys {
		out = append(out, Question{k, of})
	}
	return out
}

// Sections are the intake, in the order in which it is shown: both domains in one. Which
// profession asks what is our choice [P].
var Sections = []Section{
	{Key: "about", Days: 7, By: of(models.DisciplinePeer, models.DisciplineSocialWork, models.DisciplineCommunity, models.DisciplineNursing, models.DisciplineTherapy, models.DisciplinePsychology),
		Questions: slices.Concat(words("reason", "matters", "helped", "reach"), choices(yesNo, "interpreter"))},
	{Key: SectionMedicines, Days: 3, By: of(models.DisciplinePsychiatry, models.DisciplineAddiction, models.DisciplinePrimaryCare, models.DisciplineNursing, models.DisciplinePharmacy),
		Reads: []string{"substances", "health"}},
	{Key: "use", Days: 7, By: of(models.DisciplineAddiction, models.DisciplinePsychiatry, models.DisciplinePrimaryCare, models.DisciplineNursing),
		Questions: slices.Concat(words("substances", "last-use", "use-care"), choices(yesNo, "overdose", "naloxone", "ill-without")), Reads: []string{"reason", "helped"}},
	{Key: "mind", Days: 7, By: of(models.DisciplinePsychiatry, models.DisciplinePsychology, models.DisciplineTherapy, models.DisciplinePrimaryCare, models.DisciplineNursing),
		Questions: words("mood", "mind-care", "mind-helps"), Reads: []string{"reason", "helped", "substances"}},
	{Key: "body", Days: 14, By: of(models.DisciplineNursing, models.DisciplinePrimaryCare, models.DisciplinePsychiatry, models.DisciplineAddiction),
		Questions: words("health", "sleep-pain"), Reads: []string{"ill-without"}},
	{Key: SectionNeeds, Days: 7, By: of(models.DisciplineSocialWork, models.DisciplineCommunity, models.DisciplinePeer, models.DisciplineNursing),
		Questions: choices(wanted, Needs...), Reads: []string{"reason", "matters"}},
	{Key: "safe", Days: 1, By: of(models.DisciplinePsychiatry, models.DisciplinePsychology, models.DisciplineTherapy, models.DisciplineAddiction, models.DisciplineNursing, models.DisciplinePeer),
		Questions: slices.Concat(choices(yesNo, "crisis-plan"), words("who-helps")), Reads: []string{"overdose", "naloxone"}},
}

func of(d ...models.Discipline) []models.Discipline { return d }

// SectionOf finds a section by its key.
func SectionOf(key string) (Section, bool) {
	i := slices.IndexFunc(Sections, func(s Section) bool { return s.Key == key })
	if i < 0 {
		return Section{}, false
	}
	return Sections[i], true
}

// MayAsk tells whether somebody's profession asks a section.
func MayAsk(section string, r models.Role, d models.Discipline) bool {
	s, known := SectionOf(section)
	return known && r == models.RoleClinician && slices.Contains(s.By, d)
}

func (s Section) question(key string) (Question, bool) {
	i := slices.IndexFunc(s.Questions, func(q Question) bool { return q.Key == key })
	if i < 0 {
		return Question{}, false
	}
	return s.Questions[i], true
}
