// Package education shows modules of education, and lets a clinic write, sign, publish
// and withdraw its own. What somebody reads and answers is theirs: a patient's is in
// their record and not for the team, anybody else's is in their own. What the team
// gives a patient to read is a part of the chart.
package education

import (
	"context"
	"maps"
	"sync"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/education"
	"handrail/store"
)

// Service is the use cases of education.
type Service struct {
	base     *chart.Base
	store    store.Store
	now      models.Clock
	sign     func([]byte) (string, error)
	unsigned bool
	words    func() []signable // made when they are first asked for

	mu   sync.Mutex
	kept *library
}

// New reads the clinic's own texts. sign wraps bytes in a JWS of the site. unsigned
// shows safety texts that nobody has signed, as a demo does. words gives those of the
// app that are signed like them, once and when they are first asked for; nil: there are none.
func New(ctx context.Context, base *chart.Base, sign func([]byte) (string, error), unsigned bool, words func() []education.Words) (*Service, error) {
	s := &Service{base: base, store: base.Store, now: base.Now, sign: sign, unsigned: unsigned}
	s.words = sync.OnceValue(func() (out []signable) {
		if words == nil {
			return nil
		}
		for _, w := range words() {
			out = append(out, signable{w, w.Fingerprint()})
		}
		return out
	})
	_, err := s.library(ctx)
	return s, err
}

// Part is education in a patient's open chart. Do not keep it: a revocation holds from
// the next Open.
type Part struct {
	chart   *chart.Chart
	care    *Service
	actor   models.Actor
	patient string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, actor: ch.Actor(), patient: ch.PatientID()}
}

// fresh is how long the texts that were read count: another instance may have changed
// them meanwhile.
const fresh = 2 * time.Second

// library is what the clinic has beside what ships, as it was read at one moment.
type library struct {
	at    time.Time
	texts map[key]chart.Versioned[education.SiteText]
	words map[key]chart.Versioned[education.SiteText] // signatures of words of the app
	bad   map[key]int64                               // versions that can't be read: maybe withdrawn, so not shown

	mu    sync.Mutex
	packs map[string]*pack // by language
	in    []string         // languages, once somebody asked
}

type key struct{ id, language string }

func (k key) doc() string { return k.id + ":" + k.language }

// library reads the texts. While the store is away those of the last time count: the
// pages of a bad night must not wait for it.
func (c *Service) library(ctx context.Context) (*library, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if c.kept != nil && !now.Before(c.kept.at) && now.Sub(c.kept.at) < fresh {
		return c.kept, nil
	}
	return c.reread(ctx, now, true)
}

// newest reads the texts as they are now, for the office: who changes them must not be
// shown what was.
func (c *Service) newest(ctx context.Context) (*library, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reread(ctx, c.now(), false)
}

func (c *Service) reread(ctx context.Context, now time.Time, orLast bool) (*library, error) {
	next, err := c.readLibrary(ctx, now)
	if err != nil && orLast && c.kept != nil && models.KindOf(err) == models.KindUnavailable {
		c.kept.at = c.now() // not asked again at once: who reads waits for one try and not for each
		return c.kept, nil
	}
	if err != nil {
		return nil, err
	}
	c.kept = next
	return next, nil
}

func (c *Service) readLibrary(ctx context.Context, now time.Time) (*library, error) {
	next := &library{at: now, texts: map[key]chart.Versioned[education.SiteText]{}, words: map[key]chart.Versioned[education.SiteText]{}, bad: map[key]int64{}, packs: map[string]*pack{}}
	same := c.kept != nil
	err := chart.ThroughDocs(ctx, c.store, chart.ColLearnTexts, store.Query{Index: store.IDIndex, Unopened: true}, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[education.SiteText](d)
		k := key{v.Value.ID, v.Value.Language}
		if err != nil {
			k = keyOf(d.ID)
			next.bad[k] = d.Version
			if c.base.Told.Once("education " + d.ID) {
				c.base.Log.Error("a text of education can't be read and is not shown", "document", d.ID)
			}
		} else if isOfWords(k.id) {
			next.words[k] = v
		} else {
			next.texts[k] = v
		}
		same = same && c.kept.bad[k] == next.bad[k] && c.kept.texts[k].Version == next.texts[k].Version
		return false, nil
	})
	if err == nil && same && len(next.texts) == len(c.kept.texts) && len(next.bad) == len(c.kept.bad) {
		next.packs, next.in = c.kept.made()
	}
	return next, err
}

// made is what was made of the texts, for a library with the same ones.
func (l *library) made() (packs map[string]*pack, in []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.packs), l.in
}
