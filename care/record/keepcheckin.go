package record

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// keptCheckIn is a check-in as it is stored.
type keptCheckIn struct {
	checkin.CheckIn
	Digest string `json:"digest,omitempty"` // of what was sent

	needs []checkin.Need
}

// body is the JSON of it.
func (c *keptCheckIn) body() ([]byte, error) {
	b, ok := c.AppendJSON(make([]byte, 0, 1024))
	if !ok || c.Digest == "" {
		return json.Marshal(c)
	}
	return append(append(append(b[:len(b)-1], `,"digest":"`...), c.Digest...), `"}`...), nil
}

// keepCheckIn makes and stores it. A conflict is an error where something else has its id.
func (ch *Part) keepCheckIn(ctx context.Context, d models.Decision, id string, sent checkin.Sent, taken *checkin.Taken) (keptCheckIn, error) {
	done, err := ch.care.queue.Take(ctx, ch.patient)
	if err != nil {
		return keptCheckIn{}, err
	}
	defer done()
	for first := true; ; first = false {
		c, err := ch.tryCheckIn(ctx, d, id, sent, taken)
		k := models.KindOf(err)
		again := k == models.KindStale || // an alert was answered meanwhile
			k == models.KindNotFound && first // what was held in memory is not there any more
		if models.KindOf(err) == models.KindConflict {
			_, looked := ch.care.store.Get(ctx, chart.ColCheckIns, c.ID)
			if again = errors.Is(looked, store.ErrNotFound); !again {
				return ch.sameCheckIn(ctx, c, err)
			}
		}
		if !again || ctx.Err() != nil {
			return c, err
		}
	}
}

// tryCheckIn is stale where what it was made of is not so any more.
func (ch *Part) tryCheckIn(ctx context.Context, d models.Decision, id string, sent checkin.Sent, taken *checkin.Taken) (keptCheckIn, error) {
	known, ops, err := ch.checkInContext(ctx, sent)
	if err != nil {
		return keptCheckIn{}, err
	}
	known.Taken = taken
	c := keptCheckIn{Digest: sent.Digest}
	c.CheckIn, c.needs = checkin.Take(id, ch.patient, sent, known)
	body, err := c.body()
	if err != nil {
		return c, err
	}
	doc := store.Doc{ID: c.ID, Owner: ch.patient, Keys: checkInKeys(c.CheckIn), Body: body}
	same, more, kept, err := ch.care.alerts.CheckInOps(ctx, c.CheckIn)
	if err != nil {
		return c, err
	}
	told, err := ch.care.needs.TellOps(ctx, c.CheckIn)
	if err != nil {
		return c, err
	}
	more = append(more, told...)
	// What is refused before anything is changed costs the others of a commit nothing.
	all := make([]store.Op, 0, len(ops)+len(same)+len(more)+2) // and the line's
	all = append(append(append(append(all, ops...), same...), store.Insert(chart.ColCheckIns, doc)), more...)
	if err = ch.chart.Commit(ctx, d, CheckInSent, c.ID, all...); err == nil {
		kept()
	}
	return c, err
}

// checkInSpace keeps ids that are made from content apart from all others.
var checkInSpace = uuid.MustParse("1d3e6f0a-94b7-8c21-a5d0-7e2f4b6c8a91")

// idOf makes an id of a patient and what they sent (a UUID of version 8, RFC 9562,
// section 5.8), beside an id that is taken.
func (ch *Part) idOf(sent checkin.Sent, taken string) string {
	return uuid.NewHash(sha256.New(), checkInSpace, []byte(ch.patient+"\n"+taken+"\n"+sent.Digest), 8).String()
}

// checkInContext is what the clinic knows of who sent it, and what the batch begins with
// that holds it to that. The profile is read only for a phone that does not know its zone.
func (ch *Part) checkInContext(ctx context.Context, sent checkin.Sent) (checkin.Known, []store.Op, error) {
	out := checkin.Known{Received: ch.care.now(), Zone: ch.care.site.Zone}
	var same []store.Op
	var err error
	out.FormVersion, same, err = ch.care.forms.Read(ctx, ch.patient, out.Received, func(ctx context.Context) (int64, time.Time, error) {
		form, err := chart.Load[checkin.Form](ctx, ch.care.store, chart.ColForms, ch.patient)
		return form.Version, time.Time{}, err
	})
	if err != nil {
		return out, nil, err
	}
	if _, err := models.LoadZone(sent.Zone); err == nil {
		return out, same, nil
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return out, nil, err
	}
	out.Zone, _ = models.StoredZone(p.Value.Zone, out.Zone)
	return out, same, nil
}

func checkInKeys(c checkin.CheckIn) store.Keys {
	return store.Keys{"patientId": c.PatientID, "answeredAt": chart.Millis(c.Moment())}
}

// sameCheckIn answers a repeated sending with the check-in that stands.
func (ch *Part) sameCheckIn(ctx context.Context, again keptCheckIn, conflict error) (keptCheckIn, error) {
	stands, err := chart.First[keptCheckIn](ctx, ch.care.store, chart.ColCheckIns, again.ID, conflict)
	if err == nil && (stands.Value.PatientID != ch.patient || !sameSent(stands.Value, again)) {
		err = conflict
	}
	if err != nil {
		return again, err
	}
	stands.Value.needs = stands.Value.Needs()
	return stands.Value, nil
}

// sameSent tells whether the same was sent. What is stored from before has no digest.
func sameSent(first, again keptCheckIn) bool {
	if first.Digest != "" {
		return first.Digest == again.Digest
	}
	return chart.SameJSON(first.Submission, again.Submission)
}
