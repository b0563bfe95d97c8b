package messages

import (
	"context"
	"strconv"
	"strings"
	"time"

	"handrail/care/alerts"
	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/message"
	"handrail/store"
)

// maxWaiting bounds the threads of one person's list: the newest. No alert is among them.
const maxWaiting = 2000

// waiting is what a person has not read of threads and worries, for the worklist. Who has no
// right to it sees that there is something.
func (c *Service) waiting(ctx context.Context, actor models.Actor, r chart.Rights) ([]alerts.Work, string, error) {
	var docs []store.Doc
	var patients []string
	q := store.Query{Index: "account", Equal: []any{actor.AccountID}, Desc: true, Unopened: true}
	err := chart.ThroughDocs(ctx, c.store, chart.ColThreadUnread, q, func(d store.Doc) (bool, error) {
		docs, patients = append(docs, d), append(patients, d.Owner)
		return len(docs) == maxWaiting, nil
	})
	if err == nil {
		err = r.Know(ctx, patients...)
	}
	if err != nil {
		return nil, "", err
	}
	var out []alerts.Work
	var state strings.Builder
	for _, d := range docs {
		w := c.work(d, r.Decide)
		state.WriteString(d.ID + strconv.FormatInt(d.Version, 10) + strconv.FormatBool(w.Message != nil) + ";")
		out = append(out, w)
	}
	return out, state.String(), nil
}

func (c *Service) work(d store.Doc, decide func(string, models.Section) models.Decision) alerts.Work {
	v, err := chart.Readable[unread](d)
	u := v.Value
	if err != nil { // that there is something is known all the same, and comes first
		at, _ := d.Keys["at"].(int64)
		id, _ := d.Keys["threadId"].(string)
		return alerts.Work{ID: id, Kind: "message", Tier: checkin.Urgent, PatientID: d.Owner, At: time.UnixMilli(at).UTC(), Withheld: true}
	}
	w := alerts.Work{ID: u.ID, Kind: "message", Tier: u.Tier, PatientID: u.PatientID, At: u.At, Withheld: u.Worry || u.Waiting.Kind == message.InTeam}
	if u.Worry {
		w.Kind = "worry"
	}
	if decide(u.PatientID, models.SectionProfile).Allowed {
		w.Patient = u.Name
	}
	if r := decide(u.PatientID, models.SectionMessages); r.Allowed && r.Basis == models.BasisTeam {
		w.Message = &u.Waiting
	}
	return w
}
