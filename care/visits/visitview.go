package visits

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
)

// VisitView is a visit as a reader sees it. Family and friends see when it is and
// nothing of who and what for.
type VisitView struct {
	ID        string          `json:"id"`
	PatientID string          `json:"patientId"`
	Status    schedule.Status `json:"status"`
	Start     time.Time       `json:"start"`
	End       time.Time       `json:"end"`
	Local     schedule.Local  `json:"local"`
	HoldUntil *time.Time      `json:"holdUntil,omitempty"`
	ChangedAt time.Time       `json:"-"` // for FHIR's lastUpdated
	// Interprets is there for an interpreter of the visit, who reads no details.
	Interprets *Interpreting `json:"interprets,omitempty"`
	// Invited is there for a clinician or supporter who is in the visit: their own answer.
	Invited    *Invited    `json:"invited,omitempty"`
	JoinWindow *JoinWindow `json:"door,omitempty"`
	*VisitDetails
}

// Invited is what somebody in a visit said to it.
type Invited struct {
	Answer    schedule.Answer `json:"answer"`
	Required  bool            `json:"required"`
	OtherTime *time.Time      `json:"otherTime,omitempty"` // that they asked for
}

func (v Visit) invitedFor(actor models.Actor) *Invited {
	for _, p := range v.Participants {
		if p.Who == actor.AccountID && (p.Kind == schedule.Clinician || p.Kind == schedule.Supporter) && v.HoldUntil == nil {
			return &Invited{p.Status, p.Required, p.OtherTime}
		}
	}
	return nil
}

// VisitDetails is what only those read who may see visits whole: for the others none
// of it is there.
type VisitDetails struct {
	VisitType    string                 `json:"visitType"`
	Modality     schedule.Modality      `json:"modality"`
	Site         string                 `json:"site,omitempty"`
	Participants []ParticipantView      `json:"participants"`
	Cancellation *schedule.Cancellation `json:"cancellation,omitempty"`
	SeriesID     string                 `json:"seriesId,omitempty"`
	RecurrenceID string                 `json:"recurrenceId,omitempty"`
	Sequence     int                    `json:"sequence"`
	Ask          VisitAsk               `json:"ask"`
	BookedBy     models.Author          `json:"bookedBy"`
	Moves        []schedule.Status      `json:"moves"`
}

// ParticipantView is somebody in a visit.
type ParticipantView struct {
	Who      string          `json:"who"`
	Name     string          `json:"name,omitempty"`
	Kind     schedule.Kind   `json:"kind"`
	Role     string          `json:"role"`
	Required bool            `json:"required"`
	Status   schedule.Answer `json:"status"`
	Start    time.Time       `json:"start"`
	End      time.Time       `json:"end"`
	// OtherTime is the start that they ask for instead.
	OtherTime *time.Time `json:"otherTime,omitempty"`
}

func (ch *Part) viewVisit(ctx context.Context, d models.Decision, v chart.Versioned[Visit]) (chart.Versioned[VisitView], error) {
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	if err != nil {
		return chart.Versioned[VisitView]{}, err
	}
	out := VisitView{ID: v.Value.ID, PatientID: v.Value.PatientID, Status: v.Value.Status, Start: v.Value.Start,
		End: v.Value.End, Local: localTime(ch.care.base.Zone(ch.patient, p.Value.Zone), v.Value.Start, v.Value.End), HoldUntil: v.Value.HoldUntil, ChangedAt: v.Value.ChangedAt,
		JoinWindow: v.Value.joinWindowFor(ch.actor), Interprets: v.Value.interpretingFor(ch.actor), Invited: v.Value.invitedFor(ch.actor)}
	if !d.Whole {
		return chart.Versioned[VisitView]{Value: out, Version: v.Version}, nil
	}
	out.VisitDetails = &VisitDetails{VisitType: v.Value.VisitType, Modality: v.Value.Modality, Site: v.Value.Site,
		Cancellation: v.Value.Cancellation, SeriesID: v.Value.SeriesID, RecurrenceID: v.Value.RecurrenceID,
		Sequence: v.Value.Sequence, Ask: v.Value.Ask, BookedBy: v.Value.BookedBy, Moves: []schedule.Status{}, Participants: []ParticipantView{}}
	if ch.chart.Decide(models.SectionAppointments, models.Write).Allowed {
		for _, to := range ch.visitMoves() {
			if v.Value.Status.May(to) && (v.Value.HoldUntil == nil || to == schedule.EnteredInError) {
				out.Moves = append(out.Moves, to)
			}
		}
	}
	for _, x := range v.Value.Participants {
		name, err := ch.care.nameOf(ctx, x, p.Value)
		if err != nil {
			return chart.Versioned[VisitView]{}, err
		}
		if err := ch.care.unlessNobody(ctx, v.Value, &x); err != nil {
			return chart.Versioned[VisitView]{}, err
		}
		out.Participants = append(out.Participants, ParticipantView{x.Who, name, x.Kind, x.Role, x.Required, x.Status, x.Start, x.End, x.OtherTime})
	}
	return chart.Versioned[VisitView]{Value: out, Version: v.Version}, nil
}

// nameOf tells a participant's name; who is no longer here has none.
func (c *Service) nameOf(ctx context.Context, x schedule.Participant, p models.Patient) (string, error) {
	var name string
	var err error
	switch x.Kind {
	case schedule.Patient:
		return p.Name, nil
	case schedule.Resource:
		var r chart.Versioned[Resource]
		r, err = chart.Load[Resource](ctx, c.store, chart.ColResources, x.Who)
		name = r.Value.Name
	default:
		var a chart.Versioned[models.Account]
		a, err = chart.Load[models.Account](ctx, c.store, chart.ColAccounts, x.Who)
		name = a.Value.Name
	}
	if models.KindOf(err) == models.KindNotFound {
		return "", nil
	}
	return name, err
}

// localTime is a piece of time on somebody's clock; UTC when their zone is unknown.
func localTime(zone string, from, to time.Time) schedule.Local {
	z, err := schedule.LoadZone(zone)
	if err != nil {
		return schedule.Local{Zone: "UTC", Start: from.UTC(), End: to.UTC()}
	}
	return schedule.Local{Zone: zone, Start: z.Local(from.Unix()), End: z.Local(to.Unix())}
}
