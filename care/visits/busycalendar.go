package visits

import (
	"context"
	"net/url"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// BusySource reads busy times from the addresses of calendars elsewhere; package
// icalendar has it. Its errors are *models.Error that say in plain words what went
// wrong.
type BusySource interface {
	// CheckURL tidies an address, without looking at what is there.
	CheckURL(address string) (string, error)
	// Busy reads the times between two instants. same tells that nothing changed
	// since etag and modified were given.
	Busy(ctx context.Context, q BusyQuestion) (BusyAnswer, error)
}

// BusyQuestion asks a calendar elsewhere. ETag and Modified are those of the last
// answer, "" when the whole is wanted.
type BusyQuestion struct {
	URL, ETag, Modified string
	From, To            time.Time
	Home                *schedule.Zone // whose clock events have that name none
}

// BusyAnswer is what a calendar elsewhere said.
type BusyAnswer struct {
	Same           bool // as before
	ETag, Modified string
	Times          []schedule.Span // a set
	Unread         int             // events that were not understood in whole
	Odd            []BusyOdd       // the first of them
}

// BusyOdd is an event of a calendar elsewhere that was not understood in whole. What
// could be told of it is among the busy times. It holds no words of the event.
type BusyOdd struct {
	At  *schedule.Span `json:"at,omitempty"`
	Why string         `json:"why"`
}

// When calendars elsewhere are read, and how far.
const (
	busyEvery    = 15 * time.Minute
	busyEveryMax = 6 * time.Hour // between tries at one that fails
	busyWhole    = 24 * time.Hour
	busyBack     = 1 // days before now
)

// busyCalendar is somebody's calendar elsewhere as it is stored. The address is a
// secret of theirs and never leaves.
type busyCalendar struct {
	AccountID string          `json:"accountId"`
	URL       string          `json:"url"`
	SetBy     models.Author   `json:"setBy"`
	SetAt     time.Time       `json:"setAt"`
	ETag      string          `json:"etag,omitempty"`
	Modified  string          `json:"modified,omitempty"`
	ReadAt    *time.Time      `json:"readAt,omitempty"`   // when it last answered
	WholeAt   *time.Time      `json:"wholeAt,omitempty"`  // when it last answered in full: the window moves on
	DueAt     time.Time       `json:"dueAt"`              // when to ask again
	Failure   *BusyFailure    `json:"failure,omitempty"`  // why the last try brought nothing
	Failures  int             `json:"failures,omitempty"` // in a row
	Unread    int             `json:"unread,omitempty"`
	Odd       []BusyOdd       `json:"odd,omitempty"`
	Times     []schedule.Span `json:"times"`
}

// BusyFailure says why a calendar elsewhere could not be read.
type BusyFailure struct {
	Code  string    `json:"code"`
	Text  string    `json:"detail"`
	Since time.Time `json:"since"`
}

// BusyCalendar tells about somebody's calendar elsewhere.
type BusyCalendar struct {
	Exists  bool         `json:"exists"`
	Host    string       `json:"host,omitempty"`
	SetAt   *time.Time   `json:"setAt,omitempty"`
	ReadAt  *time.Time   `json:"readAt,omitempty"`
	DueAt   *time.Time   `json:"dueAt,omitempty"`
	Times   int          `json:"times"`
	Unread  int          `json:"unread"`
	Odd     []OddEvent   `json:"notUnderstood"`
	Failure *BusyFailure `json:"failure,omitempty"`
}

// OddEvent is an event of a calendar elsewhere that was not understood in whole.
type OddEvent struct {
	Start *time.Time `json:"start,omitempty"`
	End   *time.Time `json:"end,omitempty"`
	Why   string     `json:"why"`
}

func (o BusyOdd) view() OddEvent {
	out := OddEvent{Why: o.Why}
	if o.At != nil {
		start, end := o.At.Start(), o.At.End()
		out.Start, out.End = &start, &end
	}
	return out
}

func (b busyCalendar) view(now time.Time) BusyCalendar {
	out := BusyCalendar{Exists: true, SetAt: &b.SetAt, ReadAt: b.ReadAt, DueAt: &b.DueAt, Unread: b.Unread, Odd: []OddEvent{}, Failure: b.Failure}
	for _, o := range b.Odd {
		out.Odd = append(out.Odd, o.view())
	}
	if u, err := url.Parse(b.URL); err == nil {
		out.Host = u.Hostname()
	}
	for _, s := range b.Times {
		if s.To > now.Unix() {
			out.Times++
		}
	}
	return out
}

// busyOps writes a calendar, at the version that was read.
func busyOp(v chart.Versioned[busyCalendar]) (store.Op, error) {
	doc, err := chart.Encode(v.Value.AccountID, v.Value.AccountID, v.Version, store.Keys{"due": chart.Millis(v.Value.DueAt)}, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColBusy, doc), err
	}
	return store.Replace(chart.ColBusy, doc), err
}

