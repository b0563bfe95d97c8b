package visits

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// ConferenceAsk says what case conference somebody calls: rounds, a handoff, a
// difficult case. No patient is in it; it is about patients.
type ConferenceAsk struct {
	VisitType string            `json:"visitType"`
	Modality  schedule.Modality `json:"modality"`
	Site      string            `json:"site,omitempty"`
	Who       []string          `json:"who"`
	Agenda    []AgendaItem      `json:"agenda"`

	place map[string]int // where the caller named somebody, for refusals
}

// AgendaItem is what is to be talked about, for one patient.
type AgendaItem struct {
	PatientID string `json:"patientId"`
	Topic     string `json:"topic"`
}

// agendaEntry is an AgendaItem as it is stored: sealed under the patient's own key,
// so that erasing the patient erases it.
type agendaEntry struct {
	AgendaItem
	ConferenceID string `json:"conferenceId"`
	Place        int    `json:"place"` // in the agenda
}

// MaxConference bounds the people and the patients of a conference, MaxTopic what is said
// of one, in characters.
const (
	MaxConference = 12
	MaxTopic      = 500
)

// ConferenceModalities are how a conference can be held.
var ConferenceModalities = []schedule.Modality{schedule.Video, schedule.Phone, schedule.InPerson}

func agendaID(conferenceID, patientID string) string { return conferenceID + ":" + patientID }

// visitAsk is the conference as the engine of scheduling wants it.
func (a ConferenceAsk) visitAsk() VisitAsk {
	ask := VisitAsk{VisitType: a.VisitType, Modality: a.Modality, Site: a.Site}
	for i, who := range a.Who {
		ask.Roles = append(ask.Roles, VisitRole{Key: fmt.Sprintf("clinician-%d", i+1), Who: []string{who}})
	}
	return ask
}

// normalWho puts the caller first among those who come.
func (a ConferenceAsk) normalWho(c *models.Checks, caller string) ConferenceAsk {
	who := []string{caller}
	a.place = map[string]int{caller: 0}
	for i, id := range a.Who {
		if id == caller {
			continue
		}
		_, twice := a.place[id]
		c.Require(!twice, fmt.Sprintf("who[%d]", i), "twice", "Name each person once.")
		c.Require(models.IsID(id), fmt.Sprintf("who[%d]", i), "not-a-clinician", "Choose clinicians of this clinic.")
		a.place[id] = i
		who = append(who, id)
	}
	c.Require(len(who) <= MaxConference, "who", "too-many", "A conference has at most 12 people.")
	a.Who = who
	return a
}

// checkAgenda refuses an agenda that is empty, too long or names somebody twice.
func (a ConferenceAsk) checkAgenda(c *models.Checks) {
	about := map[string]bool{}
	for i, item := range a.Agenda {
		c.Require(!about[item.PatientID], fmt.Sprintf("agenda[%d].patientId", i), "twice", "Name each patient once.")
		c.Require(utf8.RuneCountInString(item.Topic) <= MaxTopic && strings.TrimSpace(item.Topic) != "", fmt.Sprintf("agenda[%d].topic", i), "bad-topic", "A topic has 1 to 500 characters.")
		about[item.PatientID] = true
	}
	c.Require(len(a.Agenda) > 0 && len(a.Agenda) <= MaxConference, "agenda", "bad-length", "A conference is about 1 to 12 patients.")
}

// conferenceCandidates gathers the hours of those who come.
func (c *Service) conferenceCandidates(ctx context.Context, actor models.Actor, ask VisitAsk) (*candidates, error) {
	visit, err := c.visitType(ctx, ask.VisitType)
	if err != nil {
		return nil, err
	}
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return nil, err
	}
	w := &candidates{care: c, actor: actor, visit: visit, ask: ask, patient: models.Patient{Zone: c.site.Zone}, people: map[string]*schedule.Candidate{}}
	for _, r := range ask.Roles {
		for _, id := range r.Who {
			open, err := c.openHours(ctx, id, cal)
			if err != nil {
				return nil, err
			}
			busy, err := c.busyOf(ctx, id)
			if err != nil {
				return nil, err
			}
			w.people[id] = &schedule.Candidate{ID: id, Open: open, Busy: busy}
		}
	}
	return w, nil
}

