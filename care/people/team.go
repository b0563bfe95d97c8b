package people

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

// CareTeam lists who is on the patient's team now.
func (ch *Part) CareTeam(ctx context.Context) ([]models.Membership, error) {
	d, err := ch.chart.May(ctx, models.SectionCareTeam, models.Read)
	if err != nil {
		return nil, err
	}
	found, err := chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships,
		store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return nil, err
	}
	out := make([]models.Membership, 0, len(found))
	for _, m := range found {
		if m.Value.Active(ch.care.now()) {
			if !ch.actor.Role.Staff() {
				m.Value.EndAsked = nil // what the clinic asks itself
			}
			out = append(out, m.Value)
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "care-team.read", "", len(out))
}

// VersionedTeam is the team with its version, from 1: each change of the team is one
// more.
func (ch *Part) VersionedTeam(ctx context.Context) (chart.Versioned[[]models.Membership], error) {
	t, err := chart.Load[struct{}](ctx, ch.care.store, chart.ColTurns, teamTurn(ch.patient)) // before the list: a change between is then seen
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return chart.Versioned[[]models.Membership]{}, err
	}
	found, err := ch.CareTeam(ctx)
	return chart.Versioned[[]models.Membership]{Value: found, Version: t.Version + 1}, err
}

func teamTurn(patientID string) string { return "team:" + patientID }

// commitTeam makes a change of the team, if version is its newest or AnyVersion.
//
// Errors: KindStale when the team was changed meanwhile.
func (ch *Part) commitTeam(ctx context.Context, d models.Decision, version int64, action, accountID string, ops ...store.Op) error {
	turn, err := ch.care.base.Turn(ctx, teamTurn(ch.patient), ch.patient)
	if err != nil {
		return err
	}
	if version != chart.AnyVersion && turn.Doc.Version+1 != version {
		return chart.Refusal(store.ErrConflict)
	}
	err = ch.chart.Commit(ctx, d, action, accountID, append(ops, turn)...)
	if models.KindOf(err) == models.KindConflict { // of two first changes
		err = chart.Refusal(store.ErrConflict)
	}
	return err
}

// JoinTeam puts a clinician or coordinator on the patient's team. Who is on it
// already stays as they are (lead may change). version is that of VersionedTeam, or
// AnyVersion. The same thing again is done.
func (ch *Part) JoinTeam(ctx context.Context, version int64, accountID string, lead bool) (models.Membership, error) {
	d, err := ch.mayChangeTeam(ctx)
	if err != nil {
		return models.Membership{}, err
	}
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, accountID)
	if err != nil {
		return models.Membership{}, err
	}
	if r := a.Value.Role; r != models.RoleClinician && r != models.RoleCoordinator {
		return models.Membership{}, models.E(models.KindInvalid, "not-care-staff", "Only clinicians and coordinators can be on a care team.")
	}
	m := models.Membership{ID: chart.MembershipID(ch.patient, accountID), PatientID: ch.patient, AccountID: accountID,
		Name: a.Value.Name, Role: a.Value.Role, Discipline: a.Value.Discipline, Lead: lead, Since: ch.care.now().UTC()}
	old, err := chart.Load[models.Membership](ctx, ch.care.store, chart.ColMemberships, m.ID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return m, err
	}
	op := store.Insert
	if err == nil {
		op = store.Replace
	}
	if err == nil && old.Value.Active(ch.care.now()) {
		if m.Since = old.Value.Since; old.Value.Lead == lead {
			return old.Value, nil
		}
		m.EndAsked = old.Value.EndAsked
	} else if err := ch.roomOnTeam(ctx); err != nil {
		return m, err
	}
	doc, err := chart.Encode(m.ID, ch.patient, old.Version, membershipKeys(m), m)
	if err != nil {
		return m, err
	}
	ops := []store.Op{op(chart.ColMemberships, doc)}
	if lead {
		others, err := ch.leadNoMore(ctx, accountID)
		if err != nil {
			return m, err
		}
		ops = append(others, ops...)
	}
	return m, ch.commitTeam(ctx, d, version, "care-team.joined", accountID, ops...)
}

// leadNoMore takes the lead from whoever has it: a team has one at a time.
func (ch *Part) leadNoMore(ctx context.Context, but string) (ops []store.Op, err error) {
	team, err := chart.Every[models.Membership](ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return nil, err
	}
	for _, m := range team {
		if !m.Value.Lead || m.Value.AccountID == but || !m.Value.Active(ch.care.now()) {
			continue
		}
		m.Value.Lead = false
		doc, err := chart.Encode(m.Value.ID, ch.patient, m.Version, membershipKeys(m.Value), m.Value)
		if err != nil {
			return nil, err
		}
		ops = append(ops, store.Replace(chart.ColMemberships, doc))
	}
	return ops, nil
}

