package medicine

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// Parse reads a file of rules and refuses what can't be trusted: unknown words, groups
// that lead to themselves, a rule that matches everything, a rule without a source, a
// text with a dose in it. Then nothing is checked by it.
func Parse(file []byte) (*Set, error) {
	var f struct {
		Version    string              `json:"version"`
		ReviewedOn string              `json:"reviewedOn"`
		Groups     map[string][]string `json:"groups"`
		Rules      []Rule              `json:"rules"`
	}
	d := json.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, fmt.Errorf("the rules can't be read: %w", err)
	}
	day, err := time.Parse(time.DateOnly, f.ReviewedOn)
	if err != nil || f.Version == "" || len(f.Rules) == 0 {
		return nil, fmt.Errorf("the rules say no version, no day of their review, or nothing")
	}
	return Make(f.Version, day, f.Groups, f.Rules)
}

// Make is Parse for rules that are at hand.
func Make(version string, reviewed time.Time, groups map[string][]string, rules []Rule) (*Set, error) {
	s := &Set{Version: version, ReviewedOn: reviewed, Rules: rules, groups: groups, cat: Known()}
	s.inA, s.inB = make([][]int, s.cat.Size()), make([][]int, s.cat.Size())
	seen := map[string]bool{}
	for i, r := range rules {
		if seen[r.ID] {
			return nil, fmt.Errorf("two rules are called %s", r.ID)
		}
		seen[r.ID] = true
		if err := r.check(); err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		m, err := s.compile(r)
		if err != nil {
			return nil, fmt.Errorf("rule %s: %w", r.ID, err)
		}
		s.made = append(s.made, m)
		if r.Kind == KindPair {
			m.a.each(func(n int) { s.inA[n] = append(s.inA[n], i) })
			m.b.each(func(n int) { s.inB[n] = append(s.inB[n], i) })
		}
	}
	return s, nil
}

// dose is what no text of a rule may hold: an amount, or how many to take.
var dose = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\d+([.,]\d+)?\s*(mg|mcg|µg|ml|g|tablets?|pills?|drops?|puffs?|units?|films?|patch(es)?|tabletas?|pastillas?|gotas|parches?)\b|` +
		`\b(take|give|use)\s+(\d|(one|two|three|half an?|an? double)\s+(tablets?|pills?|capsules?|drops?|puffs?|films?|patch(es)?|doses?)\b)|\b(double|halve|skip|increase|reduce|lower|raise)\s+(the|your|a)\s+dose\b|\b(half|third|twice) (of )?the dose\b|` +
		`\b(tome|tomar|use|dé)\s+(\d|una?|dos|tres|media)\s+(tabletas?|pastillas?|cápsulas?|gotas?|dosis)|\b(doble|aumente|reduzca|baje|suba|salte)\s+(la|su)\s+dosis|` +
		`[\d٠-٩]+\s*(ملغ|مغ|مل|قرص|أقراص|حبة|حبات|قطر)|(خذ|تناول)\s+(قرص|حب|نصف|ضعف)|(ضاعف|خفض|خفّض|زد|قلل|قلّل)\s+(ال)?جرع`)
})

// instruction is what no text of the program may tell somebody who is late or unsure: to
// take it now, to take two, to leave one out. Asking the team is what is left.
var instruction = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\btake (it|them|this|one|your \w+) (now|right away|at once|as soon|later|tomorrow)\b|\btake (the|your|a) (missed|forgotten|late|next) (one|dose|tablet|pill)s? (now|at|as|when|with|tomorrow|today)\b|` +
		`\btake (double|twice|both at once|two at once)\b|\b(take|use) (two|both|an? (double|extra)|another|half|more|less|fewer)( of)?( (it|them|your|the|an?))? (doses?|tablets?|pills?|capsules?|medicines?|film)\b|\b(skip|leave out|miss out) (it|one|(the|this|that|your) (missed |next |forgotten )?(one|dose|tablet|pill))\b|\bcatch up (on|with)\b|\bmake up for\b|` +
		`\bt(ome|omar|óme(lo|la|los|las)) (ahora|en cuanto|cuanto antes|enseguida|mañana|el doble|la mitad)\b|\bt(ome|omar) (otr[ao]|una? extra|más|menos) (dosis|pastilla|tableta|cápsula)|\b(salte|omita|deje|sáltese) (la|esta|una|el|este) (dosis|pastilla|siguiente|toma)\b|` +
		`(خذه|خذها|تناوله|تناولها)\s+(الآن|فور|غد|حال|اليوم)|(خذ|تناول)\s+(اثن|ضعف|المزيد|جرعة)|(تخط|تخطّ|فوّت|فوت|اترك)\s+(ال|هذه ال)?(جرع|قرص|حب)`)
})

