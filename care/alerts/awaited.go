package alerts

import (
	"context"
	"sync"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// How many looks at their list may wait at one instance for something new: of one person
// (windows that are open), and of all. Who comes above that waits for nothing.
const (
	maxAwaitedOne = 4
	maxAwaited    = 4000
)

// awaited are the people who look at their list now and are told when a line of the log
// names them: that they are called, asked, or need not be any more; or says that
// check-ins or messages of a patient of theirs are not as they were.
type awaited struct {
	mu  sync.Mutex
	all int
	by  map[string][]chan struct{}
}

// Await is told once when a line names somebody, from now on. came is nil where too many
// wait already; stop is to be called.
func (c *Service) Await(accountID string) (came <-chan struct{}, stop func()) {
	w := &c.awaited
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all >= maxAwaited || len(w.by[accountID]) >= maxAwaitedOne {
		return nil, func() {}
	}
	if w.by == nil {
		w.by = map[string][]chan struct{}{}
	}
	told := make(chan struct{}, 1)
	w.by[accountID] = append(w.by[accountID], told)
	w.all++
	return told, func() { w.leave(accountID, told) }
}

func (w *awaited) leave(accountID string, told chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var left []chan struct{}
	for _, one := range w.by[accountID] {
		if one != told {
			left = append(left, one)
		}
	}
	w.all--
	if w.by[accountID] = left; len(left) == 0 {
		delete(w.by, accountID)
	}
}

// Tells says whether a line of the log may have something for who looks at their list.
func Tells(e models.AuditEvent) bool { return e.Whom != "" || forTheTeam(e) }

func forTheTeam(e models.AuditEvent) bool {
	return e.Changed && e.PatientID != "" && (e.Section == models.SectionCheckIns || e.Section == models.SectionMessages)
}

// Named tells those who await it that lines of the log name them, or are about who they are
// on the team of; where lines were lost, everybody. Where it can't be read who is on a
// team, those ask by themselves, as everybody does.
func (c *Service) Named(ctx context.Context, lines []models.AuditEvent, lost bool) error {
	teams, err := c.teamsThatLook(ctx, lines)
	w := &c.awaited
	w.mu.Lock()
	defer w.mu.Unlock()
	tell := func(of []chan struct{}) {
		for _, told := range of {
			select {
			case told <- struct{}{}:
			default: // told already
			}
		}
	}
	for _, e := range lines {
		tell(w.by[e.Whom])
	}
	for _, accountID := range teams {
		tell(w.by[accountID])
	}
	for _, of := range w.by {
		if lost {
			tell(of)
		}
	}
	return err
}

// newestUnread is how many of a patient's newest unread lines are asked for their readers:
// those of the line that tells of it are among them, and a team has at most a hundred people.
const newestUnread = 100

// teamsThatLook are the people on the teams of the patients of some lines, and who else has
// something of theirs to read (a fail-safe, who covers), two queries a patient and section;
// nobody where nobody looks.
func (c *Service) teamsThatLook(ctx context.Context, lines []models.AuditEvent) (out []string, failed error) {
	c.awaited.mu.Lock()
	nobody := c.awaited.all == 0
	c.awaited.mu.Unlock()
	seen := map[string]bool{}
	for _, e := range lines {
		key := e.PatientID + " " + string(e.Section)
		if nobody || seen[key] || !forTheTeam(e) {
			continue
		}
		seen[key] = true
		team, _, err := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{e.PatientID}}, 0)
		if err != nil {
			return out, err
		}
		for _, m := range team {
			out = append(out, m.Value.AccountID)
		}
		lists := chart.ColUnread
		if e.Section == models.SectionMessages {
			lists = chart.ColThreadUnread
		}
		page, err := c.store.Query(ctx, lists, store.Query{Index: "patient", Equal: []any{e.PatientID}, Desc: true, Limit: newestUnread, Unopened: true})
		if err != nil {
			return out, chart.Refusal(err)
		}
		for _, d := range page.Docs {
			if accountID, ok := d.Keys["accountId"].(string); ok {
				out = append(out, accountID)
			}
		}
	}
	return out, nil
}