// LeaveTeam ends a membership. It holds from the next request on. version is as in
// JoinTeam; who has left already has left.
func (ch *Part) LeaveTeam(ctx context.Context, version int64, accountID string) error {
	d, err := ch.mayChangeTeam(ctx)
	if err != nil {
		return err
	}
	m, err := chart.Load[models.Membership](ctx, ch.care.store, chart.ColMemberships, chart.MembershipID(ch.patient, accountID))
	if err != nil {
		return err
	}
	now := ch.care.now().UTC()
	if !m.Value.Active(now) {
		return nil
	}
	ops, err := ch.endedOps(ctx, &m.Value)
	if err != nil {
		return err
	}
	m.Value.Until, m.Value.EndAsked = &now, nil
	op, err := memberOp(m)
	if err != nil {
		return err
	}
	return ch.commitTeam(ctx, d, version, "care-team.left", accountID, append(ops, op)...)
}

// mayChangeTeam: the site arranges teams; a patient controls access by a deny
// consent, which needs nobody's agreement, and does not appoint staff.
func (ch *Part) mayChangeTeam(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCareTeam, models.Write)
	if err == nil && ch.actor.Role == models.RolePatient {
		d.Rule = "team-is-arranged-by-site"
		return d, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "ask-your-clinic",
			"Your clinic arranges who is on your team. You can say no to a person under Sharing."))
	}
	return d, err
}

func membershipKeys(m models.Membership) store.Keys {
	return store.Keys{"patientId": m.PatientID, "accountId": m.AccountID, "since": chart.Millis(m.Since)}
}

// PatientSummary is one line of a list of charts.
type PatientSummary struct {
	ID   string       `json:"id"`
	Name string       `json:"name"`
	Why  models.Basis `json:"why"`
	// Restricted: the chart is closed to others who work here.
	Restricted bool `json:"restricted,omitempty"`
	// Changes is how many things others changed since a worker of the clinic asked what had
	// changed, of the last 30 days and at most 50; ChangedAt is when the newest was.
	Changes   int        `json:"changes,omitempty"`
	ChangedAt *time.Time `json:"changedAt,omitempty"`
}

// Patients lists the charts that the actor can open: their own, those of their
// teams, those shared with them; for the site's office, all.
func (c *Service) Patients(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[PatientSummary], error) {
	if actor.Role == models.RoleAdministrator || actor.Role == models.RoleCoordinator {
		return c.everyPatient(ctx, actor, cursor, limit)
	}
	ids, err := c.chartIDs(ctx, actor)
	if err != nil {
		return chart.Page[PatientSummary]{}, err
	}
	slices.Sort(ids) // patients' ids are in the order in which they came
	after, ok := afterID(cursor)
	if !ok {
		return chart.Page[PatientSummary]{}, chart.Refusal(store.ErrBadCursor)
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return id <= after })
	var out chart.Page[PatientSummary]
	for part := range slices.Chunk(ids, limit+1) { // one part, unless some of it can't be opened
		if out, err = c.summaries(ctx, actor, part, limit, out); err != nil || out.Next != "" {
			break
		}
	}
	if err != nil {
		return out, err
	}
	e := c.base.AuditEvent(actor, "patients.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// summaries adds to a page those charts that can be opened, up to the limit of the page.
// One whose records can't be read hides no other; the log tells of it once.
func (c *Service) summaries(ctx context.Context, actor models.Actor, ids []string, limit int, out chart.Page[PatientSummary]) (chart.Page[PatientSummary], error) {
	ctx, ahead := chart.NewAhead(ctx)
	if err := c.base.ReadAhead(ctx, ahead, actor, ids); err != nil {
		return out, err
	}
	if err := c.changesAhead(ctx, ahead, actor, ids); err != nil {
		return out, err
	}
	for _, id := range ids {
		if len(out.Items) == limit {
			out.Next = idCursor(out.Items[limit-1].ID)
			break
		}
		s, ok, err := c.summary(ctx, actor, id)
		if err != nil && !aside.Stops(err) && ctx.Err() == nil {
			if c.base.Told.Once("chart " + id) {
				c.base.Log.Error("a patient is in no list until their records can be read; see handrail verify", "cause", aside.Cause(err))
			}
			continue
		}
		if err != nil {
			return out, err
		}
		if ok {
			out.Items = append(out.Items, s)
		}
	}
	return out, nil
}

// summary is a chart in a list; not ok for one that the actor has no right to.
func (c *Service) summary(ctx context.Context, actor models.Actor, id string) (s PatientSummary, ok bool, err error) {
	ch, err := c.base.ChartFor(ctx, actor, id, models.PurposeOf(actor.Role))
	if err != nil || ch.Ground() == models.BasisNone {
		return s, false, err
	}
	if s, ok, err = c.summaryOf(ctx, ch); ok && err == nil {
		c.sinceLook(ctx, ch, &s)
	}
	return s, ok, err
}

func (c *Service) summaryOf(ctx context.Context, ch *chart.Chart) (s PatientSummary, ok bool, err error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, ch.PatientID())
	if models.KindOf(err) == models.KindNotFound {
		return s, false, nil
	}
	return PatientSummary{ID: ch.PatientID(), Name: displayName(p.Value, ch.Actor().Role), Why: ch.Ground(), Restricted: ch.Restricted()}, err == nil, err
}