// HasDose tells whether a text says how much of a medicine to take, or what to do about a
// dose. Only a prescriber writes that.
func HasDose(text string) bool { return dose().MatchString(text) || instruction().MatchString(text) }

func (r Rule) check() error {
	switch {
	case r.ID == "" || len(r.ID) > 60:
		return fmt.Errorf("it has no name, or too long a one")
	case !slices.Contains(Severities, r.Severity):
		return fmt.Errorf("its severity is not known")
	case r.Why == "" || r.Instead == "" || r.Source == "" || !slices.Contains([]string{"R", "K", "P"}, r.Tag):
		return fmt.Errorf("it lacks why, what to do instead, or its source")
	case r.Who != WhoPrescriber && r.Who != WhoBoth:
		return fmt.Errorf("it does not say whose decision it is")
	case HasDose(r.Why) || HasDose(r.Instead):
		return fmt.Errorf("its text holds a dose")
	case r.Calm != nil && (!slices.Contains(Severities, r.Calm.To) || (r.Calm.Fact == "") == (r.Calm.Ingredient == "")):
		return fmt.Errorf("what calms it is not clear")
	}
	for _, fact := range []string{r.Fact, r.calmFact()} {
		if _, known := FactKinds[fact]; fact != "" && !known {
			return fmt.Errorf("its fact is not known")
		}
	}
	needs := map[Kind]bool{KindPair: len(r.B) > 0, KindLoad: r.AtLeast >= 2, KindFact: r.Fact != "" && (len(r.Is) > 0 || r.Below > 0 || r.AtLeast > 0),
		KindStop: true, KindDuty: r.Fact != "" && r.Every > 0, KindLate: true, KindReaction: true}
	ok, known := needs[r.Kind]
	if !known || !ok || len(r.A) == 0 && r.Kind != KindReaction {
		return fmt.Errorf("it says too little, or is of no kind")
	}
	return nil
}

func (r Rule) calmFact() string {
	if r.Calm == nil {
		return ""
	}
	return r.Calm.Fact
}

// LongestAfterStop is for how many days after its stop a medicine can count for a rule.
func (s *Set) LongestAfterStop() (days int) {
	for _, r := range s.Rules {
		for _, d := range r.Within {
			days = max(days, d)
		}
	}
	return days
}

func (s *Set) compile(r Rule) (m compiled, err error) {
	if m.a, err = s.set(r.A); err != nil {
		return m, err
	}
	if m.b, err = s.set(r.B); err != nil {
		return m, err
	}
	if m.with, err = s.set(r.With); err != nil {
		return m, err
	}
	if len(r.Within) > 0 {
		m.within = make([]int, s.cat.Size())
		for name, days := range r.Within {
			which, err := s.set([]string{name})
			if err != nil {
				return m, err
			}
			which.each(func(i int) { m.within[i] = max(m.within[i], days) })
		}
	}
	return m, nil
}

// set resolves names and groups, and refuses one that is most of all there is.
func (s *Set) set(names []string) (bits, error) {
	out := make(bits, (s.cat.Size()+63)/64)
	count := 0
	var into func(names, path []string) error
	into = func(names, path []string) error {
		for _, name := range names {
			group, is := strings.CutPrefix(name, "@")
			if !is {
				i, known := s.cat.index[name]
				if !known {
					return fmt.Errorf("%s is not known", name)
				}
				if !out.has(i) {
					out[i>>6] |= 1 << (i & 63)
					count++
				}
				continue
			}
			members, known := s.groups[group]
			if !known || len(members) == 0 {
				return fmt.Errorf("the group %s is not known", name)
			}
			if slices.Contains(path, group) {
				return fmt.Errorf("the group %s leads to itself", name)
			}
			if err := into(members, append(slices.Clip(path), group)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := into(names, nil); err != nil {
		return nil, err
	}
	if 2*count > s.cat.Size() {
		return nil, fmt.Errorf("it matches everything")
	}
	return out, nil
}
