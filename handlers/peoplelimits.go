package handlers

import (
	"reflect"

	"handrail/care/people"
	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
)

var peopleLimits = edge.Rules{
	reflect.TypeFor[models.BreakGlassWait](): {
		"Kind":    edge.OneOf("tell-patient", "review"),
		"Owner":   edge.OneOf("privacy-officer"),
		"Risk":    edge.OneOf("harm-to-self", "harm-from-others", "harm-to-others"),
		"RiskBy":  edge.Doc("Who recorded it: a name."),
		"Outcome": edge.OneOf("justified", "not-justified", "follow-up"),
	},
	reflect.TypeFor[models.Expiry](): {
		"Event": edge.OneOf("end-of-treatment").Doc("Ends when this happens. The site then revokes it."),
		"None":  edge.Doc("Lasts until you take it back. Only for a consent of kind tpo, and for a deny."),
	},
	reflect.TypeFor[models.Signature](): {
		"Method": edge.OneOf("typed"),
	},
	reflect.TypeFor[models.Consent](): {
		"Withdrawn": edge.Doc("Signed, and taken off by the clinic since it never worked. Nothing was shared by these."),
	},
	reflect.TypeFor[models.Device](): {
		"ID":       edge.UUID().Doc("Made once by the client and kept."),
		"Name":     edge.Text(1, 100).Doc("What the person calls this device."),
		"Platform": edge.OneOf("web", "ios", "android").Default("web"),
	},
	reflect.TypeFor[signin.OpenCode](): {
		"MadeAt":   edge.Doc("Not known of codes that an older program made."),
		"MadeBy":   edge.Doc("Who made it: a name."),
		"Identity": edge.Doc("How they made sure who it is, for somebody who came back."),
	},
	reflect.TypeFor[people.AccessEntry](): {
		"Count":  edge.Doc("Of a try that was refused more than once that day: how often."),
		"LastAt": edge.Doc("Of the same: when last."),
	},
	reflect.TypeFor[people.BreakGlassView](): {
		"Tell": edge.Doc("Telling the patient was put off. Without it they were told at once."),
	},
}
