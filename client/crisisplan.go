package client

import (
	"context"
	"net/http"
	"time"
)

// CrisisPlan is a patient's crisis plan as its reader sees it.
type CrisisPlan struct {
	Active          *PlanVersion        `json:"active,omitempty"`          // The version that holds.
	ClinicNumbers   []string            `json:"clinicNumbers,omitempty"`   // The numbers of the clinic itself, which the team renews at once.
	Difference      *PlanDifference     `json:"difference,omitempty"`      // What the draft would change in the plan in force.
	Draft           *PlanVersion        `json:"draft,omitempty"`           // The newest version, when it does not hold yet: it waits for the patient's word, beside the plan in force.
	Newest          int                 `json:"newest"`                    // Number of the newest version; 0: none is written yet. The ETag begins with it.
	NextRehearsalOn string              `json:"nextRehearsalOn,omitempty"` // Local day on which to practise opening the plan.
	Numbers         map[string]string   `json:"numbers,omitempty"`         // How each number is marked.
	ReviewsDue      []PlanDue           `json:"reviewsDue,omitempty"`
	Shared          *SharedPlan         `json:"shared,omitempty"`  // For a supporter: what is shared, and nothing else.
	Sharing         map[string][]string `json:"sharing,omitempty"` // By supporter's account id. For the patient.
}

// PlanVersion is one version of the plan.
type PlanVersion struct {
	PatientID    string                 `json:"patientId"`
	Why          string                 `json:"why,omitempty"`
	At           time.Time              `json:"at"`
	By           Author                 `json:"by"`
	Version      int                    `json:"version"`
	Content      PlanContent            `json:"content"`
	ActivatedAt  time.Time              `json:"activatedAt,omitzero"`
	Confirmed    []PlanConfirmation     `json:"confirmed"`
	DeclinedAt   time.Time              `json:"declinedAt,omitzero"`
	From         int                    `json:"from"`
	State        string                 `json:"state"`
	SupersededAt time.Time              `json:"supersededAt,omitzero"`
	Written      map[string]PlanWriting `json:"written"`
}

// PlanConfirmation says who confirmed a version, and how.
type PlanConfirmation struct {
	At      time.Time `json:"at"`
	By      Author    `json:"by"`
	How     string    `json:"how,omitempty"`     // One of: paper, in-person.
	On      string    `json:"on,omitempty"`      // The patient's local day on which they confirmed it, YYYY-MM-DD.
	Witness string    `json:"witness,omitempty"` // Who was there, by name.
}

// PlanWriting says who wrote a section, and in which version.
type PlanWriting struct {
	At      time.Time `json:"at"`
	By      []Author  `json:"by"`
	Version int       `json:"version"`
}

// PlanDifference names the sections in which two versions differ.
type PlanDifference struct {
	Adds    []string `json:"adds"`
	Changes []string `json:"changes"`
	Removes []string `json:"removes"` // Sections of the plan in force of which nothing would be left.
}

// PlanDue is a review that is due on a local day.
type PlanDue struct {
	By      string `json:"by"`
	On      string `json:"on"`
	Trigger string `json:"trigger"`
}

// SharedPlan is the part that a supporter sees.
type SharedPlan struct {
	Content  PlanContent `json:"content"`
	Sections []string    `json:"sections"`
}

// NoPlan is the ETag to save the first plan with.
const NoPlan = `"0"`

// CrisisPlan reads the plan.
func (ch *Chart) CrisisPlan(ctx context.Context) (Versioned[CrisisPlan], error) {
	return versioned[CrisisPlan](ctx, ch.c, Request{Method: http.MethodGet, Path: ch.path + "/crisis-plan"})
}

// SaveCrisisPlan writes a draft; etag is that of the plan that was read before, or NoPlan.
// What others saved since is merged in, section by section.
//
// Errors: version-not-newest where two changed the same section.
func (ch *Chart) SaveCrisisPlan(ctx context.Context, etag string, content PlanContent, why string) (Versioned[CrisisPlan], error) {
	return versioned[CrisisPlan](ctx, ch.c, Request{Method: http.MethodPut, Path: ch.path + "/crisis-plan", IfMatch: etag, Body: struct {
		Content PlanContent `json:"content"`
		Why     string      `json:"why,omitempty"`
	}{content, why}})
}

// ActivateCrisisPlan puts a version in force: the patient's own word. The words
// "removes" name the sections of which nothing would be left.
func (ch *Chart) ActivateCrisisPlan(ctx context.Context, version int, removes ...string) (Versioned[CrisisPlan], error) {
	return versioned[CrisisPlan](ctx, ch.c, Request{Method: http.MethodPost, Path: ch.path + "/crisis-plan/activate", Body: struct {
		Version int      `json:"version"`
		Removes []string `json:"removes,omitempty"`
	}{version, removes}})
}

// CrisisPlanBundle reads the patient's own plan in force, signed and with the numbers to
// call: a compact JWS (RFC 7515) of at most 64 KB. With the ETag of the copy in hand the
// Value is empty when that is still the newest. It opens with an access token that has
// ended, and while the database is down, so nothing is renewed for it.
func (ch *Chart) CrisisPlanBundle(ctx context.Context, etag string) (Versioned[string], error) {
	a, err := ch.c.Do(ctx, Request{Method: http.MethodGet, Path: ch.path + "/crisis-plan/bundle", IfNoneMatch: etag, anyToken: true})
	if err != nil {
		return Versioned[string]{}, err
	}
	return Versioned[string]{string(a.Body), a.Header.Get("ETag")}, nil
}