// A list that is put together has a cursor that names the last id of a page.
func idCursor(id string) string { return base64.RawURLEncoding.EncodeToString([]byte("id:" + id)) }

func afterID(cursor string) (id string, ok bool) {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if cursor == "" || err != nil {
		return "", cursor == ""
	}
	id, ok = strings.CutPrefix(string(text), "id:")
	return id, ok && models.IsID(id)
}

// displayName: family, friends and interpreters know the name that the patient goes by.
func displayName(p models.Patient, r models.Role) string {
	if r != models.RoleSupporter && r != models.RoleInterpreter && r != models.RolePatient || p.PreferredName == "" {
		return p.Name
	}
	return p.PreferredName
}

// chartIDs collects the patients that an actor could have a right to.
func (c *Service) chartIDs(ctx context.Context, actor models.Actor) ([]string, error) {
	if actor.Role == models.RolePatient {
		return []string{actor.PatientID}, nil
	}
	if actor.Role == models.RoleInterpreter {
		return c.base.Interpreting.InterpreterCharts(ctx, actor.AccountID)
	}
	if actor.Role == models.RoleGuardian {
		return c.guardianCharts(ctx, actor)
	}
	seen := map[string]bool{}
	var ids []string
	add := func(id string) {
		if !seen[id] {
			seen[id], ids = true, append(ids, id)
		}
	}
	teams, _, err := chart.ReadableOnes[models.Membership](ctx, c.store, chart.ColMemberships,
		store.Query{Index: "account", Equal: []any{actor.AccountID}}, 0)
	if err != nil {
		return nil, err
	}
	for _, m := range teams {
		if m.Value.Active(c.now()) {
			add(m.Value.PatientID)
		}
	}
	shared, _, err := chart.ReadableOnes[models.Consent](ctx, c.store, chart.ColConsents,
		store.Query{Index: "recipient", Equal: []any{actor.AccountID}}, 0)
	for _, v := range shared {
		if v.Value.Active(c.now()) && v.Value.Provision == models.Permit {
			add(v.Value.PatientID)
		}
	}
	if err != nil || !actor.Discipline.Medical() {
		return ids, err
	}
	broken, _, err := chart.ReadableOnes[models.BreakGlass](ctx, c.store, chart.ColBreakGlass, store.Query{Index: "account",
		Equal: []any{actor.AccountID}, From: chart.Millis(c.now().Add(-models.BreakGlassMinutes * time.Minute))}, 0)
	for _, g := range broken {
		add(g.Value.PatientID)
	}
	return ids, err
}

func (c *Service) everyPatient(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[PatientSummary], error) {
	shut, err := c.base.Restrictions(ctx, actor)
	if err != nil {
		return chart.Page[PatientSummary]{}, err
	}
	page, err := pageOf(ctx, c, chart.ColPatients, store.Query{Index: "created", Limit: limit, Cursor: cursor}, shut.Any(),
		func(p models.Patient) bool { return !shut.Shut(p.ID) })
	out := chart.Page[PatientSummary]{Next: page.Next}
	if err != nil {
		return out, err
	}
	for _, p := range page.Items {
		out.Items = append(out.Items, PatientSummary{ID: p.ID, Name: p.Name, Why: models.BasisOperations, Restricted: shut.For(p.ID) != models.NotRestricted})
	}
	e := c.base.AuditEvent(actor, "patients.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}
