package handlers

import (
	"reflect"
	"time"

	"handrail/care/crisis"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/crisisplan"
)

// planLimits are of the crisis plan: what it holds, how it is confirmed and reviewed.
var planLimits = edge.Rules{
	reflect.TypeFor[crisisplan.Assent](): {
		"Removes": edge.Count(0, len(crisisplan.Sections)).Doc("Every section that the draft takes away from the plan in force: it is said before anybody confirms. The difference in the plan names them."),
		"How":     edge.OneOf(crisisplan.AssentHows...).Doc("For a clinician who writes down that the patient confirmed it."),
		"On":      edge.Text(0, len(time.DateOnly)).Doc("With how: the patient's local day of it, YYYY-MM-DD, at most 31 days ago."),
		"Witness": edge.Text(0, crisisplan.MaxWitness).Doc("With in-person: the name of somebody else who was there."),
	},
	reflect.TypeFor[crisisplan.Difference](): {
		"Removes": edge.Doc("Sections of the plan in force of which nothing would be left."),
	},
	reflect.TypeFor[crisisplan.Content](): {
		"WarningSigns":        edge.Count(0, crisisplan.MaxSteps).Doc("What tells me to open this plan. Three or more help most."),
		"InternalCoping":      edge.Count(0, crisisplan.MaxSteps),
		"SocialDistraction":   edge.Count(0, crisisplan.MaxSteps).Doc("Company and places. Nothing says that these people know."),
		"CrisisSupport":       edge.Count(0, crisisplan.MaxToCall),
		"ProfessionalSupport": edge.Doc("The crisis lines of the country are always added; nothing here can take them away."),
		"LethalMeansSafety":   edge.Count(0, crisisplan.MaxSteps).Doc("The agreed steps and who helps, never a list of what somebody owns. Talk it through together."),
		"ReasonForLiving":     edge.Text(0, crisisplan.MaxReason).Prose().Doc("Never required. Photos and sounds stay on the device."),
		"ToleranceLoss":       edge.Count(0, crisisplan.MaxLosses),
		"PostOverdose":        edge.Count(0, crisisplan.MaxPostOverdose),
	},
	reflect.TypeFor[crisisplan.Sign](): {
		"Text": edge.Text(1, crisisplan.MaxStep).Prose(),
		"Kind": edge.OneOf(crisisplan.SignKinds...),
	},
	reflect.TypeFor[crisisplan.Coping](): {
		"Text":     edge.Text(1, crisisplan.MaxStep).Prose(),
		"Exercise": edge.OneOf(crisisplan.Exercises...).Doc("An exercise whose steps come with the plan."),
	},
	reflect.TypeFor[crisisplan.Company](): {
		"Name": edge.Text(1, crisisplan.MaxName),
		"Kind": edge.OneOf(crisisplan.CompanyKinds...),
		"Note": edge.Text(0, crisisplan.MaxStep).Prose(),
	},
	reflect.TypeFor[crisisplan.Helper](): {
		"Name":         edge.Text(1, crisisplan.MaxName),
		"Relationship": edge.Text(0, crisisplan.MaxRelationship),
		"Agreed":       edge.Doc("This person was asked and said yes."),
		"MayBeTold":    edge.Doc("The patient is fine with the team telling this person of a crisis. A wish, not a consent."),
	},
	reflect.TypeFor[crisisplan.Professionals](): {
		"Contacts": edge.Count(0, crisisplan.MaxToCall),
	},
	reflect.TypeFor[crisisplan.Professional](): {
		"Name":      edge.Text(1, crisisplan.MaxName),
		"Agency":    edge.Text(0, crisisplan.MaxName),
		"RenewedOn": edge.Text(0, len(time.DateOnly)).Doc("Day on which the clinic renewed its own number or hours. Not kept when it is sent."),
	},
	reflect.TypeFor[crisisplan.Department](): {
		"Name":    edge.Text(1, crisisplan.MaxName),
		"Address": edge.Text(0, crisisplan.MaxStep).Prose(),
	},
	reflect.TypeFor[crisisplan.MeansStep](): {
		"Text":   edge.Text(1, crisisplan.MaxStep).Prose(),
		"HeldBy": edge.Text(0, crisisplan.MaxName).Prose().Doc("Who keeps it."),
		"DoneOn": date,
	},
	reflect.TypeFor[crisisplan.Naloxone](): {
		"Kits":       edge.Count(0, crisisplan.MaxKits),
		"Responders": edge.Count(0, crisisplan.MaxSteps).Doc("People who know how to use it."),
	},
	reflect.TypeFor[crisisplan.NaloxoneKit](): {
		"Location":  edge.Text(1, crisisplan.MaxStep).Prose(),
		"Form":      edge.OneOf(crisisplan.KitForms...),
		"ExpiresOn": date,
		"WhoKnows":  edge.Text(0, crisisplan.MaxStep).Prose(),
	},
	reflect.TypeFor[crisisplan.ToleranceLoss](): {
		"Reason": edge.OneOf(crisisplan.LossReasons...),
		"Since":  date,
	},
	reflect.TypeFor[crisisplan.NeverUseAlone](): {
		"Name": edge.Text(0, crisisplan.MaxName),
		"Text": edge.Text(0, crisisplan.MaxAloneText).Prose(),
	},
	reflect.TypeFor[crisisplan.DrugChecking](): {
		"Where": edge.Text(0, crisisplan.MaxStep).Prose(),
	},
	reflect.TypeFor[crisisplan.PostOverdoseStep](): {
		"Step":   edge.OneOf(crisisplan.PostOverdoseSteps...),
		"DoneOn": date,
	},
	reflect.TypeFor[crisisplan.Hours](): {
		"Always": edge.Doc("Day and night. Then there is nothing else to say."),
		"Zone":   edge.Text(0, models.MaxZone).Doc("IANA time zone of the clock."),
		"Open":   edge.Count(0, crisisplan.MaxOpen),
	},
	reflect.TypeFor[crisisplan.Open](): {
		"Days": edge.Count(1, len(models.Weekdays)).Doc("Weekdays as in iCalendar: MO, TU, WE, TH, FR, SA, SU."),
		"From": edge.Text(onClock, onClock).Doc("HH:MM"),
		"To":   edge.Text(onClock, onClock).Doc("HH:MM, 24:00 for the end of the day. Not later than from: on the next day."),
	},
	reflect.TypeFor[crisisplan.NumberReport](): {
		"Number": edge.Text(models.MinPhone, models.MaxPhoneTyped).Phone(),
	},
	reflect.TypeFor[crisisplan.Phone](): {
		"Number":  edge.Text(models.MinPhone, models.MaxPhoneTyped).Phone().Doc("With + and the country's code (E.164), and an extension as in RFC 3966; pasted numbers are understood. A service may have a short code, such as 988."),
		"Display": edge.Text(0, models.MaxPhoneTyped).Phone().Doc("As people there write it. The number itself when left out."),
		"Takes":   edge.OneOf(crisisplan.PhoneTakes...).Default(crisisplan.PhoneTakes[0]),
	},
	reflect.TypeFor[crisisplan.RehearsalTerms](): {
		"TookMillis": edge.Between(0, crisisplan.MaxRehearsal.Milliseconds()).Doc("From the tap to the plan on the screen, in milliseconds."),
		"With":       edge.UUID().And(edge.Optional()).Doc("Account of family or a friend who practised with you. Left out: you were alone."),
	},
	reflect.TypeFor[crisisplan.RenewalTerms](): {
		"Was":   edge.Text(models.MinPhone, models.MaxPhoneTyped).Phone().Doc("The clinic's own number as the plan shows it: of a contact whose agency is the clinic."),
		"Phone": edge.Doc("The number that holds now; it may be the same."),
		"Hours": edge.Doc("When somebody answers it; as before when left out."),
	},
	reflect.TypeFor[crisisplan.ReviewTerms](): {
		"Note":    edge.Text(0, crisisplan.MaxReviewNote).Prose(),
		"Settled": edge.Doc("The follow-up after an acute event has done its work. Clinicians only."),
	},
	reflect.TypeFor[crisisplan.Confirmation](): {
		"How":     edge.OneOf(crisisplan.AssentHows...),
		"On":      edge.Doc("The patient's local day on which they confirmed it, YYYY-MM-DD."),
		"Witness": edge.Doc("Who was there, by name."),
	},
	reflect.TypeFor[crisis.PlanView](): {
		"Newest":        edge.Doc("Number of the newest version; 0: none is written yet. The ETag begins with it."),
		"Active":        edge.Doc("The version that holds."),
		"Draft":         edge.Doc("The newest version, when it does not hold yet: it waits for the patient's word, beside the plan in force."),
		"Change":        edge.Doc("What the draft would change in the plan in force."),
		"Next":          edge.Doc("Local day on which to practise opening the plan."),
		"Sharing":       edge.Doc("By supporter's account id. For the patient."),
		"Numbers":       edge.Doc("How each number is marked."),
		"ClinicNumbers": edge.Doc("The numbers of the clinic itself, which the team renews at once."),
		"Shared":        edge.Doc("For a supporter: what is shared, and nothing else."),
	},
	reflect.TypeFor[crisis.PlanPin](): {
		"Version": edge.Doc("0: no plan is in use yet; the numbers to call are still worth keeping."),
	},
}