// mayKeepBusy opens the calendar elsewhere of a clinician for somebody who may keep
// their hours. A new one has version 0.
func (c *Service) mayKeepBusy(ctx context.Context, actor models.Actor, accountID string) (chart.Versioned[busyCalendar], error) {
	none := chart.Versioned[busyCalendar]{}
	if !actor.Role.Staff() {
		return none, models.NotFound()
	}
	if _, err := c.clinician(ctx, accountID); err != nil {
		return none, err
	}
	if err := c.mayKeepHours(ctx, actor, accountID); err != nil {
		return none, err
	}
	v, err := chart.Load[busyCalendar](ctx, c.store, chart.ColBusy, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return none, nil
	}
	return v, err
}

// BusyCalendar tells about a clinician's calendar elsewhere.
func (c *Service) BusyCalendar(ctx context.Context, actor models.Actor, accountID string) (BusyCalendar, error) {
	v, err := c.mayKeepBusy(ctx, actor, accountID)
	if err != nil || v.IsNew() {
		return BusyCalendar{Odd: []OddEvent{}}, err
	}
	return v.Value.view(c.now()), nil
}

// SetBusyCalendar says where a clinician's other calendar is, and reads it at once:
// whoever enters the address sees whether it works. One that does not is kept and
// tried again.
func (c *Service) SetBusyCalendar(ctx context.Context, actor models.Actor, accountID, address string) (BusyCalendar, error) {
	v, err := c.mayKeepBusy(ctx, actor, accountID)
	if err != nil {
		return BusyCalendar{}, err
	}
	if c.busySource == nil {
		return BusyCalendar{}, models.E(models.KindForbidden, "not-offered", "This clinic does not read other calendars.")
	}
	if address, err = c.busySource.CheckURL(address); err != nil {
		return BusyCalendar{}, err
	}
	now := c.now().UTC()
	v.Value = c.readBusy(ctx, busyCalendar{AccountID: accountID, URL: address, SetBy: models.AuthorOf(actor), SetAt: now, Times: []schedule.Span{}})
	op, err := busyOp(v)
	if err != nil {
		return BusyCalendar{}, err
	}
	e := c.base.AuditEvent(actor, "busy-calendar.changed")
	e.Ref = accountID
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) == models.KindConflict {
		return BusyCalendar{}, chart.Refusal(store.ErrConflict)
	} else if err != nil {
		return BusyCalendar{}, err
	}
	c.busy.Remove(accountID)
	return v.Value.view(now), nil
}

// EndBusyCalendar forgets a clinician's calendar elsewhere and its busy times.
func (c *Service) EndBusyCalendar(ctx context.Context, actor models.Actor, accountID string) error {
	v, err := c.mayKeepBusy(ctx, actor, accountID)
	if err != nil || v.IsNew() {
		return err
	}
	e := c.base.AuditEvent(actor, "busy-calendar.ended")
	e.Ref = accountID
	if err := c.base.Commit(ctx, e, store.Delete(chart.ColBusy, accountID, v.Version)); err != nil {
		return err
	}
	c.busy.Remove(accountID)
	return nil
}
