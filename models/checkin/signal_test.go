package checkin

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func rulesOf(c CheckIn) []string {
	out := []string{}
	for _, s := range signalsOf(c, ruleSignals(c)) {
		out = append(out, string(s.Tier)+" "+s.Rule)
	}
	return out
}

func phq9(item9 int) func(*Submission) {
	a := InstrumentAnswers{"9": item9}
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		a[n] = 0
	}
	return filled("phq-9", a)
}

func cssrs(a InstrumentAnswers) func(*Submission) { return filled("cssrs-screener-recent", a) }

func filled(id string, a InstrumentAnswers) func(*Submission) {
	return func(s *Submission) {
		s.Instruments = append(s.Instruments, InstrumentSubmission{ID: id, Answers: a})
	}
}

func declined(id string, a InstrumentAnswers, items ...string) func(*Submission) {
	return func(s *Submission) {
		s.Instruments = append(s.Instruments, InstrumentSubmission{ID: id, Answers: a, Declined: items})
	}
}

func told(answers ...any) func(*Submission) {
	return func(s *Submission) {
		for k := 0; k < len(answers); k += 2 {
			s.Answers[answers[k].(string)] = answers[k+1]
		}
	}
}

// TestSafetyAnswersAreMet has a case for each rule that one check-in can answer.
func TestSafetyAnswersAreMet(t *testing.T) {
	all := func(n string, v int) InstrumentAnswers { // an instrument with one answer
		return InstrumentAnswers{n: v}
	}
	for name, c := range map[string]struct {
		change func(*Submission)
		rules  string // "tier rule, tier rule"
		needs  []Need
	}{
		"nothing":                    {told(), "", nil},
		"thoughts":                   {told("safety", true), "urgent R-SI-0", []Need{NeedCrisis}},
		"safety passed over":         {func(s *Submission) { delete(s.Answers, "safety") }, "routine R-SI-3", nil},
		"safety declined":            {func(s *Submission) { delete(s.Answers, "safety"); s.Declined = []string{"safety"} }, "routine R-SI-3", []Need{NeedCrisis}},
		"a scale declined":           {func(s *Submission) { delete(s.Answers, "mood"); s.Declined = []string{"mood", "sleep"} }, "", nil},
		"item 9 declined":            {declined("phq-9", all("1", 0), "9"), "routine R-SI-3", []Need{NeedCrisis}},
		"only item 9 declined":       {declined("phq-9", nil, "9"), "routine R-SI-3", []Need{NeedCrisis}},
		"all of GAD-7 declined":      {declined("gad-7", nil, "1", "2", "3", "4", "5", "6", "7"), "", nil},
		"screener declined":          {declined("cssrs-screener-recent", nil, "1", "2", "6"), "elevated R-CS-4", []Need{NeedCrisis}},
		"screener, yes, rest not":    {declined("cssrs-screener-recent", InstrumentAnswers{"1": 1}, "2", "6"), "urgent R-CS-4", []Need{NeedCrisis}},
		"only an instrument":         {func(s *Submission) { s.Answers = nil; phq9(0)(s) }, "", nil},
		"own words":                  {told("note", "Some days I want to die."), "elevated R-TXT-1", []Need{NeedCrisis}},
		"own words in two places":    {told("note", "Quiero morirme", "gratitude", "I want to die"), "elevated R-TXT-1", []Need{NeedCrisis}},
		"own words of a good day":    {told("note", "Walked with my son."), "", nil},
		"overdose":                   {told("overdose", true), "urgent R-OD-2", []Need{NeedOverdose}},
		"shaking":                    {told("shakes", true), "urgent R-AW-1", []Need{NeedWithdrawal}},
		"an opioid":                  {told("use", "opioid"), "elevated R-OD-0", []Need{NeedOverdose}},
		"a pill":                     {told("use", "unknown-pill"), "elevated R-OD-0", []Need{NeedOverdose}},
		"an opioid with others":      {told("use", "opioid-and-other"), "urgent R-OD-3", []Need{NeedOverdose}},
		"alcohol":                    {told("use", "alcohol"), "", nil},
		"craving 7":                  {told("craving", 7.0), "", nil},
		"craving 8":                  {told("craving", 8.0), "elevated R-CR-1", nil},
		"craving, low, alone":        {told("craving", 8.0, "mood", 2.0, "contact", false), "urgent R-CR-2, elevated R-CR-1", []Need{NeedCrisis}},
		"craving, mood of 3, alone":  {told("craving", 8.0, "mood", 3.0, "contact", false), "elevated R-CR-1", nil},
		"WHODAS of 60.4 %":           {filled("whodas-2-12", InstrumentAnswers{"S1": 4, "S2": 4, "S3": 4, "S4": 4, "S5": 4, "S6": 4, "S7": 4, "S8": 1, "S9": 0, "S10": 0, "S11": 0, "S12": 0}), "routine R-WHODAS", nil},
		"craving, low, no home":      {told("craving", 9.0, "mood", 0.0, "contact", true, "home", false), "urgent R-CR-2, elevated R-CR-1", []Need{NeedCrisis}},
		"craving, low, not alone":    {told("craving", 9.0, "mood", 0.0, "contact", true), "elevated R-CR-1", nil},
		"craving, mood not told":     {func(s *Submission) { told("craving", 9.0, "contact", false)(s); delete(s.Answers, "mood") }, "elevated R-CR-1", nil},
		"two things at once":         {told("safety", true, "use", "opioid"), "urgent R-SI-0, elevated R-OD-0", []Need{NeedCrisis, NeedOverdose}},
		"item 9 is 1":                {phq9(1), "elevated R-SI-1", []Need{NeedCrisis}},
		"item 9 is 2":                {phq9(2), "urgent R-SI-2", []Need{NeedCrisis}},
		"item 9 is left out":         {filled("phq-9", all("1", 0)), "routine R-SI-3", nil},
		"PHQ-9 of 20, one open":      {filled("phq-9", InstrumentAnswers{"1": 3, "2": 3, "3": 3, "4": 3, "5": 3, "6": 3, "7": 2, "9": 0}), "elevated R-SC-1", nil},
		"PHQ-9 of 19":                {filled("phq-9", InstrumentAnswers{"1": 3, "2": 3, "3": 3, "4": 3, "5": 3, "6": 3, "7": 1, "8": 0, "9": 0}), "", nil},
		"PHQ-9 not answered":         {filled("phq-9", nil), "", nil},
		"GAD-7 of 15":                {filled("gad-7", InstrumentAnswers{"1": 3, "2": 3, "3": 3, "4": 3, "5": 3, "6": 0, "7": 0}), "elevated R-SC-2", nil},
		"screener, none":             {cssrs(InstrumentAnswers{"1": 0, "2": 0, "6": 0}), "", nil},
		"screener, low":              {cssrs(InstrumentAnswers{"1": 1, "2": 0, "6": 0}), "elevated R-CS-1", []Need{NeedCrisis}},
		"screener, moderate":         {cssrs(InstrumentAnswers{"1": 0, "2": 0, "6": 1, "6a": 0}), "urgent R-CS-2", []Need{NeedCrisis}},
		"screener, plan":             {cssrs(InstrumentAnswers{"1": 1, "2": 1, "3": 0, "4": 0, "5": 1, "6": 0}), "emergent R-CS-3", []Need{NeedCrisis}},
		"screener, plan, rest open":  {cssrs(InstrumentAnswers{"4": 1}), "emergent R-CS-3", []Need{NeedCrisis}},
		"screener, recent, 6 denied": {cssrs(InstrumentAnswers{"1": 0, "2": 0, "6": 0, "6a": 1}), "emergent R-CS-3", []Need{NeedCrisis}},
		"screener, abandoned":        {cssrs(InstrumentAnswers{"1": 1}), "urgent R-CS-4", []Need{NeedCrisis}},
		"screener, begun":            {cssrs(InstrumentAnswers{"1": 0}), "elevated R-CS-4", []Need{NeedCrisis}},
		"screener, opened":           {cssrs(nil), "elevated R-CS-4", []Need{NeedCrisis}},
		"a drink in the morning":     {filled("audit", all("6", 3)), "urgent R-AW-1", []Need{NeedWithdrawal}},
		"an injury":                  {filled("audit", all("9", 4)), "elevated R-AUDIT-9", nil},
		"AUDIT-C of 8":               {filled("audit-c", InstrumentAnswers{"1": 4, "2": 4}), "elevated R-AUDIT-C", nil},
		"BAM, opioid days":           {filled("bam-17", all("7e", 1)), "elevated R-OD-0", []Need{NeedOverdose}},
		"BAM, use":                   {filled("bam-17", all("4", 1)), "routine R-SC-3", nil},
		"BAM, craving":               {filled("bam-17", all("8", 3)), "elevated R-CR-1", nil},
		"BAM, upset, no income":      {filled("bam-17", InstrumentAnswers{"3": 4, "14": 0}), "elevated R-BAM-3, routine R-BAM-14", nil},
		"DAST, withdrawal":           {filled("dast-10", all("9", 1)), "elevated R-DAST-9", nil},
		"DAST of 6, rest open":       {filled("dast-10", InstrumentAnswers{"1": 1, "2": 1, "3": 0, "4": 1, "5": 1, "6": 1}), "elevated R-DAST", nil},
		"PCL, taking risks":          {filled("pcl-5", all("16", 3)), "elevated R-PCL-16", nil},
		"WHO-5 of 28 %":              {filled("who-5", InstrumentAnswers{"1": 2, "2": 2, "3": 1, "4": 1, "5": 1}), "elevated R-SC-4, routine R-WHO", nil},
		"WHO-5 of 48 %":              {filled("who-5", InstrumentAnswers{"1": 3, "2": 3, "3": 2, "4": 2, "5": 2}), "routine R-WHO", nil},
	} {
		s := submitted()
		c.change(&s)
		in := take(t, s, accessNow)
		if got := strings.Join(rulesOf(in), ", "); got != c.rules || !slices.Equal(in.Needs(), c.needs) {
			t.Errorf("%s: %q needs %v, want %q %v", name, got, in.Needs(), c.rules, c.needs)
		}
		holdSignals(t, name, in)
	}
}

