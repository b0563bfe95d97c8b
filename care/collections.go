package care

import (
	"handrail/store"
	"handrail/store/aside"
)

// The names of the collections. They are not exported: what belongs to a patient
// is reached through a Chart only.
const (
	colAccounts     = "accounts"
	colEnrolments   = "enrolments"
	colSessions     = "sessions"
	colRefresh      = "session_refresh"
	colSessionEnds  = "session_ends"
	colSecrets      = "secrets"
	colFacts        = "store_facts"
	colTurns        = "turns"
	colPatients     = "patients"
	colMemberships  = "memberships"
	colConsents     = "consents"
	colGlass        = "break_glass"
	colGlassWaits   = "glass_waits"
	colAudit        = "audit"
	colShelf        = "shelf"
	colRelated      = "related_people"
	colGoals        = "goals"
	colGoalHistory  = "goal_history"
	colGoalNotes    = "goal_notes"
	colCheckIns     = "check_ins"
	colForms        = "check_in_forms"
	colTexts        = "instrument_texts"
	colCheckInTimes = "check_in_times"

	colMedicineTimes = "medicine_times"

	colPlans          = "crisis_plans"
	colPlanVersions   = "crisis_plan_versions"
	colPlanReviews    = "crisis_plan_reviews"
	colPlanRehearsals = "crisis_plan_rehearsals"
	colPlanReceipts   = "crisis_plan_receipts"

	colAvailability = "availabilities"
	colCalendar     = "site_calendar"
	colVisitTypes   = "visit_types"
	colResources    = "resources"
	colLedgers      = "day_ledgers"
	colVisits       = "appointments"
	colHolds        = "holds"
	colSeries       = "appointment_series"
	colWaits        = "waitlist"
	colPreferences  = "visit_preferences"
	colFreed        = "freed_times"
	colAgenda       = "conference_agenda"
	colFeeds        = "calendar_feeds"
	colRooms        = "video_rooms"
	colWritten      = "visit_messages"
	colBusy         = "busy_calendars"
	colProposals    = "proposals"
	colAside        = "set_aside"
)

// ownerSite owns what belongs to the site and not to one person: audit lines,
// signing keys. It outlives the erasure of a person.
const ownerSite = store.Site

// Collections declares everything that is kept.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: colAccounts, Indexes: index("role", "role", "createdAt")},
		{Name: colEnrolments, Indexes: index("account", "accountId", "expiresAt")},
		{Name: colSessions, Indexes: append(index("account", "accountId", "createdAt"), index("ended", "endedAt")...)},
		{Name: colRefresh},
		{Name: colSessionEnds},
		{Name: colSecrets, Indexes: index("kind", "kind", "createdAt")},
		{Name: colFacts},
		{Name: colTurns},
		{Name: colPatients, Indexes: index("created", "createdAt")},
		{Name: colMemberships, Indexes: append(index("patient", "patientId", "since"), index("account", "accountId", "since")...)},
		{Name: colConsents, Indexes: append(index("patient", "patientId", "signedAt"),
			append(index("pair", "patientId", "recipient", "signedAt"), index("recipient", "recipient", "signedAt")...)...)},
		{Name: colGlass, Indexes: append(append(index("pair", "patientId", "accountId", "at"), index("site", "site", "at")...), index("account", "accountId", "at")...)},
		{Name: colGlassWaits, Indexes: append(index("due", "due"), index("patient", "patientId")...)},
		{Name: colAudit, AppendOnly: true},
		{Name: colRelated, Indexes: index("patient", "patientId", "since")},
		{Name: colGoals, Indexes: index("patient", "patientId", "proposedAt")},
		{Name: colGoalHistory, Indexes: index("goal", "goalId", "revision")},
		{Name: colGoalNotes, Indexes: index("goal", "goalId", "at")},
		{Name: colCheckIns, Indexes: index("patient", "patientId", "answeredAt")},
		{Name: colForms},
		{Name: colTexts},
		{Name: colCheckInTimes},
		{Name: colMedicineTimes},
		{Name: colPlans},
		{Name: colPlanVersions, Indexes: index("patient", "patientId", "number")},
		{Name: colPlanReviews, Indexes: index("patient", "patientId", "at")},
		{Name: colPlanRehearsals, Indexes: index("patient", "patientId", "at")},
		{Name: colPlanReceipts, Indexes: index("patient", "patientId", "at")},
		{Name: colAvailability},
		{Name: colCalendar},
		{Name: colVisitTypes},
		{Name: colResources},
		{Name: colLedgers},
		{Name: colVisits, Indexes: index("patient", "patientId", "start")},
		{Name: colHolds},
		{Name: colSeries},
		{Name: colWaits, Indexes: append(append(index("patient", "patientId", "since"), index("line", "line", "since")...), index("due", "due")...)},
		{Name: colPreferences},
		{Name: colFreed, Indexes: index("due", "due")},
		{Name: colAgenda, Indexes: index("conference", "conferenceId")},
		{Name: colProposals, Indexes: []store.Index{{Name: "name", Keys: []string{"name"}, Unique: true}}},
		{Name: colBusy, Indexes: index("due", "due")},
		{Name: colFeeds, Indexes: []store.Index{{Name: "hash", Keys: []string{"hash"}, Unique: true}}},
		{Name: colWritten},
		{Name: colRooms, Indexes: index("site", "site", "updatedAt")},
		{Name: colShelf, Indexes: index("site", "site", "updatedAt")},
		aside.Collection(colAside),
	}
}

func index(name string, keys ...string) []store.Index {
	return []store.Index{{Name: name, Keys: keys}}
}
