package crisis

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
	"handrail/store/tail"
)

// This instance keeps a copy of every patient's signed crisis plan on this machine's
// own disk, with the sessions that may fetch it, so that the plan is served when
// the database is down and when an access token has run out (decision 0004). The
// truth is the collection "shelf"; each instance follows it.

// copiesInMemory is how many plans are kept unsealed in memory; the others are read
// from disk when asked for.
const copiesInMemory = 512

// copiesOverlap is how far back each look for changes reaches again: instances'
// clocks differ a little, and a commit is later than its stamp.
const copiesOverlap = 10 * time.Second

// planCopy is one patient's copy.
type planCopy struct {
	PatientID string               `json:"patientId"`
	JWS       string               `json:"jws"`
	ETag      string               `json:"etag"`
	Version   int64                `json:"version"` // of the plan; 0 when none is written yet
	Data      string               `json:"data"`    // which emergency data it was built with
	Rev       int64                `json:"rev"`     // version of the stored truth that this is
	UpdatedAt time.Time            `json:"updatedAt"`
	Sessions  map[string]time.Time `json:"sessions"`       // the patient's own, with their ends
	Gone      bool                 `json:"gone,omitempty"` // the patient was erased: drop the copy
	Life      string               `json:"life,omitempty"` // of files: the store's Incarnation that Rev counts in

	signer string // the name of the key of JWS, in memory alone; "": look
}

// planCopies is this machine's copies.
type planCopies struct {
	dir    string
	life   string // the store's Incarnation
	sealer chart.LocalSealer
	memory *lru.Cache[string, planCopy]
	mu     sync.Mutex // one writer of files at a time
	seen   int64      // UpdatedAt of the newest copy taken over, ms; only FollowPlanCopies uses it
}

func newPlanCopies(dir, life string, sealer chart.LocalSealer) (*planCopies, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	memory, err := lru.New[string, planCopy](copiesInMemory)
	return &planCopies{dir: dir, life: life, sealer: sealer, memory: memory}, err
}

func (s *planCopies) file(patientID string) string { return filepath.Join(s.dir, patientID+".plan") }

// get finds a copy in memory or on disk.
func (s *planCopies) get(ctx context.Context, patientID string) (planCopy, bool) {
	if v, ok := s.memory.Get(patientID); ok {
		return v, true
	}
	sealed, err := os.ReadFile(s.file(patientID))
	if err != nil {
		return planCopy{}, false
	}
	plain, err := s.sealer.Open(ctx, patientID, sealed)
	if err != nil {
		return planCopy{}, false
	}
	var v planCopy
	if json.Unmarshal(plain, &v) != nil || v.PatientID != patientID {
		return planCopy{}, false
	}
	s.keep(v)
	return v, true
}

// put takes a copy over, unless a newer one of this life of the store is here: what
// a restore left behind counts for nothing. The file is replaced whole.
func (s *planCopies) put(ctx context.Context, v planCopy) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old, ok := s.get(ctx, v.PatientID); ok && old.Life == s.life && old.Rev >= v.Rev {
		return nil
	}
	v.Life = s.life
	plain, err := json.Marshal(v)
	if err != nil {
		return err
	}
	sealed, err := s.sealer.Seal(ctx, v.PatientID, plain)
	if err != nil {
		return err
	}
	if err := writeWhole(s.file(v.PatientID), sealed); err != nil {
		return err
	}
	s.keep(v)
	return nil
}

// keep holds a copy in memory, so that serving it decodes nothing.
func (s *planCopies) keep(v planCopy) {
	v.signer = signin.SignerOf(v.JWS)
	s.memory.Add(v.PatientID, v)
}

// take follows one change of the stored truth.
func (s *planCopies) take(ctx context.Context, v planCopy) error {
	if v.Gone {
		return s.drop(v.PatientID)
	}
	return s.put(ctx, v)
}

