package handlers

import (
	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/fhirapi"
)

// apiInfo is what the document says of all.
var apiInfo = huma.Info{Title: "Handrail",
	Description: "The API of a Handrail site. JSON in UTF-8; refusals are problem documents (RFC 9457).",
	Contact:     &huma.Contact{Name: "The clinic that runs this site"},
	License:     &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}}

// uncompressed are routes whose answers hold secrets, and those that give back what was
// asked beside what is private.
var uncompressed = []string{"/v1/auth/", fhirapi.Base + "/"}

// elsewhere is where what some operations make can be read, where that does not follow
// from the addresses that there are.
var elsewhere = map[string]string{
	"createAccount":       "/v1/accounts?role={role}",
	"createEnrolmentCode": "/v1/accounts/{accountId}/enrolment-codes",
	"enrol":               "/v1/me/sessions",
	"signInWithPasskey":   "/v1/me/sessions", "signInWithPIN": "/v1/me/sessions", "signInWithRecoveryCode": "/v1/me/sessions", "signInByFirebase": "/v1/me/sessions",
	"addPasskey": "/v1/me/ways", "beginTOTP": "/v1/me/ways", "makeRecoveryCodes": "/v1/me/ways", "giveWord": "/v1/me/ways",
	"bookAppointment": "/v1/patients/{patientId}/appointments/{id}",
	"sendCheckIn":     "/v1/patients/{patientId}/check-ins/{checkIn.id}", // it is answered with help beside it
	"holdSlot":        "/v1/patients/{patientId}/appointments/{id}",
	"raiseAlert":      "/v1/alerts/{id}",
	"addComment":      "/v1/patients/{patientId}/comments?kind={about.kind}",
	"beginThread":     "/v1/threads/{thread.id}",
	"sendMessage":     "/v1/threads/{threadId}/messages",
	"takeInvitation":  "/v1/me/sessions", "joinInvitation": "/v1/me/supporting", "renewConsent": "/v1/patients/{patientId}/consents",
}

// apiTags are the parts of the API, in the order in which somebody meets them.
var apiTags = []*huma.Tag{
	{Name: "Site", Description: "What the clinic says of itself: name, country, languages, who reads what patients send and when; the list of questions and instruments."},
	{Name: "Emergency numbers", Description: "Numbers to call, of every country. Nobody needs to sign in for them."},
	{Name: "Sign-in", Description: "A one-time code gives a device tokens; a refresh token gives the next ones; devices are listed and ended."},
	{Name: "Ways in", Description: "Passkeys, the PIN of the app, apps with codes and recovery codes; showing once more that it is you."},
	{Name: "Apps", Description: "Apps of others that read for a patient (SMART App Launch): registering, allowing, taking back, and what they speak."},
	{Name: "Accounts", Description: "What the office does: accounts, sign-in codes, lost and lent devices."},
	{Name: "Patients", Description: "Charts: which you can open, who the patient is, who is on the care team."},
	{Name: "Guardians", Description: "Who may act for a patient by law, on what document, until when."},
	{Name: "Referrals", Description: "What a patient needs beside care, the partners outside who help, and the portal in which a partner sees the referrals to it alone."},
	{Name: "Access to care", Description: "What a patient needs to come to a visit, and the devices that the clinic lends."},
	{Name: "Consent and access", Description: "Who may see what, as the patient signed it; who looked; break-glass access in an emergency."},
	{Name: "Family and friends", Description: "Whom a patient invites, what they agree to and would see; what family and friends tell about themselves, for themselves alone."},
	{Name: "Goals", Description: "What a person wants to reach, with steps, notes and history (FHIR Goal)."},
	{Name: "Comments", Description: "What a patient says to what was written about them. It stands beside it, and nobody changes it."},
	{Name: "Check-ins", Description: "What a patient tells about a day, standard instruments, trends, and when they are asked."},
	{Name: "Duty", Description: "Rotas: who is on duty when, swaps, holes; drills of alerts."},
	{Name: "Care plan", Description: "The one plan of a patient and their team: what it says, who leads what, its versions, the summary in plain words (docs/plan.md). Not the crisis plan."},
	{Name: "Episodes", Description: "A patient's way through the clinic: one intake that several people ask, which programmes suit, and a way out on which somebody sees them again (docs/intake.md)."},
	{Name: "Peers", Description: "Who walks beside a patient: peer workers whom they find by what they want, and contracts with somebody who keeps them to their word. Neither opens a chart."},
	{Name: "Disagreements", Description: "What a team does not agree on about a patient: positions, the patient's own wish, who brings it to an end by when, and what came of it (docs/team.md)."},
	{Name: "Handoffs", Description: "How the care of a patient goes into other hands: what is told, who has taken it, who is asked when nobody does (docs/team.md)."},
	{Name: "Medicines", Description: "The one list of medicines of a patient: what rules say of an order, reactions, and how the list is gone through."},
	{Name: "Tasks", Description: "What people of the clinic must do: each with one owner who accepted it and a due time; who has how much; whose work is handed over."},
	{Name: "Alerts", Description: "Who answers for what a patient told, until when; what waits to be read; when the clinic is there."},
	{Name: "Messages", Description: "Conversations about a patient, who has read what, worries of family and friends; when somebody reads (docs/messages.md)."},
	{Name: "Crisis plan", Description: "The plan for the worst night: writing, proposing, confirming and sharing it, and the signed copy that a phone keeps."},
	{Name: "Scheduling", Description: "Hours, kinds of visits, times that fit everybody, holds, booking, series, the waitlist, calendars elsewhere."},
	{Name: "Case conferences", Description: "Meetings of clinicians about patients."},
	{Name: "Meetings", Description: "Meetings about patients: who is there, what is said before, what is decided and becomes of it, what the patient is told (docs/team.md)."},
	{Name: "Video", Description: "Joining a visit by video, what was written in it, how the connections were."},
	{Name: "Reminders", Description: "What somebody is told, when and by which way; the inbox; push, e-mail and SMS."},
	{Name: "Education", Description: "Pages to read, for patients and families: the library, packs to keep on a phone, a reader's own marks, and how the clinic writes, signs and withdraws texts (docs/education.md)."},
	{Name: "Sync", Description: "All that changed for a device since it last asked."},
	{Name: "FHIR", Description: "Visits for portals, as resources of FHIR R4 (docs/fhir.md)."},
}
