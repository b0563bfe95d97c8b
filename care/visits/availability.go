package visits

import (
	"context"
	"fmt"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// StoredAvailability is somebody's availability as it is stored: of a clinician or a resource.
type StoredAvailability struct {
	Who string `json:"who"`
	schedule.Availability
	ChangedBy models.Author `json:"changedBy"`
	ChangedAt time.Time     `json:"changedAt"`
}

// AvailabilityView is an availability with what a change of it breaks.
type AvailabilityView struct {
	schedule.Availability
	Breaks []Broken `json:"breaks"`
}

// Availability reads when a clinician can be booked. Who has not said it yet has
// their zone and no hours, as version 1: what is stored is one version later.
func (c *Service) Availability(ctx context.Context, actor models.Actor, accountID string) (chart.Versioned[AvailabilityView], error) {
	a, v, err := c.hoursOf(ctx, actor, accountID)
	if err != nil {
		return chart.Versioned[AvailabilityView]{}, err
	}
	broken, err := c.brokenBy(ctx, actor, a.ID, v.Value.Availability)
	if err != nil {
		return chart.Versioned[AvailabilityView]{}, err
	}
	e := c.base.AuditEvent(actor, "availability.read")
	e.Ref = accountID
	return chart.Versioned[AvailabilityView]{Value: AvailabilityView{v.Value.Availability, broken}, Version: v.Version + 1}, c.base.Note(ctx, e)
}

// hoursOf loads a clinician and their hours for somebody who works here. To all
// others there are no clinicians' calendars.
func (c *Service) hoursOf(ctx context.Context, actor models.Actor, accountID string) (models.Account, chart.Versioned[StoredAvailability], error) {
	none := chart.Versioned[StoredAvailability]{}
	if !actor.Role.Staff() {
		return models.Account{}, none, models.NotFound()
	}
	a, err := c.clinician(ctx, accountID)
	if err != nil {
		return a, none, err
	}
	v, err := chart.Load[StoredAvailability](ctx, c.store, chart.ColAvailability, accountID)
	if models.KindOf(err) == models.KindNotFound {
		return a, chart.Versioned[StoredAvailability]{Value: StoredAvailability{Who: accountID, Availability: schedule.Availability{Zone: c.base.Zone(accountID, a.Zone), Hours: []schedule.Hours{}}}}, nil
	}
	return a, v, err
}

// clinician loads an account that has a calendar.
func (c *Service) clinician(ctx context.Context, accountID string) (models.Account, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err == nil && a.Value.Role != models.RoleClinician {
		err = models.NotFound()
	}
	return a.Value, err
}

// mayKeepHours: clinicians keep their own calendar, the office everybody's.
func (c *Service) mayKeepHours(ctx context.Context, actor models.Actor, accountID string) error {
	if actor.AccountID == accountID || actor.Role == models.RoleCoordinator || actor.Role == models.RoleAdministrator {
		return nil
	}
	return c.refuseStaff(ctx, actor, "availability.refused", accountID,
		models.E(models.KindForbidden, "not-your-calendar", "Only this person and the office can change these hours."))
}

// refuseStaff leaves the line of a refusal that is about no chart.
func (c *Service) refuseStaff(ctx context.Context, actor models.Actor, action, ref string, why error) error {
	e := c.base.AuditEvent(actor, action)
	e.Ref, e.Outcome, e.Rule = ref, models.OutcomeDenied, "role"
	if err := c.base.Note(ctx, e); err != nil {
		return err
	}
	return why
}

// SetAvailability replaces when a clinician can be booked. Visits that no longer
// lie in the hours stay as they are and are listed: no change drops one silently.
func (c *Service) SetAvailability(ctx context.Context, actor models.Actor, accountID string, version int64, a schedule.Availability) (chart.Versioned[AvailabilityView], error) {
	none := chart.Versioned[AvailabilityView]{}
	_, v, err := c.hoursOf(ctx, actor, accountID)
	if err != nil {
		return none, err
	}
	if err := c.mayKeepHours(ctx, actor, accountID); err != nil {
		return none, err
	}
	if err := c.checkHours(ctx, a); err != nil {
		return none, err
	}
	if v.Version+1 != version && !chart.SameJSON(v.Value.Availability, a) {
		return none, chart.Refusal(store.ErrConflict)
	}
	if v.Version+1 == version {
		v.Value = StoredAvailability{Who: accountID, Availability: a, ChangedBy: models.AuthorOf(actor), ChangedAt: c.now().UTC()}
		if err := c.saveHours(ctx, actor, v); err != nil {
			return none, err
		}
		v.Version++
	}
	broken, err := c.brokenBy(ctx, actor, accountID, a)
	return chart.Versioned[AvailabilityView]{Value: AvailabilityView{a, broken}, Version: v.Version + 1}, err
}

func (c *Service) saveHours(ctx context.Context, actor models.Actor, v chart.Versioned[StoredAvailability]) error {
	doc, err := chart.Encode(v.Value.Who, v.Value.Who, v.Version, nil, v.Value)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColAvailability, doc)
	if v.Version == 0 {
		op = store.Insert(chart.ColAvailability, doc)
	}
	e := c.base.AuditEvent(actor, "availability.changed")
	e.Ref = v.Value.Who
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) == models.KindConflict { // two first writes
		return chart.Refusal(store.ErrConflict)
	}
	return err
}