// drop forgets a patient: after an erasure.
func (s *planCopies) drop(patientID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.memory.Remove(patientID)
	if err := os.Remove(s.file(patientID)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// writeWhole replaces a file so that a crash leaves the old or the new one.
func writeWhole(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// planCopyDoc reads the stored truth of a patient's copy.
func (c *Service) planCopyDoc(ctx context.Context, patientID string) (chart.Versioned[planCopy], error) {
	v, err := chart.Load[planCopy](ctx, c.store, chart.ColPlanCopies, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[planCopy]{Value: planCopy{PatientID: patientID, Sessions: map[string]time.Time{}}}, nil
	}
	return v, err
}

// fits tells whether a copy says what it would say if it were made now, under a key
// that phones can still ask for.
func (c *Service) fits(v planCopy) bool {
	signer := v.signer
	if signer == "" {
		signer = signin.SignerOf(v.JWS)
	}
	return v.Data == c.planData() && c.signin.Accepts(signer)
}

// planCopyOp writes the stored truth of a copy.
func (c *Service) planCopyOp(v *chart.Versioned[planCopy]) (store.Op, error) {
	v.Value.UpdatedAt, v.Value.Rev = c.now().UTC(), v.Version+1
	doc, err := chart.Encode(v.Value.PatientID, v.Value.PatientID, v.Version, store.Keys{"site": chart.OwnerSite, "updatedAt": chart.Millis(v.Value.UpdatedAt)}, v.Value)
	if v.Version == 0 {
		return store.Insert(chart.ColPlanCopies, doc), err
	}
	return store.Replace(chart.ColPlanCopies, doc), err
}

// changePlanCopy changes the stored copy, and this machine's. A racing change is
// met by trying again with the newest.
func (c *Service) changePlanCopy(ctx context.Context, patientID string, change func(*planCopy) error) (planCopy, error) {
	for {
		v, err := c.planCopyDoc(ctx, patientID)
		if err != nil {
			return planCopy{}, err
		}
		if err := change(&v.Value); err != nil {
			return planCopy{}, err
		}
		op, err := c.planCopyOp(&v)
		if err != nil {
			return planCopy{}, err
		}
		err = chart.Refusal(c.store.Batch(ctx, op))
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return planCopy{}, err
		}
		return v.Value, c.copies.put(ctx, v.Value)
	}
}

// workPlanCopies is the worker that keeps this machine's copies of crisis plans.
const workPlanCopies = "crisis-plan-shelf"

// How often the plan copies is looked at when no line says that it may have changed, and how
// long after such a line every time: a copy may be written a little later.
const (
	shelfIdle  = 30 * time.Second
	shelfAfter = 3 * time.Second
)

// shelfLines are the beginnings of the actions with which copies change.
var shelfLines = []string{"crisis-plan.", "session.", "account.", "patient.", "signing-key.", "goal."}

// shelfWatch knows when to look. It is for one goroutine.
type shelfWatch struct {
	lines  *tail.Follower[models.AuditEvent]
	looked time.Time
	told   time.Time
}

// KeepShelf is FollowPlanCopies when something may have changed. serve calls it every second.
func (c *Service) KeepShelf(ctx context.Context) error {
	w, now := &c.watch, c.now()
	if w.lines == nil {
		w.lines = c.base.Lines.Follow(func(e models.AuditEvent) bool {
			return slices.ContainsFunc(shelfLines, func(begin string) bool { return strings.HasPrefix(e.Action, begin) })
		})
	}
	if events, lost := w.lines.Take(); lost || len(events) > 0 {
		w.told = now
	}
	since := func(t time.Time) time.Duration { return now.Sub(t).Abs() }
	if since(w.told) > shelfAfter && since(w.looked) < shelfIdle {
		return nil
	}
	err := c.FollowPlanCopies(ctx)
	if err == nil {
		w.looked = now
	} else {
		w.looked = time.Time{}
	}
	return err
}

// FollowPlanCopies takes over what changed on the plan copies since the last look; after a start
// the first look takes over everything. A copy
// that can't be read or written here is set aside: the others must not wait for it.
func (c *Service) FollowPlanCopies(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workPlanCopies)
	if err != nil {
		return chart.Refusal(err)
	}
	for _, id := range round.Due() {
		if err := round.Do(ctx, id, func() error { return c.takeOver(ctx, id) }); err != nil {
			return err
		}
	}
	from := c.copies.seen - copiesOverlap.Milliseconds()
	q := store.Query{Index: "site", Equal: []any{chart.OwnerSite}, From: max(from, 0), Unopened: true}
	return chart.ThroughDocs(ctx, c.store, chart.ColPlanCopies, q, func(d store.Doc) (bool, error) {
		err := round.Do(ctx, d.ID, func() error {
			v, err := chart.Readable[planCopy](d)
			if err != nil {
				return err
			}
			return c.copies.take(ctx, v.Value)
		})
		if at, ok := d.Keys["updatedAt"].(int64); ok && err == nil {
			c.copies.seen = max(c.copies.seen, at)
		}
		return false, err
	})
}

// takeOver takes one copy over as it is now.
func (c *Service) takeOver(ctx context.Context, patientID string) error {
	v, err := c.planCopyDoc(ctx, patientID)
	if err != nil || v.Version == 0 {
		return err
	}
	return c.copies.take(ctx, v.Value)
}

// goneOp leaves the word that takes an erased person's plan off every machine.
func (c *Service) goneOp(patientID string) (store.Op, error) {
	gone := planCopy{PatientID: patientID, Gone: true, UpdatedAt: c.now().UTC()}
	doc, err := chart.Encode("gone:"+patientID, chart.OwnerSite, 0, store.Keys{"site": chart.OwnerSite, "updatedAt": chart.Millis(gone.UpdatedAt)}, gone)
	return store.Insert(chart.ColPlanCopies, doc), err
}

// GonePeople tells who was erased, and when.
func GonePeople(ctx context.Context, s store.Store, tell func(patientID string, at time.Time)) error {
	return chart.Through(ctx, s, chart.ColPlanCopies, store.Query{Index: store.IDIndex}, func(v chart.Versioned[planCopy]) (bool, error) {
		if v.Value.Gone {
			tell(v.Value.PatientID, v.Value.UpdatedAt)
		}
		return false, nil
	})
}
