package care

import (
	"context"
	"time"

	"handrail/models"
	"handrail/store"
)

// AccessEntry is one line of the access log in words that the patient understands.
type AccessEntry struct {
	At      time.Time      `json:"at"`
	Who     string         `json:"who"`
	Role    string         `json:"role"`
	What    string         `json:"what"`
	Why     string         `json:"why"`
	Outcome string         `json:"outcome"`
	Section models.Section `json:"section,omitempty"`
	Consent string         `json:"consentId,omitempty"`
}

// AccessLog lists who opened or changed the patient's record, newest first. Only
// the patient reads it.
func (ch *Chart) AccessLog(ctx context.Context, language, cursor string, limit int) (Page[AccessEntry], error) {
	var out Page[AccessEntry]
	d, err := ch.may(ctx, models.SectionAccessLog, models.Read)
	if err != nil {
		return out, err
	}
	page, err := list[models.AuditLine](ctx, ch.care.store, colAudit, store.Query{Index: store.LaneIndex,
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, l := range page.Items {
		w := models.WordsOf(l.Value, language)
		out.Items = append(out.Items, AccessEntry{At: l.Value.At, Who: w.Who, Role: w.Role, What: w.What, Why: w.Why,
			Outcome: l.Value.Outcome, Section: l.Value.Section, Consent: l.Value.ConsentID})
	}
	return out, ch.noteRead(ctx, d, "access-log.read", "", len(out.Items))
}
