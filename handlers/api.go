// Package handlers is the API: it parses a request, calls one use case and answers. It
// knows no rule and no store. What every operation needs (sign-in, problem documents,
// limits, versions, lists) is package edge, and what every resource needs is package
// door; a resource is one file that registers its operations, here or in a room of its
// own (learn, fhirapi, news), like this:
//
//	func (a *API) goals() {
//		door.Register(a.API, huma.Operation{
//			OperationID: "listGoals", Method: "GET", Path: "/v1/patients/{patientId}/goals",
//			Tags: []string{"Goals"}, Summary: "The goals of a patient",
//		}, func(ctx context.Context, in *struct {
//			door.PatientPath
//			edge.Paging
//		}) (*edge.Answer[edge.List[models.Goal]], error) {
//			chart, err := a.Open(ctx, in.PatientID)
//			if err != nil {
//				return nil, err // a *models.Error: the edge knows its status
//			}
//			return door.Paged(chart.Record.Goals(ctx, in.Cursor, in.Limit))
//		})
//	}
//
// Every operation asks for a bearer token unless it says Security: edge.Public.
package handlers

import (
	"handrail/care"
	"handrail/handlers/access"
	"handrail/handlers/careplan"
	"handrail/handlers/comments"
	"handrail/handlers/demo"
	"handrail/handlers/disagreements"
	"handrail/handlers/door"
	"handrail/handlers/duty"
	"handrail/handlers/edge"
	"handrail/handlers/episodes"
	"handrail/handlers/families"
	"handrail/handlers/fhirapi"
	"handrail/handlers/guardians"
	"handrail/handlers/handoffs"
	"handrail/handlers/learn"
	"handrail/handlers/medicines"
	"handrail/handlers/meetings"
	"handrail/handlers/messages"
	"handrail/handlers/news"
	"handrail/handlers/peers"
	"handrail/handlers/prescribing"
	"handrail/handlers/referrals"
	"handrail/handlers/sideeffects"
	"handrail/handlers/signon"
	"handrail/handlers/tapers"
	"handrail/handlers/tasks"
	"handrail/notify"
	"handrail/store/aside"
)

// Config is what the API needs from the program.
type Config struct {
	Edge         edge.Config // Auth nil: that of Care
	Care         *care.Care
	Notify       *notify.Notifier
	Video        Media         // nil: no video visits in this program
	ReturnSecret []byte        // shared with the mail host; none: no mail that comes back is read
	SMSSecret    []byte        // shared with the SMS gateway; none: nothing comes back from it
	Aside        []*aside.Book // what workers have set aside, for the metrics
	Demo         *demo.Demo    // nil: this is no demo
}

// API is the program's HTTP face: the resources, on the edge.
type API struct {
	*door.API
	config Config
}

// New makes the face of the program.
func New(config Config) *API {
	if config.Edge.Auth == nil && config.Care != nil {
		config.Edge.Auth = config.Care.Signin
	}
	if config.Care != nil {
		config.Edge.Apps = signon.Apps(config.Care)
	}
	config.Edge.Info, config.Edge.Tags, config.Edge.SchemaName = &apiInfo, apiTags, schemaName
	config.Edge.Dialect, config.Edge.Uncompressed, config.Edge.Locations = fhirapi.Dialect, uncompressed, elsewhere
	config.Edge.Explain = door.Explain
	a := &API{&door.API{Edge: edge.New(config.Edge), Care: config.Care}, config}
	a.config.Edge = a.Edge.Config()
	a.bundle()
	a.socket()
	a.videoMetrics()
	a.asideMetrics()
	a.resources()
	return a
}

// resources registers every operation, one file each.
func (a *API) resources() {
	a.site()
	a.signingIn()
	a.waysBack()
	a.ways()
	a.accounts()
	a.imports()
	a.patients()
	a.consents()
	a.breakGlass()
	a.restrictions()
	a.emergency()
	a.checkIns()
	a.checkInForm()
	a.ownTimes()
	a.alerts()
	a.crisisPlan()
	a.planReviews()
	a.sync()
	a.goals()
	a.goalSteps()
	a.availability()
	a.visitTypes()
	a.slots()
	a.holds()
	a.appointments()
	a.series()
	a.waitlist()
	a.preference()
	a.conferences()
	a.calendars()
	a.videoVisits()
	a.visitMessages()
	a.notifications()
	a.channelVerdicts()
	a.inbox()
	a.pushDevices()
	a.mailSteps()
	a.smsInbound()
	a.smsReport()
	a.mailReturns()
	a.busyCalendars()
	signon.Add(a.API)
	learn.Add(a.API)
	guardians.Add(a.API)
	duty.Add(a.API)
	messages.Add(a.API)
	tasks.Add(a.API)
	careplan.Add(a.API)
	handoffs.Add(a.API)
	disagreements.Add(a.API)
	meetings.Add(a.API)
	referrals.Add(a.API)
	episodes.Add(a.API)
	peers.Add(a.API)
	comments.Add(a.API)
	families.Add(a.API)
	access.Add(a.API)
	medicines.Add(a.API)
	tapers.Add(a.API)
	prescribing.Add(a.API)
	sideeffects.Add(a.API)
	news.Add(a.API)
	fhirapi.Add(a.API)
	if a.config.Demo != nil {
		demo.Add(a.API, *a.config.Demo)
	}
	a.describeBundle()
	a.DescribeImpossible()
	a.Keep(Limits)
}
