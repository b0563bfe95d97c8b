package duty

import (
	"context"
	"fmt"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/duty"
	"handrail/models/schedule"
	"handrail/store/aside"
)

// ahead is how far holes are looked for.
const ahead = 14 * 24 * time.Hour

// The kinds of holes.
const (
	HoleNobody      = "nobody"      // the rota declares this time, and nobody is on duty
	HoleUnreachable = "unreachable" // somebody is, whom no channel reaches
)

// Hole is a time that a rota declares and does not fill. The fail-safe answers for it.
type Hole struct {
	RotaID    string    `json:"rotaId"`
	RotaName  string    `json:"rotaName"`
	Kind      string    `json:"kind"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	AccountID string    `json:"accountId,omitempty"`
	Name      string    `json:"name,omitempty"`
}

// holes are those of a rota from a moment on.
func (c *Service) holes(ctx context.Context, r duty.Rota, away duty.Away, at time.Time) ([]Hole, error) {
	p, err := duty.Read(r, away)
	if err != nil { // a zone that is not known any more: it is asked for nothing
		return []Hole{{RotaID: r.ID, RotaName: r.Name, Kind: HoleNobody, From: at, To: at.Add(ahead)}}, nil
	}
	end := at.Add(ahead)
	declared, err := c.declared(ctx, r, at, end)
	if err != nil {
		return nil, err
	}
	var out []Hole
	for _, s := range p.Holes(at, end, declared) {
		out = append(out, Hole{RotaID: r.ID, RotaName: r.Name, Kind: HoleNobody, From: s.Start(), To: s.End()})
	}
	for _, s := range p.Line(at, end) {
		if s.AccountID == "" {
			continue
		}
		if i := slices.IndexFunc(out, func(h Hole) bool { return h.AccountID == s.AccountID }); i >= 0 {
			out[i].To = s.To
			continue
		}
		n, ok, err := c.reached(ctx, s.AccountID)
		if err != nil {
			return nil, err
		}
		if !ok {
			out = append(out, Hole{r.ID, r.Name, HoleUnreachable, s.From, s.To, n.AccountID, n.Name})
		}
	}
	return out, nil
}

// declared is when somebody should be on duty: day and night, or in the staffed hours of
// its programme, else of the clinic.
func (c *Service) declared(ctx context.Context, r duty.Rota, from, to time.Time) ([]schedule.Span, error) {
	if r.OnCall {
		return []schedule.Span{schedule.SpanOf(from, to)}, nil
	}
	if c.hours == nil {
		return nil, nil
	}
	hours, err := c.hours(ctx, r.Programme)
	var out []schedule.Span
	for _, s := range hours.Between(from, to) {
		out = append(out, schedule.SpanOf(s[0], s[1]))
	}
	return out, err
}

// reached tells whether somebody can be called: their account is active, and a channel
// reaches them. Whose ways to be reached can't be read is not.
func (c *Service) reached(ctx context.Context, id string) (Named, bool, error) {
	n, err := c.named(ctx, id)
	if err != nil || !n.Active || c.reaches == nil {
		return n, n.Active, err
	}
	ok, err := c.reaches(ctx, id)
	if err != nil && !aside.Stops(err) {
		return n, false, nil
	}
	return n, ok, err
}

// Now is who is on duty by one rota.
type Now struct {
	RotaID string    `json:"rotaId"`
	Rota   string    `json:"rota"`
	Serves string    `json:"serves"`
	OnCall bool      `json:"onCall"`
	Who    *Named    `json:"who,omitempty"`
	By     string    `json:"by,omitempty"`
	Until  time.Time `json:"until"`
}

// Turn is a time of one's own on a rota.
type Turn struct {
	RotaID string    `json:"rotaId"`
	Rota   string    `json:"rota"`
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	By     string    `json:"by"`
}

// Asked is a swap that waits for the reader's answer.
type Asked struct {
	RotaID string `json:"rotaId"`
	Rota   string `json:"rota"`
	Zone   string `json:"zone"`
	duty.Swap
	GivenByName string `json:"givenByName"`
}

// Duty is what somebody who works here sees of the rotas.
type Duty struct {
	Now   []Now   `json:"now"`
	Mine  []Turn  `json:"mine"`
	Asked []Asked `json:"asked"`
	Holes []Hole  `json:"holes"`
}

// OnDuty tells who is on duty now, when the reader is in the next two weeks, which swaps
// wait for them, and where holes are.
func (c *Service) OnDuty(ctx context.Context, actor models.Actor) (Duty, error) {
	out := Duty{Now: []Now{}, Mine: []Turn{}, Asked: []Asked{}, Holes: []Hole{}}
	if err := c.reads(ctx, actor); err != nil {
		return out, err
	}
	found, err := c.live(ctx)
	if err != nil {
		return out, err
	}
	at, away := c.now().UTC(), duty.AwayOf(values(found)...)
	for _, r := range values(found) {
		holes, err := c.holes(ctx, r, away, at)
		if err != nil {
			return out, err
		}
		out.Holes = append(out.Holes, holes...)
		p, err := duty.Read(r, away)
		if err != nil {
			continue
		}
		line := p.Line(at, at.Add(ahead))
		n := Now{RotaID: r.ID, Rota: r.Name, Serves: r.Serves, OnCall: r.OnCall, By: line[0].By, Until: line[0].To}
		if line[0].AccountID != "" {
			who, err := c.named(ctx, line[0].AccountID)
			if err != nil {
				return out, err
			}
			n.Who = &who
		}
		out.Now = append(out.Now, n)
		for _, s := range line {
			if s.AccountID == actor.AccountID {
				out.Mine = append(out.Mine, Turn{r.ID, r.Name, s.From, s.To, s.By})
			}
		}
		for _, w := range r.Swaps {
			if w.TakenBy == actor.AccountID && w.Status == duty.SwapProposed {
				from, err := c.named(ctx, w.GivenBy)
				if err != nil {
					return out, err
				}
				out.Asked = append(out.Asked, Asked{r.ID, r.Name, r.Zone, w, from.Name})
			}
		}
	}
	slices.SortFunc(out.Holes, func(a, b Hole) int { return a.From.Compare(b.From) })
	slices.SortFunc(out.Mine, func(a, b Turn) int { return a.From.Compare(b.From) })
	return out, nil
}

// maxDays bounds what one look at a rota shows.
const maxDays = 62

// Stretch is a piece of a rota as it really falls.
type Stretch struct {
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	AccountID string    `json:"accountId,omitempty"`
	Name      string    `json:"name,omitempty"`
	By        string    `json:"by,omitempty"`
}

// Days shows a rota as it falls, from a date on the rota's clock on ("" is today).
func (c *Service) Days(ctx context.Context, actor models.Actor, id, from string, days int) ([]Stretch, error) {
	if err := c.reads(ctx, actor); err != nil {
		return nil, err
	}
	v, err := chart.Load[duty.Rota](ctx, c.store, chart.ColRotas, id)
	if err != nil {
		return nil, err
	}
	found, err := c.live(ctx)
	if err != nil {
		return nil, err
	}
	var checks models.Checks
	zone, err := schedule.LoadZone(v.Value.Zone)
	checks.Require(err == nil, "zone", "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
	checks.Require(days >= 1 && days <= maxDays, "days", "out-of-range", fmt.Sprintf("Choose 1 to %d days.", maxDays))
	day, ok := schedule.ParseDay(from)
	checks.Require(ok || from == "", "from", "bad-date", "Give a date as YYYY-MM-DD.")
	if err := checks.Err(); err != nil {
		return nil, err
	}
	if from == "" {
		day = zone.Day(c.now().Unix())
	}
	rotas := values(found)
	if !slices.ContainsFunc(rotas, func(r duty.Rota) bool { return r.ID == id }) {
		rotas = append(rotas, v.Value)
	}
	p, err := duty.Read(v.Value, duty.AwayOf(rotas...))
	if err != nil {
		return nil, err
	}
	out := []Stretch{}
	names := map[string]string{}
	for _, s := range p.Line(zone.DaySpan(day).Start(), zone.DaySpan(day+schedule.Day(days-1)).End()) {
		if _, known := names[s.AccountID]; !known && s.AccountID != "" {
			n, err := c.named(ctx, s.AccountID)
			if err != nil {
				return nil, err
			}
			names[s.AccountID] = n.Name
		}
		out = append(out, Stretch{s.From.In(zone.Location()), s.To.In(zone.Location()), s.AccountID, names[s.AccountID], s.By})
	}
	return out, nil
}
