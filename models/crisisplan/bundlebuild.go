package crisisplan

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// BuildBundle writes the bundle of a plan, or of no plan yet (EmptyBundle). The same
// source gives the same ETag at any time, and the same bytes at the same second.
// Error: KindTooLarge, only for a site statement of more than 2 KB.
func BuildBundle(s BundleSource, now time.Time) (BuiltBundle, error) {
	if s.Plan.Active == 0 || s.Active.State != StateActive || s.Active.Version != s.Plan.Active {
		return EmptyBundle(s, now)
	}
	t := TextsIn(s.Language)
	b := newBundle(s, t)
	b.Version, b.Sections = s.Active.Version, sectionsOf(s.Plan.Renewed(s.Active.Content), s.Plan, b.CrisisLines, t)
	if s.Active.ActivatedAt != nil {
		b.ActiveSince = s.Active.ActivatedAt.UTC().Format(time.RFC3339)
	}
	for _, key := range Exercises {
		if slices.ContainsFunc(s.Active.Content.InternalCoping, func(c Coping) bool { return c.Exercise == key }) {
			b.Exercises = append(b.Exercises, t.Exercises[key])
		}
	}
	return b.seal(now)
}

// EmptyBundle is for a patient who has no plan in use: the numbers to call, what is
// the same for everybody, and plain words about how to begin.
func EmptyBundle(s BundleSource, now time.Time) (BuiltBundle, error) {
	t := TextsIn(s.Language)
	b := newBundle(s, t)
	b.Empty, b.Sections = &t.Empty, []BundleSection{}
	return b.seal(now)
}

// newBundle is what is the same with and without a plan.
func newBundle(s BundleSource, t Texts) Bundle {
	b := Bundle{Schema: BundleSchema, Subject: s.Plan.PatientID, Locale: t.Language, Direction: t.Direction,
		Title: t.Title, Intro: t.Intro, Country: s.Numbers.Country, VerifiedOn: s.Numbers.VerifiedOn,
		Emergency: toDial(s.Numbers.Emergency), CrisisLines: toDial(s.Numbers.CrisisLines), Words: t.Words}
	if len(b.Emergency) == 0 { // there is never a bundle without a number
		b.Emergency = toDial(models.NumbersEverywhere.Emergency)
	}
	b.Cards = cardsOf(t, b.Emergency[0].Display)
	m := s.Monitoring
	b.Monitoring = BundleMonitoring{Plan: t.Monitoring.Plan, Hours: m.Hours, Who: m.Who, Text: t.Monitoring.text(m)}
	return b
}

// seal writes the bytes. The tag comes from everything but the moment.
func (b Bundle) seal(now time.Time) (BuiltBundle, error) {
	content, err := canonicalJSON(b)
	if err != nil {
		return BuiltBundle{}, err
	}
	sum := sha256.Sum256(content)
	b.ETag = `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
	b.GeneratedAt = now.UTC().Format(time.RFC3339)
	data, err := canonicalJSON(b)
	if err == nil && len(data) > MaxBundleJSON {
		err = models.E(models.KindTooLarge, "bundle-too-large", "The site's statement of who reads what is too long. Please shorten it.")
	}
	return BuiltBundle{data, b.ETag, b.Version}, err
}

func (t MonitoringTexts) text(m models.Monitoring) string {
	switch {
	case m.Hours == "":
		return t.None
	case m.Who == "":
		return strings.ReplaceAll(t.Hours, "{hours}", m.Hours)
	}
	return strings.NewReplacer("{hours}", m.Hours, "{who}", m.Who).Replace(t.HoursWho)
}

// cardsOf fills in the number to call.
func cardsOf(t Texts, emergency string) []Card {
	out := []Card{}
	for _, c := range t.Cards {
		steps := make([]string, len(c.Steps))
		for i, s := range c.Steps {
			steps[i] = strings.ReplaceAll(s, "{emergency}", emergency)
		}
		c.Steps = steps
		out = append(out, c)
	}
	return out
}

// toDial leaves out what only the site is to know about a number.
func toDial(numbers []models.NumberToCall) []models.NumberToCall {
	out := []models.NumberToCall{}
	for _, n := range numbers {
		n.ToConfirm = false
		out = append(out, n)
	}
	return out
}