// holdSignals: each signal says what it looked at, what is urgent is met at once,
// and the patient is told none of it.
func holdSignals(t *testing.T, name string, c CheckIn) {
	t.Helper()
	for _, s := range c.Signals {
		if len(s.Inputs) == 0 || s.Version == "" {
			t.Errorf("%s: %+v does not explain itself", name, s)
		}
		if (s.Tier == Urgent || s.Tier == Emergent) && needs[s.Rule] == "" {
			t.Errorf("%s: %s is %s and the patient is shown no help", name, s.Rule, s.Tier)
		}
	}
	b, err := json.Marshal(c.ForPatient())
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"R-", "tier", "urgent", "elevated", "score", "band", "severe", "moderate", "level", "risk", "signals"} {
		if strings.Contains(string(b), word) {
			t.Errorf("%s: the patient would see %q in %s", name, word, b)
		}
	}
}

func TestRulesAreOfKnownInstrumentsAndQuestions(t *testing.T) {
	for id := range instrumentRules {
		if _, ok := FindInstrument(id); !ok {
			t.Errorf("rules for %s, which does not exist", id)
		}
	}
	known := map[string]bool{unreadRule: true, TextRule: true}
	for _, r := range answerRules {
		known[r.rule] = true
	}
	for _, rules := range instrumentRules {
		for _, r := range rules {
			known[r.rule] = true
		}
	}
	for rule := range needs {
		if !known[rule] {
			t.Errorf("help for %s, which no rule says", rule)
		}
	}
}
