package crisis

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// The shelf keeps a copy of every patient's signed crisis plan on this machine's
// own disk, with the sessions that may fetch it, so that the plan is served when
// the database is down and when an access token has run out (decision 0004). The
// truth is the collection "shelf"; each instance follows it.

// shelfMemory is how many plans are kept unsealed in memory; the others are read
// from disk when asked for.
const shelfMemory = 512

// shelfOverlap is how far back each look for changes reaches again: instances'
// clocks differ a little, and a commit is later than its stamp.
const shelfOverlap = 10 * time.Second

// shelved is one patient's copy.
type shelved struct {
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
}

// shelf is this machine's copies.
type shelf struct {
	dir    string
	life   string // the store's Incarnation
	sealer chart.LocalSealer
	memory *lru.Cache[string, shelved]
	mu     sync.Mutex // one writer of files at a time
	seen   int64      // UpdatedAt of the newest copy taken over, ms; only FollowShelf uses it
}

func newShelf(dir, life string, sealer chart.LocalSealer) (*shelf, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	memory, err := lru.New[string, shelved](shelfMemory)
	return &shelf{dir: dir, life: life, sealer: sealer, memory: memory}, err
}

func (s *shelf) file(patientID string) string { return filepath.Join(s.dir, patientID+".plan") }

// get finds a copy in memory or on disk.
func (s *shelf) get(ctx context.Context, patientID string) (shelved, bool) {
	if v, ok := s.memory.Get(patientID); ok {
		return v, true
	}
	sealed, err := os.ReadFile(s.file(patientID))
	if err != nil {
		return shelved{}, false
	}
	plain, err := s.sealer.Open(ctx, patientID, sealed)
	if err != nil {
		return shelved{}, false
	}
	var v shelved
	if json.Unmarshal(plain, &v) != nil || v.PatientID != patientID {
		return shelved{}, false
	}
	s.memory.Add(patientID, v)
	return v, true
}

// put takes a copy over, unless a newer one of this life of the store is here: what
// a restore left behind counts for nothing. The file is replaced whole.
func (s *shelf) put(ctx context.Context, v shelved) error {
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
	s.memory.Add(v.PatientID, v)
	return nil
}

// take follows one change of the stored truth.
func (s *shelf) take(ctx context.Context, v shelved) error {
	if v.Gone {
		return s.drop(v.PatientID)
	}
	return s.put(ctx, v)
}

// drop forgets a patient: after an erasure.
func (s *shelf) drop(patientID string) error {
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

// shelfDoc reads the stored truth of a patient's copy.
func (c *Service) shelfDoc(ctx context.Context, patientID string) (chart.Versioned[shelved], error) {
	v, err := chart.Load[shelved](ctx, c.store, chart.ColShelf, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[shelved]{Value: shelved{PatientID: patientID, Sessions: map[string]time.Time{}}}, nil
	}
	return v, err
}

// fits tells whether a copy says what it would say if it were made now, under a key
// that phones can still ask for.
func (c *Service) fits(v shelved) bool {
	return v.Data == c.planData() && c.signin.SignedByAccepted(v.JWS)
}

// shelfOp writes the stored truth of a copy.
func (c *Service) shelfOp(v *chart.Versioned[shelved]) (store.Op, error) {
	v.Value.UpdatedAt, v.Value.Rev = c.now().UTC(), v.Version+1
	doc, err := chart.Encode(v.Value.PatientID, v.Value.PatientID, v.Version, store.Keys{"site": chart.OwnerSite, "updatedAt": chart.Millis(v.Value.UpdatedAt)}, v.Value)
	if v.Version == 0 {
		return store.Insert(chart.ColShelf, doc), err
	}
	return store.Replace(chart.ColShelf, doc), err
}

// changeShelf changes the stored copy, and this machine's. A racing change is
// met by trying again with the newest.
func (c *Service) changeShelf(ctx context.Context, patientID string, change func(*shelved) error) (shelved, error) {
	for {
		v, err := c.shelfDoc(ctx, patientID)
		if err != nil {
			return shelved{}, err
		}
		if err := change(&v.Value); err != nil {
			return shelved{}, err
		}
		op, err := c.shelfOp(&v)
		if err != nil {
			return shelved{}, err
		}
		err = chart.Refusal(c.store.Batch(ctx, op))
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return shelved{}, err
		}
		return v.Value, c.shelf.put(ctx, v.Value)
	}
}

// workShelf is the worker that keeps this machine's copies of crisis plans.
const workShelf = "crisis-plan-shelf"

// FollowShelf takes over what changed on the shelf since the last look. serve
// calls it every second; after a start the first look takes over everything. A copy
// that can't be read or written here is set aside: the others must not wait for it.
func (c *Service) FollowShelf(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workShelf)
	if err != nil {
		return chart.Refusal(err)
	}
	for _, id := range round.Due() {
		if err := round.Do(ctx, id, func() error { return c.takeOver(ctx, id) }); err != nil {
			return err
		}
	}
	from := c.shelf.seen - shelfOverlap.Milliseconds()
	q := store.Query{Index: "site", Equal: []any{chart.OwnerSite}, From: max(from, 0), Unopened: true}
	return chart.ThroughDocs(ctx, c.store, chart.ColShelf, q, func(d store.Doc) (bool, error) {
		err := round.Do(ctx, d.ID, func() error {
			v, err := chart.Readable[shelved](d)
			if err != nil {
				return err
			}
			return c.shelf.take(ctx, v.Value)
		})
		if at, ok := d.Keys["updatedAt"].(int64); ok && err == nil {
			c.shelf.seen = max(c.shelf.seen, at)
		}
		return false, err
	})
}

// takeOver takes one copy over as it is now.
func (c *Service) takeOver(ctx context.Context, patientID string) error {
	v, err := c.shelfDoc(ctx, patientID)
	if err != nil || v.Version == 0 {
		return err
	}
	return c.shelf.take(ctx, v.Value)
}

// goneOp leaves the word that takes an erased person's plan off every machine.
func (c *Service) goneOp(patientID string) (store.Op, error) {
	gone := shelved{PatientID: patientID, Gone: true, UpdatedAt: c.now().UTC()}
	doc, err := chart.Encode("gone:"+patientID, chart.OwnerSite, 0, store.Keys{"site": chart.OwnerSite, "updatedAt": chart.Millis(gone.UpdatedAt)}, gone)
	return store.Insert(chart.ColShelf, doc), err
}

// GonePeople tells who was erased, and when.
func GonePeople(ctx context.Context, s store.Store, tell func(patientID string, at time.Time)) error {
	return chart.Through(ctx, s, chart.ColShelf, store.Query{Index: store.IDIndex}, func(v chart.Versioned[shelved]) (bool, error) {
		if v.Value.Gone {
			tell(v.Value.PatientID, v.Value.UpdatedAt)
		}
		return false, nil
	})
}
