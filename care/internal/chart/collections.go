package chart

import (
	"slices"

	"handrail/store"
	"handrail/store/aside"
)

// The names of the collections. Only parts of care can name them: what belongs to a
// patient is reached through a Chart.
const (
	ColAccounts        = "accounts"
	ColEnrolments      = "enrolments"
	ColSessions        = "sessions"
	ColRefresh         = "session_refresh"
	ColSessionEnds     = "session_ends"
	ColWays            = "ways_in"
	ColPasskeys        = "passkeys"
	ColChallenges      = "passkey_challenges"
	ColRecovery        = "recovery_codes"
	ColStepUps         = "step_ups"
	ColSecrets         = "secrets"
	ColFacts           = "store_facts"
	ColTurns           = "turns"
	ColPatients        = "patients"
	ColMemberships     = "memberships"
	ColConsents        = "consents"
	ColRestrictions    = "chart_restrictions" // by patient; of the site, so that looking for one takes the same for nobody
	ColBreakGlass      = "break_glass"
	ColBreakGlassWaits = "glass_waits"
	ColAudit           = "audit"
	ColPlanCopies      = "shelf"
	ColRelated         = "related_people"
	ColGuardians       = "guardians"
	ColGoals           = "goals"
	ColGoalHistory     = "goal_history"
	ColGoalNotes       = "goal_notes"
	ColCheckIns        = "check_ins"
	ColForms           = "check_in_forms"
	ColTexts           = "instrument_texts"
	ColCheckInTimes    = "check_in_times"

	ColMedicineTimes = "medicine_times"

	ColPlans          = "crisis_plans"
	ColPlanVersions   = "crisis_plan_versions"
	ColPlanReviews    = "crisis_plan_reviews"
	ColPlanRehearsals = "crisis_plan_rehearsals"
	ColPlanReceipts   = "crisis_plan_receipts"

	ColAvailability = "availabilities"
	ColCalendar     = "site_calendar"
	ColVisitTypes   = "visit_types"
	ColResources    = "resources"
	ColLedgers      = "day_ledgers"
	ColVisits       = "appointments"
	ColHolds        = "holds"
	ColSeries       = "appointment_series"
	ColWaits        = "waitlist"
	ColPreferences  = "visit_preferences"
	ColFreed        = "freed_times"
	ColAgenda       = "conference_agenda"
	ColFeeds        = "calendar_feeds"
	ColRooms        = "video_rooms"
	ColWritten      = "visit_messages"
	ColBusy         = "busy_calendars"
	ColProposals    = "proposals"
	ColLearnTexts   = "education_texts"
	ColLearnAnswers = "education_answers"
	ColLearnMarks   = "education_marks"
	ColLearnGiven   = "education_given"
	colAside        = "set_aside"

	ColAlerts        = "alerts"
	ColAlertSettings = "alert_settings"
	ColUnread        = "check_ins_unread"
	ColReads         = "check_in_reads"
	ColChanged       = "changed"            // by patient: what lists of patients say of changes
	ColLooked        = "looked"             // by reader and patient: when they asked for them
	ColCompared      = "check_ins_compared" // derived from check-ins, of which it tells nothing new

	ColLogins           = "provider_logins"
	ColIdentities       = "identities"
	ColProviderSessions = "provider_sessions"
	ColLogoutTokens     = "logout_tokens"

	ColApps        = "apps"
	ColAppRequests = "app_requests"
	ColAppGrants   = "app_grants"
	ColRotas       = "rotas"
	ColDutyHoles   = "duty_holes"

	ColProgrammes  = "programmes"
	ColInProgramme = "patient_programmes"

	ColThreads         = "threads"
	ColMessages        = "thread_messages"
	ColThreadUnread    = "threads_unread"
	ColWorries         = "worries"
	ColMessageSettings = "message_settings"
	ColTasks           = "tasks"
	ColCarePlans       = "care_plans"
	ColCarePlanChanges = "care_plan_changes"
	ColPauses          = "check_in_pauses"
	ColContactStates   = "contact_states"
	ColSilences        = "silences"
	ColMistakes        = "check_in_mistakes"

	ColInvitations = "invitations"
	ColConsentEnds = "consent_ends"
	ColPromises    = "supporter_promises"
	ColCopings     = "supporter_check_ins"
	ColOwnGoals    = "supporter_goals"

	ColGoalProposals = "supporter_goal_proposals"
	ColAccessNeeds   = "access_needs"
	ColLoans         = "lent_devices"

	ColMedicines       = "medicines"
	ColAdverse         = "adverse_reactions"
	ColMedicineFacts   = "medicine_facts"
	ColReconciliations = "medicine_reconciliations"
	ColMedicineReviews = "medicine_reviews"
	ColInterruptions   = "medicine_interruptions"
	ColMedicineRules   = "medicine_rules"
	ColTapers          = "medicine_tapers"
	ColStrengths       = "medicine_strengths"
	ColTakings         = "medicine_takings"
	ColRefills         = "medicine_refills"
	ColDoseGaps        = "medicine_gaps"
	ColAgreements      = "prescribing_agreements"
	ColDuties          = "prescribing_duties"
	ColSideEffects     = "side_effects"
	ColSupply          = "medicine_supply"

	ColPartners    = "partners"
	ColPlaces      = "partner_places" // how many of a partner's are taken
	ColReferrals   = "referrals"
	ColSocialNeeds = "social_needs"

	ColHelpCalls  = "help_calls"
	ColCallWishes = "call_wishes"
	ColErasures   = "supporter_erasures"

	ColHandoffs     = "handoffs"
	ColMeetings     = "meetings"
	ColMeetingCases = "meeting_cases"
	ColDecisions    = "meeting_decisions"

	ColEpisodes   = "episodes"
	ColEpisodeNow = "episode_now" // which of a patient's goes on
	ColCriteria   = "programme_criteria"
	ColGuidelines = "guidelines"

	ColPeerProfiles  = "peer_profiles"
	ColPeerWishes    = "peer_wishes"
	ColPeerMatches   = "peer_matches"
	ColContracts     = "contracts"
	ColDisagreements = "disagreements"
	ColComments      = "comments"
	ColMinorRules    = "minor_rules" // by jurisdiction: who signed
)

