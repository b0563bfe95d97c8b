package handlers

import (
	"reflect"
	"regexp"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"handrail/models/medicine"
)

// finder is an expression that is made when the first schema is: a start needs none.
func finder(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// ownWords finds types of packages that are called after what their types are about,
// alone and as what a list is of.
var ownWords = finder(`handrail/models/(crisisplan|checkin)\.(\w+)`)

// schemaWords are schemas whose name does not begin with "Plan" (crisisplan), or is
// another than their type's (checkin).
var schemaWords = map[string]map[string]string{
	"crisisplan": {"Plan": "CrisisPlan", "Shared": "SharedPlan", "Naloxone": "Naloxone", "NaloxoneKit": "NaloxoneKit",
		"ToleranceLoss": "ToleranceLoss", "NeverUseAlone": "NeverUseAlone", "DrugChecking": "DrugChecking", "PostOverdoseStep": "PostOverdoseStep",
		"BundleSection": "BundleSection", "BundleItem": "BundleItem", "BundleDetail": "BundleDetail", "BundleMonitoring": "BundleMonitoring", "BundleSource": "BundleSource"},
	"checkin": {"Form": "CheckInForm", "Times": "CheckInTimes", "Note": "CheckInNote", "ReadBy": "CheckInRead", "Submission": "CheckInSubmission"},
}

// ofAlerts finds types of the alerts: their names begin with Alert.
var ofAlerts = finder(`handrail/(?:models/risk|care/alerts)\.(?:Alert)?(\w*)`)

// ofApps finds types of apps of others: their names begin with App.
var ofApps = finder(`handrail/care/apps\.(?:App)?(\w*)`)

// ofFamilies finds types of families that have common names.
var ofFamilies = finder(`handrail/care/families\.(Invited)$`)

// ofDuty finds types of rotas: their names begin with Duty, but for the rota itself.
var ofDuty = finder(`handrail/(?:models|care)/duty\.(?:Duty)?(\w*)`)

// ofMessages finds types of messages that have common names.
var ofMessages = finder(`handrail/(?:models/message|care/messages)\.(Read|ReadBy|Waits|Draft|Opening|Kind|Urgency|Party|Norms|Sent|Reading|Concern)$`)

// ofTasks finds types of tasks: their names begin with Task.
var ofTasks = finder(`handrail/(?:models/task|care/tasks)\.(?:Task)?(\w*)`)

// ofCarePlans finds types of care plans: their names begin with CarePlan.
var ofCarePlans = finder(`handrail/(?:models|care)/careplan\.(\w+)`)

// ofHandoffs finds types of handoffs: their names begin with Handoff.
var ofHandoffs = finder(`handrail/(?:models/handoff|care/handoffs)\.(?:Handoff)?(\w*)`)

// ofComments finds types of what patients say to what was written.
var ofComments = finder(`handrail/models/comment\.(?:Comment)?(\w*)`)

// ofDisagreements finds types of disagreements: their names begin with Disagreement.
var ofDisagreements = finder(`handrail/(?:models/disagreement|care/disagreements)\.(?:Disagreement)?(\w*)`)

// ofMeetings finds types of meetings: their names begin with Meeting.
var ofMeetings = finder(`handrail/(?:models/meeting|care/meetings)\.(?:Meeting)?(\w*)`)

// ofMedicines finds types of medicines: their names begin with Medicine.
var ofMedicines = finder(`handrail/(?:models/medicine|care/medicines)\.(?:Medicine)?(\w*)`)

// ofTapers finds types of plans of steps: their names begin with Taper.
var ofTapers = finder(`handrail/models/taper\.(\w+)`)

// ofAgreements finds types of what prescribers agree on: their names begin with Agreement.
var ofAgreements = finder(`handrail/(?:models|care)/prescribing\.(?:Agreement)?(\w*)`)

// ofEffects finds types of side effects and of supply: they are called after them.
var (
	ofEffects = finder(`handrail/(?:models/sideeffect|care/sideeffects)\.(?:Effect)?(\w*)`)
	ofSupply  = finder(`handrail/(?:models|care)/supply\.(\w*)`)
)

// ofReferrals finds types of referrals: their names begin with Referral.
var ofReferrals = finder(`handrail/(?:models/referral|care/referrals)\.(?:Referral)?(\w*)`)

// ofEpisodes finds types of episodes: their names begin with Episode.
var ofEpisodes = finder(`handrail/(?:models/episode|care/episodes)\.(?:Episode)?(\w*)`)

// ofPeers finds types of peers and contracts.
var ofPeers = finder(`handrail/(?:models/peer|care/peers)\.(?:Peer)?(\w*)`)

// ofEducation finds types of education, of the modules and of what is done with them.
var ofEducation = finder(`handrail/(?:models|care)/education\.(\w+)`)

// schemaName is how the API calls a type. Names of schemas have no packages: what the
// name of a package says in Go, theirs say themselves.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Name() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	if name, ok := namesOfTypes.Load(t); ok {
		return name.(string)
	}
	name := wordsOf(t)
	namesOfTypes.Store(t, name)
	return name
}

// namesOfTypes keeps what wordsOf found: a type is asked for wherever it is used, and all
// those words took a fifth of what it takes to make an API.
var namesOfTypes sync.Map // string by reflect.Type

// wordsOf is the name of the schema of a type that has a name in Go.
func wordsOf(t reflect.Type) string {
	name := ownWords().ReplaceAllStringFunc(t.PkgPath()+"."+t.Name(), func(full string) string {
		found := ownWords().FindStringSubmatch(full)
		in, own := found[1], found[2]
		if word, ok := schemaWords[in][own]; ok {
			return word
		}
		if in == "crisisplan" {
			return "Plan" + own
		}
		return own
	})
	name = ofEducation().ReplaceAllString(name, "Education${1}")
	name = ofReferrals().ReplaceAllString(name, "Referral$1")
	name = ofEpisodes().ReplaceAllString(name, "Episode$1")
	name = ofPeers().ReplaceAllString(name, "Peer$1")
	name = ofApps().ReplaceAllString(name, "App$1")
	name = ofDuty().ReplaceAllString(name, "Duty$1")
	name = ofFamilies().ReplaceAllString(name, "${1}Supporter")
	name = ofMessages().ReplaceAllString(name, "Thread$1")
	name = ofCarePlans().ReplaceAllString(name, "CarePlan$1")
	name = ofMeetings().ReplaceAllString(name, "Meeting$1")
	name = ofComments().ReplaceAllString(name, "Comment$1")
	name = ofDisagreements().ReplaceAllString(name, "Disagreement$1")
	name = ofHandoffs().ReplaceAllString(name, "Handoff$1")
	if t == reflect.TypeFor[medicine.Medicine]() { // Medicine is one of the reminders
		name = "MedicineLine"
	}
	name = ofAgreements().ReplaceAllString(name, "Agreement$1")
	name = ofEffects().ReplaceAllString(name, "SideEffect$1")
	name = ofSupply().ReplaceAllString(name, "MedicineSupply$1")
	name = ofMedicines().ReplaceAllString(name, "Medicine$1")
	name = ofTapers().ReplaceAllString(name, "Taper$1")
	name = ofTasks().ReplaceAllString(name, "Task$1")
	name = ofAlerts().ReplaceAllString(name, "Alert$1")
	return huma.DefaultSchemaNamer(reflect.TypeFor[struct{}](), name)
}
