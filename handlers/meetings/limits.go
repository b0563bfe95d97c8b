package meetings

import (
	"reflect"

	rooms "handrail/care/meetings"
	"handrail/handlers/edge"
	"handrail/models/meeting"
)

// Limits are of meetings.
var Limits = edge.Rules{
	reflect.TypeFor[meeting.Terms](): {
		"Text":        edge.Text(1, meeting.MaxText).Prose().Doc("What was decided, for the team."),
		"To":          edge.UUID().Doc("Account of who does it: they are asked. Until they accept, it is that of who wrote it down."),
		"DueAt":       edge.Doc("Until when; within two years."),
		"ForPatient":  edge.Text(0, meeting.MaxText).Prose().Doc("The same in plain words for the patient. Left out: the patient is not shown it."),
		"PatientView": edge.Text(0, meeting.MaxText).Prose().Doc("What the patient says about it."),
	},
	reflect.TypeFor[meeting.Decision](): {
		"Asked":  edge.Doc("Who was asked to do it."),
		"Quorum": edge.Doc("The disciplines that are needed were there."),
	},
	reflect.TypeFor[rooms.DecisionView](): {
		"Owner":        edge.Doc("Who answers for it now."),
		"Status":       edge.Doc("Of its task. completed: done; cancelled: not done, and outcome says why."),
		"Outcome":      edge.Doc("What came of it, or why not."),
		"PlanVersions": edge.Doc("Of the care plan: those that came from it."),
		"Hard":         edge.Doc("The words for the patient are above grade 6 (English)."),
	},
	reflect.TypeFor[rooms.Head](): {
		"MeetingID": edge.Doc("That of its conference."),
		"Topic":     edge.Doc("For the team."),
		"Mine":      edge.Doc("You are in it."),
		"Told":      edge.Doc("The patient was told of it."),
	},
	reflect.TypeFor[rooms.View](): {
		"Voices":   edge.Doc("What was said in writing, the oldest first. Read it first."),
		"Points":   edge.Doc("What members added to talk about."),
		"LastTold": edge.Doc("What the patient was told last beside the decisions, when and by whom."),
		"Seats":    edge.Doc("Who is in the meeting. Who may not hear of this patient should wait outside."),
		"Earlier":  edge.Doc("Open decisions of other meetings."),
	},
	reflect.TypeFor[rooms.Hearer](): {"MayHear": edge.Doc("They may read this patient's care plan.")},
	reflect.TypeFor[rooms.Seat]():   {"Answer": edge.Doc("Whether they come.")},
	reflect.TypeFor[rooms.Roster](): {
		"Quorum":  edge.Doc("Disciplines that have to be there."),
		"Missing": edge.Doc("Of those, who is not there."),
	},
	reflect.TypeFor[meeting.Report](): {
		"NotDone":       edge.Doc("Called off, with the reason why."),
		"Late":          edge.Doc("Of those that are open."),
		"WithoutQuorum": edge.Doc("Decided while a discipline that is needed was not there."),
		"DonePercent":   edge.Doc("Of all that was decided."),
	},
	reflect.TypeFor[meeting.Line](): {"Text": edge.Doc("The team's words for the patient, as they were written.")},
}
