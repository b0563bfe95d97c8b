package signon

import (
	"reflect"

	"handrail/care/apps"
	"handrail/care/sso"
	"handrail/handlers/edge"
)

// Limits are of sign-ins elsewhere and of apps of others.
var Limits = edge.Rules{
	reflect.TypeFor[apps.Question](): {
		"Host":    edge.Doc("Where the answer goes."),
		"Scopes":  edge.Doc("What it wants to read, to be allowed one by one."),
		"Lasting": edge.Doc("It wants to go on reading when the person is not there."),
		"Knows":   edge.Doc("It wants to know who the person is."),
	},
	reflect.TypeFor[apps.Allowed](): {
		"Scopes": edge.Doc("What it may read."),
		"Until":  edge.Doc("When it ends by itself, unless it is used."),
	},
	reflect.TypeFor[apps.App](): {
		"ID":           edge.Doc("Its client_id."),
		"LaunchURL":    edge.Doc("Where it is started from inside of Handrail."),
		"Confidential": edge.Doc("It has a secret (client_secret_basic)."),
	},
	reflect.TypeFor[sso.FirebaseAgreement](): {
		"Agreement":  edge.Doc("The agreement with the provider, as the clinic keeps it: its name or number and day."),
		"SenderName": edge.Doc("What the SMS comes from, as it is set at Firebase. It must not name the app or what it is for."),
		"By":         edge.Doc("Who said so: a name."),
	},
	reflect.TypeFor[sso.Tie](): {
		"Provider": edge.Doc("Its name, as people know it."),
		"Email":    edge.Doc("Of who is expected and has not come yet. Left out: they have come."),
	},
}
