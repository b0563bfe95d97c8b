package alerts

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// Report is the load of a time, as far as the reader answers for it.
type Report struct {
	risk.Report
	// More: there were more alerts in this time than one report counts.
	More bool `json:"more,omitempty"`
}

const (
	reportDays    = 30
	maxReportDays = 92
	maxReported   = 20_000
)

// Report counts what fired and who was asked in [from, to); zero times are the last 30
// days. An administrator reads it of all, who leads teams of the patients of those teams;
// nobody else. It is for relief, never for appraisal.
func (c *Service) Report(ctx context.Context, actor models.Actor, from, to time.Time) (Report, error) {
	patients, err := c.led(ctx, actor)
	if err != nil {
		return Report{}, err
	}
	if patients != nil && len(patients) == 0 {
		return Report{}, c.base.Forbid(ctx, actor, "alert-report.read")
	}
	if to.IsZero() {
		to = c.now().UTC()
	}
	if from.IsZero() {
		from = to.AddDate(0, 0, -reportDays)
	}
	var checks models.Checks
	checks.Require(believable(from), "from", "bad-range", "Choose a time of at most 92 days.")
	checks.Require(believable(to), "to", "bad-range", "Choose a time of at most 92 days.")
	checks.Require(from.Before(to) && to.Sub(from) <= maxReportDays*24*time.Hour, "from", "bad-range", "Choose a time of at most 92 days.")
	if err := checks.Err(); err != nil {
		return Report{}, err
	}
	all, more, err := c.reported(ctx, from, to)
	if err != nil {
		return Report{}, err
	}
	if patients != nil {
		if all, err = c.countable(ctx, actor, risk.Narrowed(all, patients)); err != nil {
			return Report{}, err
		}
	}
	shut, err := c.base.Restrictions(ctx, actor)
	if err != nil {
		return Report{}, err
	}
	all = slices.DeleteFunc(all, func(a risk.Alert) bool { return shut.Shut(a.PatientID) })
	zone := c.base.Location("site", c.base.Site.Zone)
	out := Report{risk.ReportOf(all, from.UTC(), to.UTC(), zone), more}
	return out, c.base.Note(ctx, c.base.AuditEvent(actor, "alert-report.read"))
}

// believable tells whether a moment may be one of a clinic's; others can't be written.
func believable(t time.Time) bool { return t.UTC().Year() >= 2000 && t.UTC().Year() < 9000 }

// led are the patients whose team somebody leads; nil for an administrator, who answers
// for all.
func (c *Service) led(ctx context.Context, actor models.Actor) (map[string]bool, error) {
	if actor.Role == models.RoleAdministrator {
		return nil, nil
	}
	out := map[string]bool{}
	if actor.Role != models.RoleClinician || actor.Outside {
		return out, nil
	}
	teams, _, err := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "account", Equal: []any{actor.AccountID}}, 0)
	for _, m := range teams {
		if m.Value.Lead && m.Value.Active(c.now()) {
			out[m.Value.PatientID] = true
		}
	}
	return out, err
}

// countable leaves of alerts what a report may count for who leads teams: those of patients
// whose check-ins they may read, and of these no rule that tells of medicines which they may
// not. A count of one hour would tell of the others.
func (c *Service) countable(ctx context.Context, actor models.Actor, all []risk.Alert) ([]risk.Alert, error) {
	ids := make([]string, 0, len(all))
	for _, a := range all {
		ids = append(ids, a.PatientID)
	}
	may, err := c.base.MayRead(ctx, actor, ids, models.SectionCheckIns)
	if err != nil {
		return nil, err
	}
	use, err := c.base.MayRead(ctx, actor, ids, models.SectionUseMedicines)
	if err != nil {
		return nil, err
	}
	var out []risk.Alert
	for _, a := range all {
		ok := may[a.PatientID]
		if ok && !use[a.PatientID] {
			a, ok = a.WithoutUse()
		}
		if ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// reported are the alerts that were raised up to a while before a time, since one may be
// fired again later. What can't be read is left out.
func (c *Service) reported(ctx context.Context, from, to time.Time) (all []risk.Alert, more bool, err error) {
	q := store.Query{Index: "raised", From: chart.Millis(from.AddDate(0, 0, -reportDays)), To: chart.Millis(to), Desc: true, Unopened: true}
	err = chart.ThroughDocs(ctx, c.store, chart.ColAlerts, q, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[risk.Alert](d)
		if err != nil || v.Value.Drill { // a drill is no load
			return false, nil
		}
		if more = len(all) == maxReported; more {
			return true, nil
		}
		all = append(all, v.Value)
		return false, nil
	})
	return all, more, err
}

// TooMuch tells who is to hear that somebody was asked about more than two urgent alerts
// within 12 hours: who leads the team of the patient, else the administrators; nobody
// where it is not so. A worker asks it when somebody is called.
func (c *Service) TooMuch(ctx context.Context, accountID, alertID string) (leads []string, err error) {
	now, n := c.now().UTC(), 0
	err = chart.ThroughDocs(ctx, c.store, chart.ColAlerts, store.Query{Index: "owner", Equal: []any{accountID},
		From: chart.Millis(now.Add(-2 * risk.LoadWindow)), Desc: true, Unopened: true}, func(d store.Doc) (bool, error) {
		if v, err := chart.Readable[risk.Alert](d); err == nil && !v.Value.Drill && v.Value.Asked(accountID, now) {
			n++
		}
		return n > risk.MostUrgent, nil
	})
	if err != nil || n <= risk.MostUrgent {
		return nil, err
	}
	a, err := orNone[risk.Alert](ctx, c, chart.ColAlerts, alertID)
	if err != nil {
		return nil, err
	}
	team, _, err := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{a.Value.PatientID}}, 0)
	if err == nil {
		team, err = c.base.NotShut(ctx, a.Value.PatientID, team)
	}
	for _, m := range team {
		if m.Value.Lead && m.Value.Active(now) && m.Value.AccountID != accountID {
			leads = append(leads, m.Value.AccountID)
		}
	}
	if err != nil || len(leads) > 0 {
		return leads, err
	}
	office, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RoleAdministrator)}}, 0)
	for _, v := range office {
		if v.Value.Status == models.AccountActive && v.Value.ID != accountID {
			leads = append(leads, v.Value.ID)
		}
	}
	slices.Sort(leads)
	return leads, err
}