// CallConference books a conference. The same call twice is one.
//
// Errors: not-found (a chart that is not the caller's), no-right-to-chart (invalid),
// *NotPossible (conflict).
func (c *Service) CallConference(ctx context.Context, actor models.Actor, id string, ask ConferenceAsk, start time.Time) (chart.Versioned[ConferenceView], error) {
	none := chart.Versioned[ConferenceView]{}
	if actor.Role != models.RoleClinician {
		return none, c.refuseStaff(ctx, actor, "conference.refused", "", models.E(models.KindForbidden, "clinicians-only", "Clinicians call case conferences."))
	}
	var checks models.Checks
	ask = ask.normalWho(&checks, actor.AccountID)
	ask.checkAgenda(&checks)
	if err := checks.Err(); err != nil {
		return none, err
	}
	charts, err := c.mayMeetAbout(ctx, actor, ask)
	if err != nil {
		return none, err
	}
	w, err := c.conferenceCandidates(ctx, actor, ask.visitAsk())
	if err != nil {
		return none, err
	}
	var out chart.Versioned[Visit]
	err = c.settle(ctx, func() (*step, error) {
		first, err := c.sameConference(ctx, id, ask, start)
		if first != nil {
			out = *first
		}
		if first != nil || err != nil {
			return &step{done: true}, err
		}
		slot, l, err := w.seat(ctx, start, "")
		if err != nil {
			return nil, err
		}
		now := c.now()
		a, err := schedule.Hold(id, w.visit, slot, now).Book(now)
		if err != nil {
			return nil, err
		}
		s := &step{ledgers: l, same: w.perDay(slot), event: c.base.AuditEvent(actor, "conference.planned")}
		s.event.Ref = id
		s.change(schedule.Appointment{}, a)
		out = chart.Versioned[Visit]{Value: Visit{Appointment: a, Ask: w.ask, BookedBy: models.AuthorOf(actor), CreatedAt: now.UTC(), ChangedAt: now.UTC()}}
		for _, item := range ask.Agenda {
			out.Value.About = append(out.Value.About, item.PatientID)
		}
		s.ops, err = conferenceOps(out, ask.Agenda, charts)
		out.Version = 1
		return s, err
	})
	if err != nil {
		return none, err
	}
	return c.viewConference(ctx, actor, out)
}

// conferenceOps writes a conference, its agenda, and a line for each patient: they
// read in their access log that they were to be talked about.
func conferenceOps(v chart.Versioned[Visit], agenda []AgendaItem, charts []*Part) ([]store.Op, error) {
	op, err := visitOp(v)
	if err != nil {
		return nil, err
	}
	ops := []store.Op{op}
	for i, item := range agenda {
		doc, err := chart.Encode(agendaID(v.Value.ID, item.PatientID), item.PatientID, 0, store.Keys{"conferenceId": v.Value.ID, "patientId": item.PatientID}, agendaEntry{item, v.Value.ID, i})
		if err != nil {
			return nil, err
		}
		line, err := charts[i].conferenceEvent(v.Value.ID, "conference.planned")
		if err != nil {
			return nil, err
		}
		ops = append(ops, store.Insert(chart.ColAgenda, doc), line)
	}
	return ops, nil
}

// conferenceEvent is a line in the patient's own log.
func (ch *Part) conferenceEvent(conferenceID, action string) (store.Op, error) {
	e := ch.chart.Event(ch.chart.Decide(models.SectionAppointments, models.Read), action)
	e.Ref = conferenceID
	return chart.AuditOp(e)
}

// sameConference finds the conference of an earlier call with the same id.
func (c *Service) sameConference(ctx context.Context, id string, ask ConferenceAsk, start time.Time) (*chart.Versioned[Visit], error) {
	first, err := c.sameVisit(ctx, id, "", ask.visitAsk(), start)
	if first == nil || err != nil {
		return first, err
	}
	entries, err := c.agenda(ctx, id)
	if err != nil {
		return nil, err
	}
	if !slices.EqualFunc(entries, ask.Agenda, func(e agendaEntry, item AgendaItem) bool { return e.AgendaItem == item }) {
		return nil, chart.Refusal(store.ErrExists)
	}
	return first, nil
}

// agenda reads what a conference is about, in its order. Who was erased is not in it.
func (c *Service) agenda(ctx context.Context, conferenceID string) ([]agendaEntry, error) {
	found, err := chart.Every[agendaEntry](ctx, c.store, chart.ColAgenda, store.Query{Index: "conference", Equal: []any{conferenceID}})
	out := make([]agendaEntry, 0, len(found))
	for _, e := range found {
		out = append(out, e.Value)
	}
	slices.SortFunc(out, func(a, b agendaEntry) int { return cmp.Compare(a.Place, b.Place) })
	return out, err
}

// agendas reads those of many conferences in one go, and asks for each of a program that
// did not note whom it is about.
func (c *Service) agendas(ctx context.Context, ahead *chart.Ahead, conferences []chart.Versioned[Visit]) ([][]agendaEntry, error) {
	var ids []string
	for _, v := range conferences {
		for _, id := range v.Value.About {
			ids = append(ids, agendaID(v.Value.ID, id))
		}
	}
	err := ahead.Read(ctx, c.store, chart.ColAgenda, ids...)
	out := make([][]agendaEntry, len(conferences))
	for n, v := range conferences {
		if err == nil && v.Value.About == nil {
			out[n], err = c.agenda(ctx, v.Value.ID)
		}
		for _, id := range v.Value.About {
			e, lost := chart.Load[agendaEntry](ctx, c.store, chart.ColAgenda, agendaID(v.Value.ID, id))
			if lost == nil {
				out[n] = append(out[n], e.Value)
			} else if models.KindOf(lost) != models.KindNotFound {
				err = errors.Join(err, lost)
			}
		}
	}
	return out, err
}
