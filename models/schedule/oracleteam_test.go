package schedule

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// found is a slot as the oracle sees it.
type found struct {
	start      int64 // minute
	site       int
	unfamiliar int
	team       string // "role:who role:who …"
}

// slots are all slots, in the order of Find.
func (o *oracle) slots() []found {
	sites := []string{""}
	if o.req.Modality == InPerson {
		sites = o.sites
	}
	taken := map[string][]bool{}
	for id, p := range o.who.People {
		taken[id] = o.taken(p)
	}
	var out []found
	for i, site := range sites {
		open := map[string][]bool{}
		for _, r := range o.req.Roles {
			for _, id := range o.candidates(r) {
				if a := o.availability[id]; a != nil {
					open[id] = o.open(a, r.Kind, site)
				}
			}
		}
		for _, m := range o.gridMinutes() {
			if f, ok := o.team(m, site, open, taken); ok {
				f.site = i
				out = append(out, f)
			}
		}
	}
	slices.SortFunc(out, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.unfamiliar, b.unfamiliar), cmp.Compare(a.start, b.start), cmp.Compare(a.site, b.site))
	})
	return out
}

// gridMinutes are the starts that the request's own times allow.
func (o *oracle) gridMinutes() []int64 {
	z, v := o.clocks(o.req.Zone), o.req.Visit
	var out []int64
	for m := o.from; m < o.to; m++ {
		w, at := z.read(m), time.Unix(m*60, 0)
		if z.firsts[w-z.base] == m && w%int64(v.GridMinutes) == 0 && !at.Before(o.req.From) && at.Before(o.req.To) &&
			!at.Before(o.req.Now.Add(time.Duration(v.LeadMinutes)*time.Minute)) &&
			at.Before(o.req.Now.Add(time.Duration(v.HorizonDays)*24*time.Hour)) {
			out = append(out, m)
		}
	}
	return out
}

// candidates are who can play a role: not those whom another role names.
func (o *oracle) candidates(r Role) []string {
	ids := r.Who
	if len(ids) == 0 {
		for id, p := range o.who.People {
			if (r.Discipline == "" || p.Discipline == r.Discipline) && (r.Language == "" || slices.Contains(p.Languages, r.Language)) {
				ids = append(ids, id)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		return slices.ContainsFunc(o.req.Roles, func(other Role) bool {
			return other.Key != r.Key && !other.Optional && slices.Contains(other.Who, id) && (other.Need == 0 || other.Need == len(other.Who))
		})
	})
}

// team picks people for a start, or says that it can't be.
func (o *oracle) team(m int64, site string, open, taken map[string][]bool) (found, bool) {
	f := found{start: m}
	var team []string
	for _, r := range o.req.Roles {
		if r.Kind == Patient && o.req.Modality == Asynchronous {
			continue
		}
		var free []*Candidate
		for _, id := range o.candidates(r) {
			if o.free(m, r, id, site, open, taken) {
				free = append(free, o.who.People[id])
			}
		}
		slices.SortFunc(free, func(a, b *Candidate) int {
			return cmp.Or(cmp.Compare(a.Unfamiliar, b.Unfamiliar), cmp.Compare(a.Load, b.Load), strings.Compare(a.ID, b.ID))
		})
		if need := cmp.Or(r.Need, len(r.Who)); !r.Optional {
			if len(free) < need {
				return f, false
			}
			free = free[:need]
		}
		for _, p := range free {
			team = append(team, r.Key+":"+p.ID)
			if !r.Optional {
				f.unfamiliar += p.Unfamiliar
			}
		}
	}
	f.team = strings.Join(team, " ")
	return f, true
}

func (o *oracle) free(m int64, r Role, id, site string, open, taken map[string][]bool) bool {
	v, p, a := o.req.Visit, o.who.People[id], o.availability[id]
	from := m + int64(r.OffsetMinutes)
	to := from + int64(cmp.Or(r.Minutes, v.Minutes-r.OffsetMinutes))
	if r.Kind != Clinician {
		return o.none(taken[id], from, to) && (a == nil || o.all(open[id], from, to))
	}
	from, to = from-int64(o.req.TravelMinutes), to+int64(o.req.TravelMinutes)
	return a != nil && o.all(open[id], from, to) &&
		o.none(taken[id], from-int64(v.BeforeMinutes), to+int64(v.AfterMinutes)) &&
		!o.full(p, a, m+int64(r.OffsetMinutes)) &&
		!time.Unix(m*60, 0).Before(o.req.Now.Add(time.Duration(a.NoticeMinutes)*time.Minute))
}
