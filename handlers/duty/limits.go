package duty

import (
	"reflect"

	"handrail/care/alerts"
	rotas "handrail/care/duty"
	"handrail/handlers/edge"
	"handrail/models/duty"
	"handrail/models/risk"
)

// Limits are of rotas, their holes and drills.
var Limits = edge.Rules{
	reflect.TypeFor[duty.Shift](): {
		"AccountID": edge.Text(1, 36),
		"Days":      edge.Count(1, 7).Doc("ISO 8601: 1 is Monday."),
		"From":      edge.Text(5, 5).Doc("HH:MM on the rota's clock."),
		"To":        edge.Text(5, 5).Doc("HH:MM; not later than from: on the next day. 24:00 is the end of the day."),
		"Since":     edge.Text(0, 10).Doc("First date, YYYY-MM-DD."),
		"Until":     edge.Text(0, 10).Doc("Last date."),
		"Every":     edge.Between(0, 8).Doc("2: each second week, counted from the week of since."),
	},
	reflect.TypeFor[duty.Override](): {
		"AccountID": edge.Text(1, 36),
		"From":      edge.Text(19, 19).Doc("LocalDateTime (RFC 8984) on the rota's clock."),
		"To":        edge.Text(19, 19),
	},
	reflect.TypeFor[duty.Leave](): {
		"AccountID": edge.Text(1, 36).Doc("They are on duty on no rota meanwhile."),
		"From":      edge.Text(19, 19).Doc("LocalDateTime (RFC 8984) on the rota's clock."),
		"To":        edge.Text(19, 19),
		"Cover":     edge.Text(0, 36).Doc("Who answers for them. Left out: nobody."),
	},
	reflect.TypeFor[duty.Terms](): {
		"Name":       edge.Text(1, 100),
		"Zone":       edge.Text(1, 64),
		"Site":       edge.Text(0, 64).Doc("For people to read: one of the clinic's sites."),
		"Discipline": edge.Doc("It is asked for patients who have it on their team. Left out: for all."),
		"Programme":  edge.Text(0, 36).Doc("Id of a programme: it is asked for its patients, before rotas for all. Left out: for all."),
		"Serves":     edge.OneOf(duty.ServesCover, duty.ServesSupervisor),
		"OnCall":     edge.Doc("It declares that somebody answers day and night. Urgent and emergent alerts are asked about outside of the hours too."),
		"Shifts":     edge.Count(0, duty.MaxShifts).Doc("Where two hold, the first of the list is on duty, and the next one when they are away."),
		"Overrides":  edge.Count(0, duty.MaxOverrides).Doc("Where two hold, the last of the list counts."),
		"Leave":      edge.Count(0, duty.MaxLeave),
	},
	reflect.TypeFor[risk.Policy](): {
		"Name":     edge.Text(1, 100),
		"Levels":   edge.Count(1, len(risk.Levels)).Doc("Who is asked, of assigned, cover, lead and supervisor; always in this order, and after them the fail-safe."),
		"FailSafe": edge.Text(0, 36).Doc("Account that answers when nobody else does. Left out: the clinic's."),
		"Hours":    edge.Doc("When somebody answers about its patients. Left out: the clinic's."),
	},
	reflect.TypeFor[risk.Programme](): {
		"Untried": edge.Doc("It has not begun: its patients follow the clinic's hours and order."),
		"ID":      edge.Doc("clinic: of everybody who is in no other."),
	},
	reflect.TypeFor[risk.InProgramme](): {
		"Programme": edge.Text(1, 36).Doc("Id of the programme; clinic: in no other."),
		"Name":      edge.Text(0, 100).And(edge.Optional()).Doc("Not taken from a body."),
		"ByName":    edge.Text(0, 200).And(edge.Optional()).Doc("Who said so. Not taken from a body."),
		"At":        edge.Doc("When. Not taken from a body."),
	},
	reflect.TypeFor[duty.Swap](): {
		"Status": edge.OneOf(duty.SwapProposed, duty.SwapAccepted, duty.SwapDeclined),
	},
	reflect.TypeFor[rotas.Hole](): {
		"Kind": edge.OneOf(rotas.HoleNobody, rotas.HoleUnreachable),
	},
	reflect.TypeFor[alerts.Drill](): {
		"Programme": edge.Doc("Whose order was tried; clinic: the clinic's own."),
		"Seconds":   edge.Doc("Until somebody answered, or nobody had."),
	},
}