// checkHours checks an availability with everything that it names.
func (c *Service) checkHours(ctx context.Context, a schedule.Availability) error {
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return err
	}
	if _, err := schedule.Compile(a, nil); err != nil {
		return err
	}
	var checks models.Checks
	term := func(at string, t schedule.Terms) {
		checks.Require(t.Site == "" || cal.Value.has(t.Site), at+".site", "unknown-site", "This is none of the clinic's sites.")
		for i, id := range t.VisitTypes {
			checks.Text(fmt.Sprintf("%s.visitTypes[%d]", at, i), id, 1, schedule.MaxKey)
		}
	}
	for i, h := range a.Hours {
		checks.Text(fmt.Sprintf("hours[%d].id", i), h.ID, 0, schedule.MaxKey)
		term(fmt.Sprintf("hours[%d]", i), h.Terms)
	}
	for i, x := range a.Extra {
		term(fmt.Sprintf("extra[%d]", i), x.Terms)
	}
	return checks.Err()
}

// maxPreviewWeeks bounds a preview.
const maxPreviewWeeks = 26

// Preview is the next weeks of an availability as they really fall, and what a
// change to it would break.
type Preview struct {
	Windows []schedule.Local `json:"windows"`
	Breaks  []Broken         `json:"breaks"`
}

// PreviewAvailability shows the next weeks of a clinician: as stored, or, with a
// draft, as they would be. Nothing is changed.
func (c *Service) PreviewAvailability(ctx context.Context, actor models.Actor, accountID string, weeks int, draft *schedule.Availability) (Preview, error) {
	out := Preview{Windows: []schedule.Local{}}
	_, v, err := c.hoursOf(ctx, actor, accountID)
	if err != nil {
		return out, err
	}
	if draft != nil {
		if err := c.checkHours(ctx, *draft); err != nil {
			return out, err
		}
		v.Value.Availability = *draft
	}
	cal, err := c.siteCalendar(ctx)
	if err != nil {
		return out, err
	}
	open, err := schedule.Compile(v.Value.Availability, cal.Value.Closures)
	if err != nil {
		return out, err
	}
	now := c.now()
	windows := open.Preview(now, now.AddDate(0, 0, 7*min(weeks, maxPreviewWeeks)), schedule.Need{})
	out.Windows = append(out.Windows, windows...)
	out.Breaks, err = c.brokenBy(ctx, actor, accountID, v.Value.Availability)
	return out, err
}
