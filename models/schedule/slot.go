package schedule

import "time"

// Slot is a time at which a visit can be.
type Slot struct {
	Start    time.Time `json:"start"` // UTC
	End      time.Time `json:"end"`
	Modality Modality  `json:"modality"`
	Site     string    `json:"site,omitempty"`
	Local    Local     `json:"local"` // for who asks
	Seats    []Seat    `json:"seats"`
	// Unfamiliar is 0 when the patient knows everybody.
	Unfamiliar int `json:"unfamiliar"`
}

// Seat is one person's or resource's part of a slot.
type Seat struct {
	Role     string    `json:"role"` // Role.Key
	Kind     Kind      `json:"kind"`
	Who      string    `json:"who"`
	Optional bool      `json:"optional,omitempty"`
	Start    time.Time `json:"start"` // UTC
	End      time.Time `json:"end"`
	Local    Local     `json:"local"`
	Claim    Span      `json:"claim"` // with buffers and travel
}

// Local is a piece of time as a clock shows it; the JSON of its times carries the
// offset ("2026-03-09T09:00:00-04:00").
type Local struct {
	Zone  string    `json:"zone"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
}

func localIn(z *Zone, s Span) Local { return Local{z.name, z.Local(s.From), z.Local(s.To)} }

// slot tells a place in full.
func (s *search) slot(pl place) Slot {
	span := Span{pl.start, pl.start + s.length}
	out := Slot{Start: span.Start(), End: span.End(), Modality: s.req.Modality, Site: s.sites[pl.site],
		Local: localIn(s.reader, span), Unfamiliar: pl.unfamiliar, Seats: make([]Seat, 0, pl.n)}
	for _, ref := range pl.seats[:pl.n] {
		p := &s.parts[ref.part]
		who := p.who[ref.who]
		lead, tail := p.claim()
		part := Span{pl.start + p.offset, pl.start + p.offset + p.length}
		out.Seats = append(out.Seats, Seat{Role: p.Key, Kind: p.Kind, Who: who.ID, Optional: p.Optional,
			Start: part.Start(), End: part.End(), Local: localIn(who.ZoneAt(part.From), part),
			Claim: Span{pl.start - lead, pl.start + tail}})
	}
	return out
}

// Claims are what the visit of that id takes when it is put in the slot.
func (s Slot) Claims(visit, visitType string) []Claim {
	claims := make([]Claim, 0, len(s.Seats))
	for _, seat := range s.Seats {
		claims = append(claims, Claim{Visit: visit, Who: seat.Who, Type: visitType, Span: seat.Claim, Start: seat.Start.Unix()})
	}
	return claims
}
