package visits

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// The window of a feed, in days.
const (
	FeedBack  = 30
	FeedAhead = 180
)

// feedToken is what is kept of the secret address of somebody's calendar: its hash
// is the key of the document, the address itself is nowhere.
type feedToken struct {
	AccountID string    `json:"accountId"`
	CreatedAt time.Time `json:"createdAt"`
}

// CalendarFeed tells whether somebody's calendar can be subscribed to.
type CalendarFeed struct {
	Exists    bool       `json:"exists"`
	CreatedAt *time.Time `json:"createdAt,omitempty"`
}

// CalendarFeed tells about the actor's own feed.
func (c *Service) CalendarFeed(ctx context.Context, actor models.Actor) (CalendarFeed, error) {
	v, err := chart.Load[feedToken](ctx, c.store, chart.ColFeeds, actor.AccountID)
	switch {
	case models.KindOf(err) == models.KindNotFound:
		return CalendarFeed{}, nil
	case err != nil:
		return CalendarFeed{}, err
	}
	return CalendarFeed{true, &v.Value.CreatedAt}, nil
}

// NewCalendarFeed makes the secret of the actor's feed, 32 random bytes, and ends
// the one before. It can't be read again: whoever lost it makes a new one, and so
// does whoever never got the answer. It opens the actor's visits to who has it, so it is
// given to who has shown a factor of late.
func (c *Service) NewCalendarFeed(ctx context.Context, actor models.Actor) (string, CalendarFeed, error) {
	if err := c.stepUp(ctx, actor); err != nil {
		return "", CalendarFeed{}, err
	}
	old, err := chart.Load[feedToken](ctx, c.store, chart.ColFeeds, actor.AccountID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return "", CalendarFeed{}, err
	}
	secret := make([]byte, 32)
	rand.Read(secret)
	token := base64.RawURLEncoding.EncodeToString(secret)
	now := c.now().UTC().Truncate(time.Millisecond)
	doc, err := chart.Encode(actor.AccountID, ownerOf(actor), old.Version, store.Keys{"hash": feedHash(token)}, feedToken{actor.AccountID, now})
	if err != nil {
		return "", CalendarFeed{}, err
	}
	op := store.Replace(chart.ColFeeds, doc)
	if old.IsNew() {
		op = store.Insert(chart.ColFeeds, doc)
	}
	if err := c.base.Commit(ctx, c.feedEvent(actor, "calendar-feed.made"), op); err != nil {
		return "", CalendarFeed{}, err
	}
	return token, CalendarFeed{true, &now}, nil
}

// EndCalendarFeed makes the secret worthless. It is done when there is none.
func (c *Service) EndCalendarFeed(ctx context.Context, actor models.Actor) error {
	old, err := chart.Load[feedToken](ctx, c.store, chart.ColFeeds, actor.AccountID)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	} else if err != nil {
		return err
	}
	return c.base.Commit(ctx, c.feedEvent(actor, "calendar-feed.ended"), store.Delete(chart.ColFeeds, actor.AccountID, old.Version))
}

// ownerOf is whose data key seals what is the actor's own.
func ownerOf(actor models.Actor) string {
	if actor.PatientID != "" {
		return actor.PatientID
	}
	return actor.AccountID
}

// feedEvent is a line about a feed. A patient finds it in their access log.
func (c *Service) feedEvent(actor models.Actor, action string) models.AuditEvent {
	e := c.base.AuditEvent(actor, action)
	e.Ref = actor.AccountID
	if actor.PatientID != "" {
		e.PatientID, e.Section, e.Basis = actor.PatientID, models.SectionAppointments, models.BasisSelf
	}
	return e
}

func feedHash(token string) string { return hex.EncodeToString(chart.Hash([]byte(token))) }

// FeedVisits hands the visits of whoever made a secret to write, by start: from 30
// days ago to 180 days ahead. write says whether the reader has them
// already: a read that brings nothing new leaves no line.
//
// A secret that never was, one that was ended, and one of an account that is
// suspended or erased, are all models.NotFound.
func (c *Service) FeedVisits(ctx context.Context, token string, write func([]VisitTime) (known bool, err error)) error {
	actor, err := c.feedActor(ctx, token)
	if err != nil {
		return err
	}
	now := c.now().UTC()
	visits, err := c.visitsOf(ctx, ownerOf(actor), now.AddDate(0, 0, -FeedBack), now.AddDate(0, 0, FeedAhead))
	if err != nil {
		return err
	}
	ctx, ahead := chart.NewAhead(ctx)
	if actor.Role == models.RoleSupporter {
		if err := c.base.ReadAhead(ctx, ahead, actor, patientsOf(visits)); err != nil {
			return err
		}
	}
	var out []VisitTime
	inside := c.base.KeptInside()
	for _, v := range visits {
		if kept, err := inside(ctx, actor, v.Value.PatientID); err != nil {
			return err
		} else if kept {
			continue
		}
		t, ok, err := c.feedVisit(ctx, actor, v.Value)
		if err != nil {
			return err
		}
		if ok {
			out = append(out, t)
		}
	}
	if known, err := write(out); known || err != nil {
		return err
	}
	e := c.feedEvent(actor, "calendar-feed.read")
	e.Count = len(out)
	return c.base.Note(ctx, e)
}

// feedActor is whoever made a secret.
func (c *Service) feedActor(ctx context.Context, token string) (models.Actor, error) {
	page, err := chart.List[feedToken](ctx, c.store, chart.ColFeeds, store.Query{Index: "hash", Equal: []any{feedHash(token)}, Limit: 1})
	if err != nil {
		return models.Actor{}, err
	}
	if len(page.Items) == 0 {
		return models.Actor{}, models.NotFound()
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, page.Items[0].Value.AccountID)
	if err != nil {
		return models.Actor{}, err
	}
	if a.Value.Status != models.AccountActive {
		return models.Actor{}, models.NotFound()
	}
	return models.Actor{AccountID: a.Value.ID, Role: a.Value.Role, Discipline: a.Value.Discipline, PatientID: a.Value.PatientID, Name: a.Value.Name}, nil
}

// feedVisit is somebody's part of a visit. Family and friends have it as long as
// the patient lets them see when visits are; holds are nobody's yet.
func (c *Service) feedVisit(ctx context.Context, actor models.Actor, v Visit) (VisitTime, bool, error) {
	i := slices.IndexFunc(v.Participants, func(p schedule.Participant) bool { return p.Who == ownerOf(actor) && p.Status != schedule.Declined })
	if i < 0 || v.HoldUntil != nil {
		return VisitTime{}, false, nil
	}
	if actor.Role == models.RoleSupporter {
		ch, err := c.base.ChartFor(ctx, actor, v.PatientID, models.PurposeFamily)
		if err != nil {
			return VisitTime{}, false, err
		}
		if !ch.Decide(models.SectionAppointments, models.Read).Allowed {
			return VisitTime{}, false, nil
		}
	}
	return visitTime(v, v.Participants[i].Start, v.Participants[i].End), true, nil
}
