package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"handrail/models"
)

// benchNow is a Monday, three weeks before the clocks change in New York.
var benchNow = time.Date(2026, 2, 16, 13, 0, 0, 0, time.UTC)

// benchCandidates has clinicians who work five days a week with a break, in four zones,
// and perWeek visits a week from past weeks ago until weeks from now.
func benchCandidates(b testing.TB, clinicians, perWeek, past, weeks int) Candidates {
	r := rand.New(rand.NewPCG(1, 1))
	zones := []string{"America/New_York", "America/Chicago", "America/New_York", "America/Toronto"}
	candidates := Candidates{map[string]*Candidate{"patient": {ID: "patient", Zone: "America/New_York"}}}
	for i := range clinicians {
		id := fmt.Sprintf("c%02d", i)
		open, err := Compile(Availability{Zone: zones[i%4], Hours: []Hours{
			{ID: "am", Start: "2024-01-01T08:00:00", End: "12:00", RRule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
			{ID: "pm", Start: "2024-01-01T12:30:00", End: "18:00", RRule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
		}, Leave: []Absence{{Start: "2026-03-02T00:00:00", End: "2026-03-03T00:00:00"}}}, nil)
		if err != nil {
			b.Fatal(err)
		}
		p := &Candidate{ID: id, Open: open, Discipline: models.DisciplineTherapy, Unfamiliar: min(i, 1), Load: int64(r.IntN(50))}
		zone := open.Home()
		for week := -past; week < weeks; week++ {
			p.Claims = append(p.Claims, busyWeek(r, zone, id, week, perWeek)...)
		}
		SortClaims(p.Claims)
		candidates.People[id] = p
	}
	return candidates
}

// busyWeek draws visits of 30 minutes on the half hours of a week, none twice.
func busyWeek(r *rand.Rand, z *Zone, who string, week, n int) []Claim {
	monday := dayOf(benchNow.Unix()) + Day(7*week)
	var out []Claim
	for _, slot := range r.Perm(5 * 19)[:min(n, 5*19)] {
		at := z.At((monday + Day(slot/19)).At(8*3600 + int64(slot%19)*1800))
		out = append(out, Claim{Visit: fmt.Sprintf("%s-%d-%d", who, week, slot), Who: who, Type: "therapy", Span: Span{at, at + 1800}, Start: at})
	}
	return out
}

func benchRequest(days, grid int, roles ...Role) Request {
	return Request{Visit: VisitType{ID: "therapy", Name: "Therapy", Minutes: 30, BeforeMinutes: 5, AfterMinutes: 5, Modalities: []Modality{Video},
		HorizonDays: 120, GridMinutes: grid, PerDay: 12, BookableBy: []models.Role{models.RolePatient}}, Modality: Video,
		Roles: append([]Role{{Key: "patient", Kind: Patient, Who: []string{"patient"}}}, roles...),
		Zone:  "America/New_York", Reader: "America/New_York", From: benchNow, To: benchNow.AddDate(0, 0, days), Now: benchNow, By: models.RolePatient, Limit: 20}
}

func names(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("c%02d", i))
	}
	return out
}