// OwnerSite owns what belongs to the site and not to one person:  event,
// signing keys. It outlives the erasure of a person.
const OwnerSite = store.Site

// Collections declares everything that is kept.
func Collections() []store.Collection {
	return []store.Collection{
		{Name: ColAccounts, Indexes: index("role", "role", "createdAt")},
		{Name: ColEnrolments, Indexes: index("account", "accountId", "expiresAt")},
		{Name: ColSessions, Indexes: append(append(index("account", "accountId", "createdAt"), index("device", "deviceId", "createdAt")...), append(index("ended", "endedAt"), index("over", "accountId", "overAt")...)...)},
		{Name: ColRefresh},
		{Name: ColSessionEnds},
		{Name: ColWays},
		{Name: ColPasskeys, Indexes: index("account", "accountId", "createdAt")},
		{Name: ColChallenges, Indexes: index("due", "due")},
		{Name: ColRecovery, Indexes: index("account", "accountId", "createdAt")},
		{Name: ColStepUps},
		{Name: ColSecrets, Indexes: index("kind", "kind", "createdAt")},
		{Name: ColFacts},
		{Name: ColTurns},
		{Name: ColPatients, Indexes: index("created", "createdAt")},
		{Name: ColMemberships, Indexes: []store.Index{{Name: "patient", Keys: []string{"patientId", "since"}}, {Name: "account", Keys: []string{"accountId", "since"}}}},
		{Name: ColConsents, Indexes: append(index("patient", "patientId", "signedAt"),
			append(index("pair", "patientId", "recipient", "signedAt"), index("recipient", "recipient", "signedAt")...)...)},
		{Name: ColRestrictions, Indexes: append(index("on", "on", "since"), index("site", "site", "since")...)},
		{Name: ColBreakGlass, Indexes: append(append(index("pair", "patientId", "accountId", "at"), index("site", "site", "at")...), index("account", "accountId", "at")...)},
		{Name: ColBreakGlassWaits, Indexes: append(index("due", "due"), index("patient", "patientId")...)},
		{Name: ColAudit, AppendOnly: true},
		{Name: ColRelated, Indexes: append(index("patient", "patientId", "since"), index("account", "accountId", "since")...)},
		{Name: ColGuardians, Indexes: append(index("patient", "patientId", "since"), index("account", "accountId", "since")...)},
		{Name: ColGoals, Indexes: index("patient", "patientId", "proposedAt")},
		{Name: ColGoalHistory, Indexes: index("goal", "goalId", "revision")},
		{Name: ColGoalNotes, Indexes: index("goal", "goalId", "at")},
		{Name: ColCheckIns, Indexes: index("patient", "patientId", "answeredAt")},
		{Name: ColForms},
		{Name: ColTexts},
		{Name: ColChanged},
		{Name: ColLooked},
		{Name: ColCheckInTimes},
		{Name: ColMedicineTimes},
		{Name: ColPlans},
		{Name: ColPlanVersions, Indexes: index("patient", "patientId", "number")},
		{Name: ColPlanReviews, Indexes: index("patient", "patientId", "at")},
		{Name: ColPlanRehearsals, Indexes: index("patient", "patientId", "at")},
		{Name: ColPlanReceipts, Indexes: index("patient", "patientId", "at")},
		{Name: ColAvailability},
		{Name: ColCalendar},
		{Name: ColVisitTypes},
		{Name: ColResources},
		{Name: ColLedgers},
		{Name: ColVisits, Indexes: index("patient", "patientId", "start")},
		{Name: ColHolds},
		{Name: ColSeries},
		{Name: ColWaits, Indexes: append(append(index("patient", "patientId", "since"), index("line", "line", "since")...), index("due", "due")...)},
		{Name: ColPreferences},
		{Name: ColFreed, Indexes: index("due", "due")},
		{Name: ColAgenda, Indexes: append(index("conference", "conferenceId"), index("patient", "patientId", "conferenceId")...)},
		{Name: ColProposals, Indexes: []store.Index{{Name: "name", Keys: []string{"name"}, Unique: true}}},
		{Name: ColBusy, Indexes: index("due", "due")},
		{Name: ColFeeds, Indexes: []store.Index{{Name: "hash", Keys: []string{"hash"}, Unique: true}}},
		{Name: ColWritten},
		{Name: ColRooms, Indexes: index("site", "site", "updatedAt")},
		{Name: ColPlanCopies, Indexes: index("site", "site", "updatedAt")},
		{Name: ColLearnTexts},
		{Name: ColLearnAnswers},
		{Name: ColLearnMarks},
		{Name: ColLearnGiven, Indexes: index("patient", "patientId", "at")},
		{Name: ColAlerts, Indexes: append(append(append(append(append(append(index("due", "due"), index("patient", "patientId", "firedAt")...),
			index("openOf", "openOf", "firedAt")...), index("openOwner", "openOwner", "firedAt")...),
			index("owner", "ownerId", "raisedAt")...), append(index("status", "ownerId", "status", "raisedAt"), index("raised", "raisedAt")...)...), index("drills", "drill", "raisedAt")...)},
		{Name: ColAlertSettings},
		{Name: ColUnread, Indexes: append(append(index("account", "accountId", "receivedAt"), index("checkIn", "checkInId")...), index("patient", "patientId", "receivedAt")...)},
		{Name: ColReads, Indexes: index("patient", "patientId", "moment")},
		{Name: ColCompared},
		{Name: ColLogins, Indexes: append(index("due", "due"), index("browser", "browser")...)},
		{Name: ColIdentities, Indexes: index("account", "accountId", "since")},
		{Name: ColProviderSessions, Indexes: append(index("subject", "subject", "createdAt"), index("sid", "sid", "createdAt")...)},
		{Name: ColApps, Indexes: index("site", "site", "createdAt")},
		{Name: ColAppRequests, Indexes: index("due", "due")},
		{Name: ColAppGrants, Indexes: index("account", "accountId", "since")},
		{Name: ColLogoutTokens, Indexes: index("due", "due")},
		{Name: ColRotas, Indexes: append(index("live", "live", "changedAt"), index("all", "site", "changedAt")...)},
		{Name: ColProgrammes, Indexes: index("site", "site", "programmeId")},
		{Name: ColInProgramme},
		{Name: ColDutyHoles, Indexes: append(index("due", "due"), index("open", "open", "from")...)},
		{Name: ColThreads, Indexes: append(append(append(append(index("due", "due"), index("all", "patientId", "lastAt")...),
			index("patient", "shownTo", "lastAt")...), index("supporter", "supporterOf", "lastAt")...), index("waits", "waitsOf")...)},
		{Name: ColMessages, Indexes: append(index("thread", "threadId", "number"), index("sender", "sender", "at")...)},
		{Name: ColThreadUnread, Indexes: append(append(index("account", "accountId", "at"), index("thread", "threadId")...), index("patient", "patientId", "at")...)},
		{Name: ColWorries, Indexes: append(index("patient", "patientId", "at"), index("sender", "sender", "at")...)},
		{Name: ColMessageSettings},
		{Name: ColTasks, Indexes: slices.Concat(index("due", "due"), index("openOwner", "openOwner", "dueAt"), index("openAsked", "openAsked", "dueAt"),
			index("openPool", "openPool", "dueAt"), index("openOf", "openOf", "dueAt"), index("openFocus", "openFocus", "dueAt"),
			index("requester", "requesterId", "authoredAt"), index("owner", "ownerId", "authoredAt"))},
		{Name: ColCarePlans},
		{Name: ColCarePlanChanges, Indexes: index("patient", "patientId", "number")},
		{Name: ColPauses},
		{Name: ColContactStates},
		{Name: ColSilences},
		{Name: ColMistakes, Indexes: index("patient", "patientId", "moment")},
		{Name: ColInvitations, Indexes: index("patient", "patientId", "madeAt")},
		{Name: ColConsentEnds, Indexes: index("due", "due")},
		{Name: ColPromises},
		{Name: ColCopings, Indexes: index("account", "accountId", "answeredAt")},
		{Name: ColOwnGoals, Indexes: index("account", "accountId", "madeAt")},
		{Name: ColGoalProposals, Indexes: append(index("patient", "patientId", "at"), index("pair", "patientId", "by", "at")...)},
		{Name: ColAccessNeeds},
		{Name: ColLoans, Indexes: index("patient", "patientId", "givenAt")},
		{Name: ColMedicines, Indexes: append(index("patient", "patientId", "addedAt"), index("over", "patientId", "overAt")...)},
		{Name: ColAdverse, Indexes: index("patient", "patientId", "at")},
		{Name: ColMedicineFacts},
		{Name: ColReconciliations, Indexes: index("patient", "patientId", "at")},
		{Name: ColMedicineReviews, Indexes: index("due", "due")},
		{Name: ColInterruptions, Indexes: index("site", "site", "at")},
		{Name: ColMedicineRules, Indexes: index("site", "site", "at")},
		{Name: ColTapers, Indexes: index("patient", "patientId", "at")},
		{Name: ColStrengths},
		{Name: ColTakings, Indexes: index("patient", "patientId", "on")},
		{Name: ColRefills, Indexes: index("patient", "patientId", "at")},
		{Name: ColDoseGaps},
		{Name: ColAgreements, Indexes: index("patient", "patientId", "at")},
		{Name: ColDuties, Indexes: append(index("patient", "patientId", "dueAt"), index("due", "due")...)},
		{Name: ColSideEffects, Indexes: index("patient", "patientId", "at")},
		{Name: ColSupply, Indexes: index("patient", "patientId", "at")},
		{Name: ColPartners, Indexes: index("site", "site", "since")},
		{Name: ColPlaces},
		{Name: ColReferrals, Indexes: slices.Concat(index("patient", "patientId", "madeAt"), index("partner", "partnerId", "madeAt"), index("door", "door"))},
		{Name: ColSocialNeeds},
		{Name: ColHelpCalls, Indexes: append(append(index("alert", "alertId", "at"), index("account", "accountId", "at")...), index("patient", "patientId", "at")...)},
		{Name: ColCallWishes},
		{Name: ColErasures, Indexes: index("due", "due")},
		{Name: ColHandoffs, Indexes: append(index("patient", "patientId", "at"), index("site", "site", "at")...)},
		{Name: ColMeetings},
		{Name: ColMeetingCases, Indexes: index("patient", "patientId", "at")},
		{Name: ColEpisodes, Indexes: append(index("patient", "patientId", "at"), index("left", "leftSite", "leftAt")...)},
		{Name: ColEpisodeNow},
		{Name: ColCriteria},
		{Name: ColGuidelines, Indexes: index("site", "site", "since")},
		{Name: ColPeerProfiles, Indexes: index("site", "site", "name")},
		{Name: ColPeerWishes},
		{Name: ColPeerMatches, Indexes: append(append(index("patient", "patientId", "at"), index("peer", "peerId", "at")...), index("open", "openSite", "at")...)},
		{Name: ColContracts, Indexes: append(index("patient", "patientId", "at"), index("partner", "partnerId", "at")...)},
		{Name: ColDecisions, Indexes: append(append(index("patient", "patientId", "at"), index("site", "site", "at")...), index("meeting", "meetingId", "at")...)},
		{Name: ColDisagreements, Indexes: index("patient", "patientId", "at")},
		{Name: ColComments, Indexes: append(index("kind", "patientId", "kind", "at"), index("about", "patientId", "about", "at")...)},
		{Name: ColMinorRules},
		aside.Collection(colAside),
	}
}

func index(name string, keys ...string) []store.Index {
	return []store.Index{{Name: name, Keys: keys}}
}
