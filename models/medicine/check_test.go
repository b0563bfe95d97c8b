package medicine

import (
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)

func shipped(t testing.TB) *Set {
	t.Helper()
	s, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func readJSON(t testing.TB, file string, into any) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func active(names ...string) (out []Item) {
	for _, n := range names {
		out = append(out, Item{ID: n, Names: []string{n}, State: Active})
	}
	return out
}

// ordered is a list with its last one new.
func ordered(names ...string) Input {
	in := Input{Items: active(names...), At: noon}
	in.Items[len(in.Items)-1].State = New
	return in
}

func find(r Result, rule string) (Finding, bool) {
	i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Rule == rule })
	if i < 0 {
		return Finding{}, false
	}
	return r.Findings[i], true
}

type vector struct {
	Rule, New, Stop, Late, Reaction string
	Severity                        Severity
	List                            []string
	Facts                           map[string]any
	Duty                            bool
	Interrupts                      bool
}

func (v vector) input() Input {
	in := Input{Items: active(v.List...), Facts: map[string]Fact{}, At: noon}
	add := func(name string, state State, late bool) {
		if name != "" {
			in.Items = append(in.Items, Item{ID: name, Names: []string{name}, State: state, Late: late})
		}
	}
	add(v.New, New, false)
	add(v.Stop, Stopping, false)
	add(v.Late, Active, true)
	for code, value := range v.Facts {
		f := Fact{Code: code, On: noon}
		if word, is := value.(string); is {
			f.Word = word
		} else {
			f.Number = value.(float64)
		}
		in.Facts[code] = f
	}
	if v.Reaction != "" {
		in.Reactions = []Reaction{{Names: []string{v.Reaction}, Certain: true}}
	}
	return in
}

func (v vector) holds(s *Set) bool {
	r := s.Check(v.input())
	if v.Duty {
		return slices.ContainsFunc(r.Duties, func(d Duty) bool { return d.Rule == v.Rule && d.Overdue })
	}
	f, ok := find(r, v.Rule)
	return ok && f.Severity == v.Severity && f.Interrupts == v.Interrupts
}

// TestVectors holds each rule against what somebody wrote down that it must do, and a set
// without that rule against the same: it must fail.
func TestVectors(t *testing.T) {
	s := shipped(t)
	var vectors []vector
	readJSON(t, "testdata/vectors.json", &vectors)
	held := map[string]bool{}
	for _, v := range vectors {
		if !v.holds(s) {
			t.Errorf("%s does not do what it must: %+v", v.Rule, s.Check(v.input()))
		}
		held[v.Rule] = true
	}
	for i, r := range s.Rules {
		if !held[r.ID] {
			t.Errorf("%s has no vector", r.ID)
		}
		less, err := Make("less", s.ReviewedOn, s.groups, slices.Delete(slices.Clone(s.Rules), i, i+1))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(vectors, func(v vector) bool { return v.Rule == r.ID && !v.holds(less) }) {
			t.Errorf("without %s nothing fails", r.ID)
		}
	}
	t.Logf("%d rules, %d ingredients", len(s.Rules), s.cat.Size())
}

type pack struct {
	Rows []struct {
		ID       string
		A, B     []string
		Severity Severity
	}
	Groups  map[string][]string
	Drugs   map[string]string
	Vectors []struct {
		Meds   []string
		Expect []struct {
			ID       string
			Severity Severity
			Pairs    [][]string
		}
	}
}

func (p pack) members(names []string) (out []string) {
	for _, n := range names {
		if g, is := strings.CutPrefix(n, "@"); is {
			out = append(out, p.members(p.Groups[g])...)
		} else {
			out = append(out, n)
		}
	}
	return out
}

