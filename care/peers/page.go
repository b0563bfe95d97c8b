package peers

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/peer"
	"handrail/store"
)

// Page is what a patient sees of peers: what they want, who fits, whom they asked.
type Page struct {
	Wish    peer.Wish    `json:"wish"`
	Fits    []peer.Fit   `json:"fits"`
	Matches []peer.Match `json:"matches"`
}

// mostShown bounds how many peers are shown, and read.
const (
	mostShown = 20
	mostPeers = 500
)

// Page reads it: the patient alone.
func (ch *Part) Page(ctx context.Context) (Page, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return Page{}, err
	}
	p, err := ch.page(ctx)
	if err != nil {
		return p, err
	}
	return p, ch.chart.NoteRead(ctx, d, "peer.read", "", len(p.Fits))
}

func (ch *Part) page(ctx context.Context) (out Page, err error) {
	w, err := chart.Load[peer.Wish](ctx, ch.care.store, chart.ColPeerWishes, ch.patient)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return out, err
	}
	out.Wish, out.Matches = w.Value, []peer.Match{}
	out.Wish.Shares, out.Wish.Hours = append([]string{}, out.Wish.Shares...), append([]string{}, out.Wish.Hours...)
	mine, err := chart.Every[peer.Match](ctx, ch.care.store, chart.ColPeerMatches, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true})
	if err != nil {
		return out, err
	}
	var with []string
	for _, m := range mine {
		if m.Value.Open() || len(out.Matches) < mostShown {
			out.Matches = append(out.Matches, m.Value)
		}
		if m.Value.Open() {
			with = append(with, m.Value.PeerID)
		}
	}
	all, err := ch.care.open(ctx)
	if err != nil {
		return out, err
	}
	all = slices.DeleteFunc(all, func(p peer.Profile) bool { return slices.Contains(with, p.AccountID) })
	taken, err := ch.care.taken(ctx)
	if err != nil {
		return out, err
	}
	fits := peer.Fits(all, out.Wish, taken)
	out.Fits = fits[:min(len(fits), mostShown)]
	return out, nil
}

// open are the peers who can be asked and still work here.
func (c *Service) open(ctx context.Context) ([]peer.Profile, error) {
	found, _, err := chart.ReadableOnes[peer.Profile](ctx, c.store, chart.ColPeerProfiles, store.Query{Index: "site", Equal: []any{chart.OwnerSite}}, mostPeers)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for i, v := range found {
		ids[i] = v.Value.AccountID
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColAccounts, ids...); err != nil {
		return nil, err
	}
	var out []peer.Profile
	for _, v := range found {
		a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, v.Value.AccountID)
		if err == nil && a.Value.Status == models.AccountActive && a.Value.Discipline == models.DisciplinePeer {
			v.Value.Name = a.Value.Name
			out = append(out, v.Value)
		}
	}
	return out, nil
}

// taken is how many people each peer has.
func (c *Service) taken(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	err := chart.ThroughDocs(ctx, c.store, chart.ColPeerMatches, store.Query{Index: "open", Equal: []any{chart.OwnerSite}, Unopened: true}, func(d store.Doc) (bool, error) {
		if id, ok := d.Keys["peerId"].(string); ok {
			out[id]++
		}
		return false, nil
	})
	return out, err
}

// SetWish keeps what the patient wants of a peer, and answers who fits.
func (ch *Part) SetWish(ctx context.Context, w peer.Wish) (Page, error) {
	d, err := ch.mayOwn(ctx)
	if err != nil {
		return Page{}, err
	}
	if err := w.Check(); err != nil {
		return Page{}, err
	}
	return again(ctx, func() (Page, error) {
		now, err := chart.Load[peer.Wish](ctx, ch.care.store, chart.ColPeerWishes, ch.patient)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return Page{}, err
		}
		if now.IsNew() || !chart.SameJSON(now.Value, w) {
			doc, err := chart.Encode(ch.patient, ch.patient, now.Version, nil, w)
			if err != nil {
				return Page{}, err
			}
			op := store.Replace(chart.ColPeerWishes, doc)
			if now.IsNew() {
				op = store.Insert(chart.ColPeerWishes, doc)
			}
			if err := ch.chart.Commit(ctx, d, "peer.wish", ch.patient, op); err != nil {
				return Page{}, stale(err)
			}
		}
		return ch.page(ctx)
	})
}

func stale(err error) error {
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return err
}
