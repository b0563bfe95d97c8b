package tasks

import (
	"reflect"

	work "handrail/care/tasks"
	"handrail/handlers/edge"
	"handrail/models/task"
)

// Limits are of tasks.
var Limits = edge.Rules{
	reflect.TypeFor[task.Task](): {
		"Code":      edge.OneOf(task.Codes...).Doc("What the program asks for has a code and no text; what a person asks for is other."),
		"Focus":     edge.Doc("What it is about."),
		"BasedOn":   edge.Doc("What it follows from."),
		"Status":    edge.Doc("FHIR TaskStatus. rejected is open: it stays its owner's."),
		"Requester": edge.Doc("Who asked for it."),
		"Owner":     edge.Doc("The one person who answers for it. Until somebody else accepts, that is who asked."),
		"Asked":     edge.Doc("Who is to answer whether they take it."),
		"Pool":      edge.Doc("The group of whom anybody may claim it."),
		"RemindAt":  edge.Doc("When its owner is reminded next."),
		"ShiftEnds": edge.Doc("Its owner has it by being on duty. When that changes before they have begun, it goes to who is on duty then."),
		"Reminders": edge.Doc("How often its owner was reminded."),
		"History":   edge.Doc("What happened to it, the oldest first."),
	},
	reflect.TypeFor[task.Reference](): {
		"Type": edge.Text(1, 40).Doc("alert, check-in, goal, crisis-plan, appointment, or another type of FHIR."),
		"ID":   edge.Text(1, 64),
	},
	reflect.TypeFor[task.Step](): {
		"What": edge.Doc("made, asked, pooled, accepted, given-on-duty, shift-changed, claimed, rejected, withdrawn, started, completed, cancelled, owner-changed."),
		"By":   edge.Doc("Account."),
		"To":   edge.Doc("Name of who was asked, or owns it now."),
	},
	reflect.TypeFor[task.View](): {
		"Whole":       edge.Doc("False: you may know that there is something to do, and not what it says."),
		"Unreachable": edge.Doc("No channel reaches whom it asks. Tell them yourself. Where one task is read or changed."),
		"Mine":        edge.Doc("You answer for it."),
		"ForMe":       edge.Doc("You are asked whether you take it."),
		"MayClaim":    edge.Doc("It waits in a group of yours."),
		"Overdue":     edge.Doc("It should be done by now."),
	},
	reflect.TypeFor[work.Load](): {
		"Overdue": edge.Doc("Alerts whose time for contact has passed, and tasks that should be done."),
		"Oldest":  edge.Doc("Since when the oldest of them waits."),
	},
	reflect.TypeFor[work.Handed](): {
		"Left": edge.Doc("What that person can't take."),
	},
}
