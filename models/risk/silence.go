package risk

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/checkin"
)

// Rhythm is when somebody is asked to check in, on the wall clock of Zone (IANA name).
// No times are one a day, at the time that reminders have by default.
type Rhythm struct {
	Times []string
	Days  []string
	Zone  string
}

const (
	usualTime = "09:00"
	// answerWithin is how long one check-in is waited for, at the most.
	answerWithin = 24 * time.Hour
	// early is how long before its time a check-in answers it [P].
	early = 3 * time.Hour
	// normally is the share of check-ins that somebody who "normally completes" answered in
	// the 14 days before the silence (R-CI-1) [P].
	normally = 0.5
)

// occasions are the moments in [from, to) at which this person is asked. One that the
// clock leaves out is asked when the clock has jumped.
func (r Rhythm) occasions(from, to time.Time) []time.Time {
	zone, err := models.LoadZone(r.Zone)
	if err != nil {
		return nil
	}
	times := r.Times
	if len(times) == 0 {
		times = []string{usualTime}
	}
	var out []time.Time
	y, m, d := from.In(zone).Date()
	for n := -1; ; n++ {
		noon := time.Date(y, m, d+n, 12, 0, 0, 0, zone)
		if noon.After(to.Add(24 * time.Hour)) {
			break
		}
		if len(r.Days) > 0 && !slices.Contains(r.Days, models.Weekdays[(int(noon.Weekday())+6)%7]) {
			continue
		}
		for _, text := range times {
			at, ok := minute(text)
			if !ok {
				continue
			}
			if t := time.Date(y, m, d+n, 0, at, 0, 0, zone); !t.Before(from) && t.Before(to) {
				out = append(out, t)
			}
		}
	}
	slices.SortFunc(out, time.Time.Compare)
	return out
}

// counts tells for each occasion whether it was answered: from a while before it until
// the next one, a day at the most. over are those whose time has passed.
func counts(occasions, answered []time.Time, now time.Time) (hit []bool, over []bool) {
	for i, o := range occasions {
		end := o.Add(answerWithin)
		if i+1 < len(occasions) && occasions[i+1].Add(-early).Before(end) {
			end = occasions[i+1].Add(-early)
		}
		hit = append(hit, slices.ContainsFunc(answered, func(t time.Time) bool { return !t.Before(o.Add(-early)) && t.Before(end) }))
		over = append(over, !end.After(now))
	}
	return hit, over
}

// Answered is how many of the check-ins in [from, to) were answered, and of how many.
func (r Rhythm) Answered(answered []time.Time, from, to time.Time) (n, of int) {
	hit, _ := counts(r.occasions(from, to), answered, to)
	for _, h := range hit {
		if h {
			n++
		}
	}
	return n, len(hit)
}

// Silence is what is missing of somebody since they were last heard of.
type Silence struct {
	Since  time.Time // the last check-in, or the end of the state or pause after it
	Missed int       // check-ins in a row, each with its time over
	Usual  bool      // this person normally answers
	Quiet  time.Duration
}

// Silence counts what was missed since a moment. answered are the moments of the check-ins
// of BaselineDays before it, and of all since. Who never answered has none: nothing was
// begun that could have ended.
func (r Rhythm) Silence(answered []time.Time, since, now time.Time) (Silence, bool) {
	if len(answered) == 0 || !since.Before(now) {
		return Silence{}, false
	}
	out := Silence{Since: since, Quiet: now.Sub(since)}
	hit, over := counts(r.occasions(since, now.Add(answerWithin)), answered, now)
	for i := range hit {
		switch {
		case hit[i]:
			out.Missed = 0
		case over[i]:
			out.Missed++
		}
	}
	last := slices.MaxFunc(answered, time.Time.Compare)
	begun := slices.MinFunc(answered, time.Time.Compare).Add(-answerWithin) // who began of late has a pattern too
	if from := last.Add(-BaselineDays * 24 * time.Hour); begun.Before(from) {
		begun = from
	}
	n, of := r.Answered(answered, begun, last.Add(time.Minute))
	out.Usual = of > 0 && n >= 2 && float64(n) >= normally*float64(of)
	return out, true
}

// Around is what a rule about silence needs to know besides.
type Around struct {
	UrgentAt    time.Time // when an urgent or emergent alert fired last
	FollowUntil time.Time // until when the team follows this person closely
	Now         time.Time
}

// AfterUrgent is how long something urgent makes what is missed count more (R-CI-2,
// R-VI-2) [P].
const AfterUrgent = 7 * 24 * time.Hour

const silentFor = 7 * 24 * time.Hour // R-CI-3

// SilenceRules asks R-CI-1 to R-CI-3: the most urgent that applies.
func SilenceRules(s Silence, a Around) []checkin.Signal {
	inputs := map[string]any{"missed": s.Missed, "days": int(s.Quiet.Hours() / 24)}
	one := func(rule string, tier checkin.Tier) []checkin.Signal {
		return []checkin.Signal{{Rule: rule, Version: comparedVersion, Tier: tier, Inputs: inputs}}
	}
	switch {
	case s.Quiet >= silentFor && a.Now.Before(a.FollowUntil):
		return one("R-CI-3", checkin.Urgent)
	case s.Missed >= 3, s.Missed >= 1 && a.justAfter():
		return one("R-CI-2", checkin.Elevated)
	case s.Missed == 2 && s.Usual:
		return one("R-CI-1", checkin.Routine)
	}
	return nil
}

func (a Around) justAfter() bool { return !a.UrgentAt.IsZero() && a.Now.Sub(a.UrgentAt) <= AfterUrgent }

// NoShowRules asks R-VI-1 and R-VI-2 of a visit that was missed. before tells whether the
// one before it was missed too; a visit is after a crisis when it falls into the week after
// something urgent.
func NoShowRules(missedBefore bool, a Around) checkin.Signal {
	s := checkin.Signal{Rule: "R-VI-1", Version: comparedVersion, Tier: checkin.Routine, Inputs: map[string]any{"inARow": 1}}
	if missedBefore {
		s.Rule, s.Tier, s.Inputs = "R-VI-2", checkin.Elevated, map[string]any{"inARow": 2}
	}
	if a.justAfter() {
		s.Rule, s.Tier, s.Inputs = "R-VI-2", checkin.Urgent, map[string]any{"afterCrisis": true}
	}
	return s
}

// FollowUpMissed is R-VI-2 of somebody who left care, and neither came on the day on which
// they were to be seen nor could be reached. ref names the follow-up.
func FollowUpMissed(ref string, day int, now time.Time) Evidence {
	return Evidence{At: now.UTC(), Rule: "R-VI-2", Version: comparedVersion, Tier: checkin.Urgent, Inputs: map[string]any{"afterDischarge": day}, Source: FromProgram, Ref: ref}
}

// RulesCompared lists the rules that need more than one check-in, with the highest tier
// that each gives.
func RulesCompared() map[string]checkin.Tier {
	out := map[string]checkin.Tier{"R-CI-1": checkin.Routine, "R-CI-2": checkin.Elevated, "R-CI-3": checkin.Urgent,
		"R-VI-1": checkin.Routine, "R-VI-2": checkin.Urgent,
		"R-MO-1": checkin.Routine, "R-MO-2": checkin.Elevated, "R-MO-3": checkin.Urgent, "R-MO-4": checkin.Urgent, "R-MO-5": checkin.Urgent, "R-MO-6": checkin.Urgent,
		PairRule: checkin.Urgent}
	for _, r := range compared {
		if Rank(r.tier) > Rank(out[r.rule]) {
			out[r.rule] = r.tier
		}
	}
	return out
}
