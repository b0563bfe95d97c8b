package episodes

import (
	"reflect"

	way "handrail/care/episodes"
	"handrail/handlers/edge"
	"handrail/models/episode"
	"handrail/models/handoff"
)

func day() edge.Rule { return edge.Text(0, len("2006-01-02")).Doc("YYYY-MM-DD") }

// Limits are of episodes.
var Limits = edge.Rules{
	reflect.TypeFor[episode.Said](): {
		"Question": edge.Text(1, 40), "Choice": edge.Text(0, 40).Doc("One of the choices of the question."), "Words": edge.Text(0, episode.MaxWords).Prose(),
		"Declined": edge.Doc("They would rather not say: an answer too."),
	},
	reflect.TypeFor[intakeAnswers]():     {"Answers": edge.Count(1, 20)},
	reflect.TypeFor[programmeCriteria](): {"Criteria": edge.Count(0, episode.MaxCriteria)},
	reflect.TypeFor[episode.Criterion](): {
		"Kind": edge.OneOf(episode.CriterionKinds...), "Min": edge.Doc("Of the kind age: years."), "Max": edge.Doc("Of the kind age: years, those with."),
		"Any": edge.Count(0, episode.MaxAny).Prose().Doc("Of the other kinds: one of these is enough. Of diagnosis and wish: words that stand in a problem of the care plan, or in what the patient wrote."),
	},
	reflect.TypeFor[episode.Why](): {
		"Met": edge.Doc("yes, no, unknown. What is not known is no reason against somebody."), "Found": edge.Doc("What it was held against."),
	},
	reflect.TypeFor[episode.DischargeTerms](): {
		"LeavesOn": day(), "PlanBy": day().Doc("Until when a crisis plan is to hold, where none does."),
		"Reason": edge.OneOf(append([]string{""}, episode.DischargeReasons...)...),
		"From":   edge.OneOf(append([]handoff.Setting{""}, handoff.Settings...)...), "To": edge.OneOf(append([]handoff.Setting{""}, handoff.Settings...)...).Doc("Another than fromSetting makes a handoff."),
		"Where": edge.Text(0, episode.MaxWords).Prose().Doc("Who cares for them next."), "Next": edge.Text(0, episode.MaxWords).Prose().Doc("What is next, in words for the patient."),
		"Reach":    edge.Text(0, episode.MaxWords).Prose().Doc("Whom they turn to, and how."),
		"SeesDay7": edge.Text(0, 36).Doc("Account of who sees them within 7 days, and not on the day itself."), "Sees30": edge.Text(0, 36).Doc("The same within 30 days."),
	},
	reflect.TypeFor[episode.Episode](): {
		"Status":  edge.OneOf(episode.Statuses...).Doc("As in FHIR EpisodeOfCare. planned: the intake goes on."),
		"Answers": edge.Doc("By question."), "Done": edge.Doc("By part of the intake."), "Comments": edge.Doc("Of the patient."), "Choices": edge.Doc("What people decided about programmes."),
		"History": edge.Doc("The oldest first."), "Reminders": edge.Doc("What the patient wants to be reminded of after it: all, visits, none."),
	},
	reflect.TypeFor[episode.Discharge](): {
		"ListAsOf": edge.Doc("When the list of medicines was gone through last."), "PlanHeld": edge.Doc("Version of the crisis plan that held. Left out: none."),
	},
	reflect.TypeFor[episode.FollowUp](): {"Outcome": edge.Doc("seen, reached, missed. Left out: not known yet, and somebody's task.")},
	reflect.TypeFor[way.View]():         {"Missing": edge.Doc("What a discharge still needs."), "Booked": edge.Doc("Visits after the day on which they left, up to the 30th.")},
	reflect.TypeFor[way.SectionView](): {
		"Reads": edge.Doc("Questions of other parts whose answers are read first."), "Open": edge.Doc("Questions that nobody has answered."), "Said": edge.Doc("What was said of it elsewhere: not to be asked again."),
		"Owner": edge.Doc("Who answers for this part. Left out once it is done."), "Accepted": edge.Doc("The owner said yes to it."), "MayAsk": edge.Doc("You may write down answers."),
	},
	reflect.TypeFor[way.Booked](): {"Day": edge.Doc("The follow-up that it falls to: 7 or 30.")},
}