// bench runs a search and reports the median and the 99th percentile besides the mean.
func bench(b *testing.B, req Request, candidates Candidates, all bool) {
	b.Helper()
	b.ReportAllocs()
	var took []time.Duration
	slots := 0
	for b.Loop() {
		start := time.Now()
		q := req
		for slots = 0; ; {
			found, next, err := Find(q, candidates)
			if err != nil {
				b.Fatal(err, fields(err))
			}
			if slots += len(found); !all || next == "" {
				break
			}
			q.Cursor = next
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(slots), "slots")
}

func BenchmarkOneClinician28Days(b *testing.B) {
	for _, limit := range []int{DefaultSlots, MaxSlots} {
		req := benchRequest(28, 5, Role{Key: "therapist", Kind: Clinician, Who: names(1)})
		req.Limit = limit
		b.Run(fmt.Sprintf("first-%d", limit), func(b *testing.B) { bench(b, req, benchCandidates(b, 1, 40, 4, 6), false) })
	}
}

// BenchmarkOneClinicianAllPages reads all slots of 28 days.
func BenchmarkOneClinicianAllPages(b *testing.B) {
	req := benchRequest(28, 5, Role{Key: "therapist", Kind: Clinician, Who: names(1)})
	req.Limit = MaxSlots
	bench(b, req, benchCandidates(b, 1, 40, 4, 6), true)
}

// BenchmarkTenJoint28Days has so few common times that the whole of 28 days is looked through.
func BenchmarkTenJoint28Days(b *testing.B) {
	bench(b, benchRequest(28, 5, Role{Key: "team", Kind: Clinician, Who: names(10)}), benchCandidates(b, 10, 10, 4, 6), false)
}

// BenchmarkTenJointNone finds nothing: the worst of the joint searches.
func BenchmarkTenJointNone(b *testing.B) {
	bench(b, benchRequest(28, 5, Role{Key: "team", Kind: Clinician, Who: names(10)}), benchCandidates(b, 10, 50, 4, 6), false)
}

func BenchmarkFiveJoint90DaysFull(b *testing.B) {
	req := benchRequest(90, 5, Role{Key: "team", Kind: Clinician, Who: names(5)})
	req.Visit.BeforeMinutes, req.Visit.AfterMinutes = 0, 0 // or there is no common time at all
	for _, past := range []int{0, 52, 260} {
		b.Run(fmt.Sprintf("weeks-past-%d", past), func(b *testing.B) { bench(b, req, benchCandidates(b, 5, 60, past, 14), false) })
	}
}

func BenchmarkAnyOfFifty28Days(b *testing.B) {
	bench(b, benchRequest(28, 5, Role{Key: "therapist", Kind: Clinician, Who: names(50), Need: 1}), benchCandidates(b, 50, 60, 4, 6), false)
}

func BenchmarkAnyOfHundred28Days(b *testing.B) {
	bench(b, benchRequest(28, 5, Role{Key: "therapist", Kind: Clinician, Who: names(100), Need: 1}), benchCandidates(b, 100, 60, 4, 6), false)
}

// BenchmarkAnyOfHundredStrangers has nobody familiar, so that the whole window must be ranked.
func BenchmarkAnyOfHundredStrangers(b *testing.B) {
	candidates := benchCandidates(b, 100, 60, 4, 6)
	candidates.People["c00"].Claims = nil
	candidates.People["c00"].Busy = []Span{SpanOf(benchNow, benchNow.AddDate(1, 0, 0))}
	bench(b, benchRequest(28, 5, Role{Key: "therapist", Kind: Clinician, Who: names(100), Need: 1}), candidates, false)
}

func BenchmarkThreeOfTwenty28Days(b *testing.B) {
	bench(b, benchRequest(28, 5, Role{Key: "panel", Kind: Clinician, Who: names(20), Need: 3}), benchCandidates(b, 20, 60, 4, 6), false)
}

func BenchmarkStaggered28Days(b *testing.B) {
	bench(b, benchRequest(28, 5, Role{Key: "therapist", Kind: Clinician, Who: names(1)},
		Role{Key: "psychiatrist", Kind: Clinician, Who: names(5)[1:], Need: 1, OffsetMinutes: 10}), benchCandidates(b, 5, 60, 4, 6), false)
}

func BenchmarkExplain(b *testing.B) {
	req, candidates := benchRequest(28, 5, Role{Key: "team", Kind: Clinician, Who: names(5)}), benchCandidates(b, 5, 60, 4, 6)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Explain(req, candidates, benchNow.Add(50*time.Hour)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	a := Availability{Zone: "America/New_York", Hours: []Hours{{ID: "am", Start: "2024-01-01T08:00:00", End: "12:00", RRule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compile(a, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSettle(b *testing.B) {
	candidates := benchCandidates(b, 5, 60, 0, 1)
	have := map[LedgerKey]DayLedger{}
	for _, p := range candidates.People {
		for _, c := range p.Claims {
			for _, k := range Ledgers(c) {
				l := have[k]
				l.Who, l.Day = k.Who, k.Day
				l.Claims = append(l.Claims, c)
				have[k] = l
			}
		}
	}
	at := benchNow.Unix() + 20*3600
	var take []Claim
	for _, who := range names(5) {
		take = append(take, Claim{Visit: "new", Who: who, Type: "therapy", Span: Span{at, at + 3600}, Start: at})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Settle(have, nil, take, benchNow.Unix()); err != nil {
			b.Fatal(err)
		}
	}
}
