package education

import (
	"math/rand/v2"
	"slices"
	"testing"

	"handrail/models"
)

func TestSuggestionsAreForTheReaderAndTheirSituation(t *testing.T) {
	by := func(how KnownBy, s ...Situation) (out []Fact) {
		for _, one := range s {
			out = append(out, Fact{one, how})
		}
		return out
	}
	for name, c := range map[string]struct {
		who   Audience
		facts []Fact
		read  []string
		want  []Suggestion
	}{
		"after detox":               {ForPatient, by(KnownRecord, AfterBreak), nil, []Suggestion{{"tolerance-after-a-break", AfterBreak}, {"naloxone", AfterBreak}, {"high-risk-moments", AfterBreak}}},
		"plan made":                 {ForPatient, by(KnownRecord, PlanMade), nil, []Suggestion{{"crisis-plan", PlanMade}}},
		"read already":              {ForPatient, by(KnownRecord, PlanMade), []string{"crisis-plan"}, []Suggestion{}},
		"once only":                 {ForPatient, by(KnownRecord, NewMedicine, AfterUse), nil, []Suggestion{{"opioid-medicine", NewMedicine}, {"tolerance-after-a-break", NewMedicine}, {"signs-of-return-to-use", AfterUse}}},
		"a family is told no detox": {ForFamily, by(KnownRecord, AfterBreak, AfterUse, StrongCraving), nil, []Suggestion{}},
		"what they typed":           {ForFamily, by(KnownTyped, FearsSuicide), nil, []Suggestion{{"asking-about-suicide", FearsSuicide}, {"crisis-plan", FearsSuicide}}},
		"what a scope shows":        {ForFamily, by(KnownScope, PlanShared), nil, []Suggestion{{"crisis-plan", PlanShared}}},
		"not for a family":          {ForFamily, by(KnownTyped, StrongCraving), nil, []Suggestion{{"high-risk-moments", StrongCraving}}},
		"not for a patient":         {ForPatient, by(KnownTyped, OwnStrain), nil, []Suggestion{}},
		"a fact known in no way":    {ForFamily, []Fact{{AfterBreak, ""}}, nil, []Suggestion{}},
		"a situation of the future": {ForPatient, by(KnownRecord, "new"), nil, []Suggestion{}},
		"nothing":                   {ForPatient, nil, nil, []Suggestion{}},
	} {
		if got := Suggest(c.who, c.facts, c.read); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Whatever is in a patient's record, a supporter gets the same list without it.
func TestTheRecordNeverMovesASupportersList(t *testing.T) {
	var situations []Situation
	for s := range suggested {
		situations = append(situations, s)
	}
	slices.Sort(situations)
	r := rand.New(rand.NewPCG(16, 1))
	for range 2000 {
		var all, theirs []Fact
		for range r.IntN(8) {
			f := Fact{situations[r.IntN(len(situations))], []KnownBy{KnownRecord, KnownTyped, KnownScope}[r.IntN(3)]}
			all = append(all, f)
			if f.By != KnownRecord {
				theirs = append(theirs, f)
			}
		}
		if a, b := Suggest(ForFamily, all, nil), Suggest(ForFamily, theirs, nil); !slices.Equal(a, b) {
			t.Fatalf("%v: %v, without the record %v", all, a, b)
		}
	}
}

func TestEverySuggestionIsInTheLibrary(t *testing.T) {
	for s, ids := range suggested {
		for _, id := range ids {
			if len(Builtin().Languages(id)) == 0 {
				t.Errorf("%s: there is no %s", s, id)
			}
		}
	}
}

func TestAWrongAnswerShowsTheSectionAgain(t *testing.T) {
	eachModule(t, func(t *testing.T, m Module) {
		for i, a := range m.Question.Answers {
			told, err := m.Question.Tell(i)
			if err != nil || told.Right != a.Right || told.Feedback == "" || !told.Right && (told.Section < 1 || told.Section > sectionsOf(m.Body)) {
				t.Errorf("%d: %+v %v", i, told, err)
			}
		}
		for _, i := range []int{-1, len(m.Question.Answers)} {
			if _, err := m.Question.Tell(i); fieldsOf(err)["answer"] != "no-such-answer" {
				t.Errorf("%d: %v", i, err)
			}
		}
	})
}

func TestAnswersAreChecked(t *testing.T) {
	m := moduleOf(t)
	good := Answered{m.ID, "en", m.Fingerprint(), 1}
	if err := good.Check(); err != nil {
		t.Error(fieldsOf(err))
	}
	for field, a := range map[string]Answered{
		"module": {"../x", "en", m.Fingerprint(), 1}, "language": {"a", "", m.Fingerprint(), 1}, "fingerprint": {"a", "en", "", 1}, "answer": {"a", "en", m.Fingerprint(), 5},
	} {
		if err := a.Check(); models.KindOf(err) != models.KindInvalid || fieldsOf(err)[field] == "" {
			t.Errorf("%s: %v", field, fieldsOf(err))
		}
	}
}
