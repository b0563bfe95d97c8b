package checkin

import (
	"slices"
	"time"

	"handrail/models"
)

// Known is what the server knows when a check-in comes.
type Known struct {
	Received    time.Time
	Zone        string // IANA name: the account's, for a phone that does not know its own
	FormVersion int64  // the newest of this patient's form
	Taken       *Taken // by whom it was written down, where the patient did not send it
}

// Take makes the check-in out of what was sent. It takes everything: what can't
// be taken as it is has a note, or is mended by what the server knows. An answer about
// safety is never changed, and what is in a form that is not known is not scored but
// given to a person. With it comes what Needs says of it: the rules are asked once.
func Take(id, patientID string, sent Sent, known Known) (CheckIn, []Need) {
	sent.Notes, sent.person = slices.Clip(sent.Notes), slices.Clip(sent.person) // the caller's stay as they are
	if sent.Answers == nil {
		sent.Answers = map[string]any{}
	}
	received := known.Received.UTC().Truncate(time.Millisecond)
	s := sender{out: &sent}
	if sent.FormVersion < 1 || sent.FormVersion > known.FormVersion {
		s.person("formVersion", "unknown-form-version", "This version of the form is not known.")
	}
	zone, err := models.LoadZone(sent.Zone)
	if err != nil {
		s.note("zone", "unknown-zone", "This is no IANA time zone. The one of the account was taken.")
		sent.Zone, _ = models.StoredZone(known.Zone)
		zone, _ = models.LoadZone(sent.Zone)
	}
	switch ahead := sent.AnsweredAt.Sub(received); {
	case sent.AnsweredAt.IsZero():
		sent.AnsweredAt = received
		s.note("answeredAt", "unreadable", "It does not say when it was answered. The moment it came was taken.")
	case ahead > Skew:
		s.note("answeredAt", "clock-wrong", "The phone's clock is far ahead of ours.")
	case ahead > clockQuarrel:
		s.note("answeredAt", "clock-ahead", "The phone's clock is ahead of ours.")
	case ahead < -Late-Skew:
		s.note("answeredAt", "long-ago", "This was answered long ago, or the phone's clock is wrong.")
	}
	if len(sent.Answers)+len(sent.Instruments)+len(sent.Declined) == 0 && len(sent.person) == 0 {
		s.note("answers", "no-answer", "There is no answer in this that could be read.")
	}
	out := CheckIn{ID: id, PatientID: patientID, ReceivedAt: received, Submission: sent.Submission,
		Taken: known.Taken, Notes: sent.Notes, ClockAhead: sent.AnsweredAt.After(received.Add(clockQuarrel))}
	out.LocalDay = models.LocalDay(out.AnsweredAt, zone)
	if len(sent.Notes) > 0 || !sent.whole {
		out.Raw = sent.Raw
	}
	if len(sent.person) > 0 {
		out.NeedsPerson = &NeedsPerson{Tier: Elevated, Why: sent.person}
		if sent.yes {
			out.NeedsPerson.Tier = Urgent
		}
	}
	if !out.unknownForm() {
		out.Scores = scoresOf(out.Instruments)
	}
	rules := ruleSignals(out)
	out.Signals = signalsOf(out, rules)
	return out, needsOf(out, rules)
}

func scoresOf(filled []InstrumentSubmission) []ScoredResponse {
	var out []ScoredResponse
	for _, in := range filled {
		instrument, ok := FindInstrument(in.ID)
		if !ok {
			continue
		}
		if scored, err := instrument.Score(in.Answers); err == nil {
			scored.Declined = in.Declined
			out = append(out, scored)
		}
	}
	return out
}

// unknownForm tells whether the form that was answered is not known here.
func (c CheckIn) unknownForm() bool { return c.noted("formVersion", "unknown-form-version") }