// TestReference holds all that the clinical reference has: its vectors, the code of each
// of its ingredients, and each pair of each row in both orders.
func TestReference(t *testing.T) {
	s := shipped(t)
	var p pack
	readJSON(t, "testdata/pack.json", &p)
	for _, v := range p.Vectors {
		var got, want []string
		for _, f := range s.Check(Input{Items: active(v.Meds...), At: noon}).Findings {
			got = append(got, f.Rule+" "+string(f.Severity)+" "+strings.Join(f.Ingredients, "+"))
		}
		for _, e := range v.Expect {
			want = append(want, e.ID+" "+string(e.Severity)+" "+strings.Join(e.Pairs[0], "+"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%v: %q, want %q", v.Meds, got, want)
		}
	}
	for name, code := range p.Drugs {
		if i := s.cat.Of(name); i.Code != code || s.cat.index[name] == 0 && name != s.cat.All()[0] {
			t.Errorf("%s has the code %q, want %q", name, i.Code, code)
		}
	}
	pairs := 0
	for _, row := range p.Rows {
		for _, a := range p.members(row.A) {
			for _, b := range p.members(row.B) {
				for _, in := range []Input{ordered(a, b), ordered(b, a)} {
					pairs++
					f, ok := find(s.Check(in), row.ID)
					stops := row.Severity == Contraindicated || row.Severity == Major
					if a != b && (!ok || f.Severity != row.Severity || f.Interrupts != stops || row.Severity == Contraindicated && !f.EachTime) {
						t.Errorf("%s: %s with %s: %+v", row.ID, a, b, f)
					}
				}
			}
		}
	}
	t.Logf("%d rows, %d orders, %d vectors", len(p.Rows), pairs, len(p.Vectors))
}

// TestFifteenPairs: each of the fifteen class pairs that every system must interrupt for,
// by each member that was read at the source, interrupts each time: also when somebody
// went on with it before.
func TestFifteenPairs(t *testing.T) {
	maoi := "tranylcypromine phenelzine isocarboxazid selegiline linezolid procarbazine"
	strong := "ketoconazole itraconazole clarithromycin"
	pairs := [15][2]string{
		{"dexmethylphenidate methylphenidate dextroamphetamine lisdexamfetamine methamphetamine phendimetrazine pseudoephedrine benzphetamine diethylpropion phentermine atomoxetine amphetamine", maoi},
		{"atazanavir", "omeprazole esomeprazole lansoprazole pantoprazole rabeprazole"},
		{"febuxostat", "azathioprine mercaptopurine"},
		{"fluoxetine paroxetine citalopram escitalopram sertraline fluvoxamine duloxetine nefazodone desvenlafaxine milnacipran venlafaxine", maoi + "|methylene blue"},
		{"irinotecan", strong},
		{"meperidine tramadol methadone fentanyl dextromethorphan", maoi},
		{"amitriptyline nortriptyline imipramine clomipramine desipramine doxepin", maoi},
		{"haloperidol ziprasidone thioridazine pimozide chlorpromazine methadone citalopram escitalopram erythromycin", "haloperidol ziprasidone thioridazine pimozide chlorpromazine methadone citalopram escitalopram ondansetron erythromycin"},
		{"ramelteon", "fluvoxamine"},
		{"atazanavir ritonavir darunavir lopinavir saquinavir", "rifampin|st. john's wort"},
		{"simvastatin lovastatin", strong + " ritonavir atazanavir darunavir"},
		{"ergotamine dihydroergotamine", strong + " ritonavir atazanavir"},
		{"tizanidine", "fluvoxamine ciprofloxacin"},
		{"tranylcypromine", "procarbazine"},
		{"sumatriptan rizatriptan zolmitriptan eletriptan", maoi},
	}
	s := shipped(t)
	done := 0
	for i, pair := range pairs {
		for _, a := range words(pair[0]) {
			for _, b := range words(pair[1]) {
				if a == b {
					continue
				}
				for _, in := range []Input{ordered(a, b), ordered(b, a)} {
					in.Passed = map[string]bool{}
					for _, f := range s.Check(in).Findings {
						in.Passed[f.Key] = true
					}
					done++
					if !slices.ContainsFunc(s.Check(in).Findings, func(f Finding) bool { return f.Interrupts && f.EachTime && s.onc(f.Rule, i+1) }) {
						t.Errorf("pair %d: %s with %s does not interrupt each time", i+1, a, b)
					}
				}
			}
		}
	}
	t.Logf("15 of 15 class pairs, %d orders", done)
}

func (s *Set) onc(rule string, n int) bool {
	i := slices.IndexFunc(s.Rules, func(r Rule) bool { return r.ID == rule })
	return i >= 0 && slices.Contains(s.Rules[i].Onc, n)
}

func words(text string) (out []string) {
	for _, part := range strings.Split(text, "|") {
		if strings.ContainsAny(part, ".") || part == "methylene blue" {
			out = append(out, part)
			continue
		}
		out = append(out, strings.Fields(part)...)
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return slices.DeleteFunc(out, func(w string) bool { return w == "" })
}

func TestMajorInterruptsOnceForEachNewPair(t *testing.T) {
	s := shipped(t)
	in := ordered("buprenorphine", "diazepam")
	f, _ := find(s.Check(in), "bup-benzo")
	if !f.Interrupts || !f.MayPass || !f.Moud {
		t.Errorf("a new sedative with buprenorphine: %+v", f)
	}
	in.Passed = map[string]bool{f.Key: true}
	if f, _ := find(s.Check(in), "bup-benzo"); f.Interrupts {
		t.Error("the same pair interrupts again")
	}
	in.Items = append(in.Items, Item{ID: "x", Names: []string{"lorazepam"}, State: New})
	if r := s.Check(in); !slices.ContainsFunc(r.Interruptions(), func(f Finding) bool { return f.Rule == "bup-benzo" }) {
		t.Error("another pair does not interrupt")
	}
	in = Input{Items: active("buprenorphine", "diazepam"), At: noon}
	if len(s.Check(in).Interruptions()) > 0 {
		t.Error("a list that nobody changes interrupts")
	}
}

func TestMoudIsNeverWithheld(t *testing.T) {
	s := shipped(t)
	for _, a := range s.Members("@moud") {
		for _, b := range s.cat.All() {
			for _, f := range s.Check(ordered(b, a)).Findings {
				if !f.MayPass {
					t.Errorf("%s with %s can't be passed", a, b)
				}
			}
		}
	}
}

func TestRecentlyStoppedStillCounts(t *testing.T) {
	s := shipped(t)
	for _, c := range []struct {
		stopped, start, rule string
		days                 int
		want                 bool
	}{
		{"phenelzine", "sertraline", "ssri-maoi", 13, true}, {"phenelzine", "sertraline", "ssri-maoi", 14, false},
		{"fluoxetine", "phenelzine", "ssri-maoi", 34, true}, {"fluoxetine", "phenelzine", "ssri-maoi", 35, false},
		{"methadone", "naltrexone", "naltrexone-opioid", 13, true}, {"oxycodone", "naltrexone", "naltrexone-opioid", 11, false},
		{"oxycodone", "naltrexone", "naltrexone-opioid", 9, true}, {"sertraline", "phenelzine", "ssri-maoi", 0, false},
		{"diazepam", "buprenorphine", "bup-benzo", 0, false},
	} {
		in := ordered(c.stopped, c.start)
		in.Items[0].State, in.Items[0].Since = Stopped, c.days
		if f, ok := find(s.Check(in), c.rule); ok != c.want || ok && !f.Interrupts {
			t.Errorf("%s %d days after %s: %v", c.start, c.days, c.stopped, ok)
		}
	}
	in := Input{Items: active("phenelzine", "sertraline"), At: noon}
	in.Items[0].State, in.Items[1].State = Stopped, Stopped
	if r := s.Check(in); len(r.Findings) > 0 {
		t.Errorf("two that are both stopped: %+v", r.Findings)
	}
}

func TestFactsAreAskedBeforeAnInterruption(t *testing.T) {
	s := shipped(t)
	in := ordered("morphine", "trazodone", "hydroxyzine")
	r := s.Check(in)
	if f, _ := find(r, "sedative-load"); !f.Interrupts {
		t.Error("three sedatives do not interrupt while nothing is known of naloxone")
	}
	if !slices.ContainsFunc(r.Asks, func(a Ask) bool { return a.Fact == "naloxone" && !a.Required }) {
		t.Errorf("naloxone is not asked for: %+v", r.Asks)
	}
	for days, want := range map[int]bool{10: false, 200: true} { // fresh, stale
		in.Facts = map[string]Fact{"naloxone": {Code: "naloxone", On: noon.AddDate(0, 0, -days), Word: "yes"}}
		if f, _ := find(s.Check(in), "sedative-load"); f.Interrupts != want {
			t.Errorf("naloxone at home, told %d days ago: interrupts %v", days, f.Interrupts)
		}
	}
	r = s.Check(ordered("naltrexone"))
	if !slices.ContainsFunc(r.Asks, func(a Ask) bool { return a.Fact == "opioid-free-days" && a.Required }) {
		t.Errorf("naltrexone does not ask how long without opioids: %+v", r.Asks)
	}
	in = ordered("phenelzine", "amphetamine")
	in.Items[0] = Item{ID: "patch", Names: []string{"selegiline"}, State: Active, Amount: 6, Unit: "mg"}
	if f, _ := find(s.Check(in), "maoi-stimulant"); f.Severity != Major || !f.Calmed || f.EachTime {
		t.Errorf("a little selegiline: %+v", f)
	}
	if asks := s.Check(Input{Items: active("naltrexone", "morphine"), At: noon}).Asks; len(asks) > 0 {
		t.Errorf("a list that nobody changes asks: %+v", asks)
	}
}

func TestStops(t *testing.T) {
	s := shipped(t)
	in := Input{Items: active("diazepam", "diazepam"), At: noon}
	in.Items[0].State, in.Items[1].ID = Stopping, "other"
	if _, ok := find(s.Check(in), "benzodiazepine-stop"); ok {
		t.Error("who goes on with the same by another line is warned of a stop")
	}
	in.Items = append(in.Items[:1], active("clozapine")...)
	if _, ok := find(s.Check(in), "clozapine-benzo"); ok {
		t.Error("what is being stopped is still held against the rest")
	}
}

func TestReactions(t *testing.T) {
	s := shipped(t)
	in := ordered("paroxetine")
	in.Reactions = []Reaction{{Names: []string{"paroxetine"}}}
	if f, ok := find(s.Check(in), "reaction-same"); !ok || f.Interrupts {
		t.Errorf("one that is not sure: %+v", f)
	}
	in.Reactions = append(in.Reactions, Reaction{Names: []string{"paroxetine"}, Certain: true})
	if f, _ := find(s.Check(in), "reaction-same"); !f.Interrupts || !f.EachTime {
		t.Errorf("one that is sure: %+v", f)
	}
}

func TestClozapineCountsGetRarer(t *testing.T) {
	s := shipped(t)
	for days, want := range map[int]int{10: 7, 200: 14, 400: 28} {
		in := Input{Items: active("clozapine"), Facts: map[string]Fact{"anc": {On: noon, Number: 3}}, At: noon}
		in.Items[0].Started = noon.AddDate(0, 0, -days)
		for _, d := range s.Check(in).Duties {
			if d.Fact == "anc" && !d.Due.Equal(noon.AddDate(0, 0, want)) {
				t.Errorf("after %d days the next count is due %v", days, d.Due)
			}
		}
	}
}

func TestNames(t *testing.T) {
	c := Known()
	for text, want := range map[string]string{
		"Lithium carbonate": "lithium", "divalproex sodium": "valproic acid", "Valproic acid": "valproic acid", "Suboxone": "buprenorphine,naloxone",
		"buprenorphine/naloxone film": "buprenorphine,naloxone", "buprenorphine-naloxone": "buprenorphine,naloxone", "Fentanyl patch 25 mcg": "fentanyl",
		"selegiline transdermal": "selegiline", "quetiapine 25 mg tablet": "quetiapine", "haloperidol decanoate": "haloperidol", "Symbyax": "olanzapine,fluoxetine",
		"naltrexone + bupropion": "naltrexone,bupropion", "St. John's wort": "st. john's wort", "vodka": "ethanol", "  METHADONE   hydrochloride ": "methadone",
		"tobacco-smoke": "tobacco-smoke", "haloperidol (Haldol)": "haloperidol", "paracetamol and codeine": "acetaminophen,codeine",
	} {
		if got, all := c.Find(text); !all || strings.Join(got, ",") != want {
			t.Errorf("%q is %v (%v), want %s", text, got, all, want)
		}
	}
	for _, text := range []string{"", "moonflower", "12", "///", "acid", "sodium chloride", "benzo", "@maoi", strings.Repeat("a/", 400)} {
		if got, all := c.Find(text); all {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
	if got, all := c.Find("oxycodone / moonflower"); all || !slices.Equal(got, []string{"oxycodone"}) {
		t.Errorf("half known: %v %v", got, all)
	}
	if _, all := c.Find("nicotine patch"); !all {
		t.Error("a nicotine patch is not known")
	}
	if got, _ := c.Find("nicotine patch"); slices.Contains(got, "tobacco-smoke") {
		t.Error("nicotine replacement is taken for smoke")
	}
	if !strings.Contains(c.Licence, "SAB=RXNORM") {
		t.Error("the licence of the codes is not with them")
	}
}

// TestBadRulesAreRefused: what can't be trusted checks nothing.
func TestBadRulesAreRefused(t *testing.T) {
	good := `{"id":"x","kind":"pair","severity":"major","a":["@g"],"b":["ethanol"],"why":"w","instead":"i","who":"both","source":"s","tag":"K"}`
	file := func(groups, rules string) []byte {
		return []byte(`{"version":"1","reviewedOn":"2026-11-28","groups":{` + groups + `},"rules":[` + rules + `]}`)
	}
	if _, err := Parse(file(`"g":["lithium"]`, good)); err != nil {
		t.Fatal(err)
	}
	all, _ := json.Marshal(Known().All())
	for name, bad := range map[string][]byte{
		"empty": nil, "no JSON": []byte("<html>"), "cut off": file(`"g":["lithium"]`, good)[:150], "nothing": file(``, ``),
		"a circle": file(`"g":["@h"],"h":["@g"]`, good), "itself": file(`"g":["@g"]`, good), "everything": file(`"g":`+string(all), good),
		"star": file(`"g":["*"]`, good), "no group": file(``, good), "empty group": file(`"g":[]`, good), "twice": file(`"g":["lithium"]`, good+","+good),
		"unknown word": file(`"g":["lithium"]`, strings.Replace(good, `"kind"`, `"kindd"`, 1)), "unknown kind": file(`"g":["lithium"]`, strings.Replace(good, `"pair"`, `"x"`, 1)),
		"no source": file(`"g":["lithium"]`, strings.Replace(good, `"s"`, `""`, 1)), "no severity": file(`"g":["lithium"]`, strings.Replace(good, `"major"`, `"bad"`, 1)),
		"a dose": file(`"g":["lithium"]`, strings.Replace(good, `"i"`, `"Take 2 tablets."`, 1)), "no b": file(`"g":["lithium"]`, strings.Replace(good, `"b":["ethanol"],`, ``, 1)),
		"no such ingredient": file(`"g":["lithium"]`, strings.Replace(good, "ethanol", "ethanool", 1)), "no day": []byte(strings.Replace(string(file(`"g":["lithium"]`, good)), "2026-11-28", "soon", 1)),
	} {
		if _, err := Parse(bad); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestNoRuleHoldsADose(t *testing.T) {
	for _, text := range []string{"Take 20 mg.", "Use one third of the dose", "take two tablets", "Lower the dose", "half the dose", "5 ml", "Tome dos pastillas.", "Reduzca la dosis.", "خذ قرصين", "٥ ملغ",
		"Take it as soon as you remember.", "take the missed one at once", "Skip the missed dose.", "take double", "Take another tablet", "catch up on what you missed",
		"Tómelo en cuanto se acuerde.", "tome otra pastilla", "Salte la dosis.", "خذه فورًا", "تخطّ الجرعة", "خذ جرعة"} {
		if !HasDose(text) {
			t.Errorf("%q passes", text)
		}
	}
	for _, text := range []string{"Ask your team before you take the next one.", "Take another way.", "How is it taken?", "اسأل فريقك قبل أن تأخذ التالي."} {
		if HasDose(text) {
			t.Errorf("%q does not pass", text)
		}
	}
	for _, r := range shipped(t).Rules {
		if HasDose(r.Why + " " + r.Instead) {
			t.Errorf("%s holds a dose", r.ID)
		}
	}
}

func TestRulesGrowOld(t *testing.T) {
	s := shipped(t)
	year := s.ReviewedOn.AddDate(1, 0, 0)
	for days, want := range map[int]Age{-61: {}, -60: {Warn: true}, -1: {Warn: true}, 0: {Warn: true, Old: true}} {
		want.Until = year
		if got := s.AgeAt(year.AddDate(0, 0, days)); got != want {
			t.Errorf("%d days: %+v", days, got)
		}
	}
}

// BenchmarkCheck: a list of 30 medicines against 2,000 rules, one of them new.
func BenchmarkCheck(b *testing.B) {
	s := shipped(b)
	rules := slices.Clone(s.Rules)
	names := s.cat.All()
	for i := 0; len(rules) < 2000; i++ { // pairs and small classes, spread over all that is known
		r := s.Rules[i%54]
		r.ID, r.Calm, r.Within = "more-"+strconv.Itoa(i), nil, nil
		at := func(n int) string { return names[(n*7919+i*31)%len(names)] }
		r.A, r.B = []string{at(i)}, []string{at(i + 1), at(i + 2), at(i + 3)}
		rules = append(rules, r)
	}
	big, err := Make("big", s.ReviewedOn, s.groups, rules)
	if err != nil {
		b.Fatal(err)
	}
	all := big.cat.All()
	in := Input{At: noon, Facts: map[string]Fact{}}
	for i := range 30 {
		in.Items = append(in.Items, Item{ID: strconv.Itoa(i), Names: []string{all[i*5]}, State: Active})
	}
	in.Items[29].State = New
	for b.Loop() {
		big.Check(in)
	}
	b.ReportMetric(float64(len(big.Check(in).Findings)), "findings")
}
